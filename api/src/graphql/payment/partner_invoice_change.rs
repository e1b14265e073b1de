//! Registering, withdrawing and refusing invoices of partners.

use async_graphql::{ID, InputObject};
use domain::money::payment::invoice::register::{self, NewInvoice};
use domain::money::payment::invoice::reject::{self, Reject};
use entity::{FileId, PartnerInvoiceId};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::PartnerInvoiceKind;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::{Date, Decimal};

/// Decimals of amounts on invoices.
const DIGITS: usize = 2;

/// An invoice to be registered.
#[derive(InputObject)]
pub(crate) struct PartnerInvoiceRegisterInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The payment request it is for.
    request_id: ID,
    /// Its number: letters, digits and hyphens.
    invoice_no: String,
    /// The day it bears.
    issued_on: Date,
    /// What it is.
    kind: PartnerInvoiceKind,
    /// The tax rate in parts per million, e.g. 60000 for 6 %.
    tax_rate_ppm: i32,
    /// Without tax.
    net: Decimal,
    /// The tax.
    tax: Decimal,
    /// With tax.
    total: Decimal,
    /// The taxpayer number it bears.
    taxpayer_no: String,
    /// Its picture or document, of purpose PARTNER_INVOICE.
    file_id: Option<ID>,
}

impl Change for PartnerInvoiceRegisterInput {
    type Gives = PartnerInvoiceId;
    const NAME: &'static str = "partnerInvoiceRegister";
    const DOC: &'static str =
        "Registers an invoice for a payment request that waits for it. A partner for its own.";
    const INPUT: &'static str = "The invoice.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partnerInvoice", "The invoice.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let mut amount = |field: &str, amount: &Decimal| checks.amount(vec![field.into()], amount, DIGITS);
        let (net, tax, total) =
            (amount("net", &self.net), amount("tax", &self.tax), amount("total", &self.total));
        let request_id = checks.id("requestId", &self.request_id);
        let file_id: Option<FileId> = checks.optional_id("fileId", self.file_id.as_ref());
        let new = NewInvoice {
            request_id,
            invoice_no: self.invoice_no,
            issued_on: self.issued_on.0.0,
            kind: self.kind.0,
            tax_rate_ppm: self.tax_rate_ppm,
            net,
            tax,
            total,
            taxpayer_no: self.taxpayer_no,
            file_id,
        };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        register::register(&env.store, &env.context(), key, new).await
    }
}

/// An invoice to be taken back.
#[derive(InputObject)]
pub(crate) struct PartnerInvoiceWithdrawInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The invoice.
    id: ID,
}

impl Change for PartnerInvoiceWithdrawInput {
    type Gives = PartnerInvoiceId;
    const NAME: &'static str = "partnerInvoiceWithdraw";
    const DOC: &'static str = "Takes an invoice back that was not signed for. Its number stays used.";
    const INPUT: &'static str = "Which invoice.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partnerInvoice", "The invoice as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        register::withdraw(&env.store, &env.context(), key, id).await
    }
}

/// An invoice to be refused.
#[derive(InputObject)]
pub(crate) struct PartnerInvoiceRejectInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The invoice.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// Why.
    reason: String,
}

impl Change for PartnerInvoiceRejectInput {
    type Gives = PartnerInvoiceId;
    const NAME: &'static str = "partnerInvoiceReject";
    const DOC: &'static str =
        "Refuses one invoice in review: its request waits until the partner has replaced it.";
    const INPUT: &'static str = "Which invoice, and why.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partnerInvoice", "The invoice as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let invoice_id = checks.id("id", &self.id);
        let refuse = Reject { invoice_id, expected_version: self.expected_version, reason: self.reason };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        reject::reject(&env.store, &env.context(), key, refuse).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PartnerInvoiceRegisterInput>()
        .change::<PartnerInvoiceWithdrawInput>()
        .change::<PartnerInvoiceRejectInput>()
}
