//! Registering, withdrawing and refusing invoices of partners.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::payment::invoice::register::{self, NewInvoice};
use domain::money::payment::invoice::reject::{self, Reject};
use domain::{Code, Refusal};
use entity::FileId;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::partner_invoice::PartnerInvoice;
use super::payment_enums::PartnerInvoiceKind;
use super::scalars::Decimal;
use super::user_error::payload;

/// Most decimals of an amount on an invoice: those of nearly all currencies.
const DIGITS: usize = 2;

/// An invoice to be registered.
#[derive(InputObject)]
pub struct PartnerInvoiceRegisterInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The payment request it is for.
    request_id: ID,
    /// Its number: letters, digits and hyphens.
    invoice_no: String,
    /// The day it bears, e.g. 2026-10-15.
    issued_on: String,
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

/// An invoice to be taken back.
#[derive(InputObject)]
pub struct PartnerInvoiceWithdrawInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The invoice.
    invoice_id: ID,
}

/// An invoice to be refused.
#[derive(InputObject)]
pub struct PartnerInvoiceRejectInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The invoice.
    invoice_id: ID,
    /// The version you saw.
    expected_version: i32,
    /// Why.
    reason: String,
}

payload! {
    /// What came of it.
    PartnerInvoiceRegisterPayload {
        /// The invoice.
        partner_invoice: PartnerInvoice
    }
}
payload! {
    /// What came of it.
    PartnerInvoiceWithdrawPayload {
        /// The invoice as it is now.
        partner_invoice: PartnerInvoice
    }
}
payload! {
    /// What came of it.
    PartnerInvoiceRejectPayload {
        /// The invoice as it is now.
        partner_invoice: PartnerInvoice
    }
}

/// Changes of partners' invoices.
#[derive(Default)]
pub struct PartnerInvoiceMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PartnerInvoiceMutation {
    /// Registers an invoice for a payment request that waits for it. A partner for its own.
    async fn partner_invoice_register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invoice.")] input: PartnerInvoiceRegisterInput,
    ) -> Result<PartnerInvoiceRegisterPayload> {
        let mut checks = Checks::default();
        let mut amount = |field: &str, amount: &Decimal| checks.amount(vec![field.into()], amount, DIGITS);
        let (net, tax, total) =
            (amount("net", &input.net), amount("tax", &input.tax), amount("total", &input.total));
        let request_id = checks.id("requestId", &input.request_id);
        let file_id: Option<FileId> = checks.optional_id("fileId", input.file_id.as_ref());
        let issued_on = register::day(&input.issued_on);
        if issued_on.is_none() {
            checks.refuse(Refusal::at("issuedOn", Code::Invalid, "a day is written 2026-10-15"));
        }
        let new = NewInvoice {
            request_id,
            invoice_no: input.invoice_no,
            issued_on: issued_on.unwrap_or_default(),
            kind: input.kind.into(),
            tax_rate_ppm: input.tax_rate_ppm,
            net,
            tax,
            total,
            taxpayer_no: input.taxpayer_no,
            file_id,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                register::register(store(ctx)?, &write_context(ctx)?, key, new).await
            }
        };
        PartnerInvoiceRegisterPayload::of(ctx, result, None).await
    }

    /// Takes an invoice back that was not signed for. Its number stays used.
    async fn partner_invoice_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invoice.")] input: PartnerInvoiceWithdrawInput,
    ) -> Result<PartnerInvoiceWithdrawPayload> {
        let mut checks = Checks::default();
        let id = checks.id("invoiceId", &input.invoice_id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                register::withdraw(store(ctx)?, &write_context(ctx)?, key, id).await
            }
        };
        PartnerInvoiceWithdrawPayload::of(ctx, result, Some(&input.invoice_id)).await
    }

    /// Refuses one invoice in review: its request waits until the partner has replaced it.
    async fn partner_invoice_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invoice, and why.")] input: PartnerInvoiceRejectInput,
    ) -> Result<PartnerInvoiceRejectPayload> {
        let mut checks = Checks::default();
        let invoice_id = checks.id("invoiceId", &input.invoice_id);
        let refuse = Reject { invoice_id, expected_version: input.expected_version, reason: input.reason };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                reject::reject(store(ctx)?, &write_context(ctx)?, key, refuse).await
            }
        };
        PartnerInvoiceRejectPayload::of(ctx, result, Some(&input.invoice_id)).await
    }
}
