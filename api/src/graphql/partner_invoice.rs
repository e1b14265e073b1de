//! Invoices of partners to the vendor.

use async_graphql::{Context, ID, Object, Result};
use domain::reading::{self, Key};
use entity::{PartnerId, PaymentRequestId, partner_invoice};

use super::caller::{root, scope};
use super::connection::{Found, Paging, connection};
use super::file::StoredFile;
use super::filter::{
    DateTimeFilter, IdFilter, PartnerInvoiceStateFilter, StringFilter, Wanted, filter, order,
};
use super::money::Money;
use super::partner::Partner;
use super::payment_enums::{PartnerInvoiceKind, PartnerInvoiceState};
use super::payment_request::PaymentRequest;
use super::scalars::DateTime;

/// An invoice of a partner.
#[derive(Clone)]
pub struct PartnerInvoice(partner_invoice::Model);

impl From<partner_invoice::Model> for PartnerInvoice {
    fn from(row: partner_invoice::Model) -> Self {
        Self(row)
    }
}

/// An invoice of a partner to the vendor, for one payment request.
#[Object]
impl PartnerInvoice {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Who invoices.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The request it is for.
    async fn payment_request(&self, ctx: &Context<'_>) -> Option<Result<PaymentRequest>> {
        super::node::load(ctx, self.0.request_id).await.transpose()
    }

    /// Its number; a partner uses one once for ever.
    async fn invoice_no(&self) -> &str {
        &self.0.invoice_no
    }

    /// The day it bears, e.g. 2026-10-15.
    async fn issued_on(&self) -> String {
        let day = self.0.issued_on;
        format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
    }

    /// What it is.
    async fn kind(&self) -> PartnerInvoiceKind {
        self.0.kind.into()
    }

    /// The tax rate in parts per million.
    async fn tax_rate_ppm(&self) -> i32 {
        self.0.tax_rate_ppm
    }

    /// Without tax.
    async fn net(&self) -> Money {
        Money::of(self.0.net, self.0.currency)
    }

    /// The tax.
    async fn tax(&self) -> Money {
        Money::of(self.0.tax, self.0.currency)
    }

    /// With tax.
    async fn total(&self) -> Money {
        Money::of(self.0.total, self.0.currency)
    }

    /// Its picture or document.
    async fn file(&self, ctx: &Context<'_>) -> Option<Result<StoredFile>> {
        super::node::load(ctx, self.0.file_id?).await.transpose()
    }

    /// Where it stands.
    async fn state(&self) -> PartnerInvoiceState {
        self.0.state.into()
    }

    /// Why it was refused.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When the vendor received it.
    async fn signed_for_at(&self) -> Option<DateTime> {
        self.0.signed_for_at.map(DateTime)
    }

    /// When it was registered.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

connection! {
    /// A page of partners' invoices.
    PartnerInvoiceConnection,
    /// An invoice with its cursor.
    PartnerInvoiceEdge, PartnerInvoice, partner_invoice::Model
}

filter! {
    /// Which invoices of partners.
    PartnerInvoiceFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By payment request.
        payment_request: IdFilter => |f| f.on::<PaymentRequestId>("request_id"),
        /// By number.
        invoice_no: StringFilter => |f| f.on("invoice_no"),
        /// By state.
        state: PartnerInvoiceStateFilter => |f| f.on("state"),
        /// By when it was registered.
        created_at: DateTimeFilter => |f| f.on("created_at"),
    }
}

order! {
    /// The order of partners' invoices.
    PartnerInvoiceOrder,
    /// What partners' invoices are ordered by.
    PartnerInvoiceOrderField of "partnerInvoices" {
        /// When it was registered.
        CreatedAt "CREATED_AT" => [Key::int("id")],
        /// With tax.
        Total "TOTAL" => [Key::int("total"), Key::int("id")],
    } default CreatedAt Desc
}

/// Queries about partners' invoices.
#[derive(Default)]
pub struct PartnerInvoiceQuery;

#[Object(guard = "root(\"Query\")")]
impl PartnerInvoiceQuery {
    /// The invoices of partners the caller sees: a partner its own. Latest first.
    async fn partner_invoices(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PartnerInvoiceFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PartnerInvoiceOrder>,
    ) -> Option<Result<PartnerInvoiceConnection>> {
        let list = async {
            let (list, paging) =
                (reading::partner_invoice::list(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), PartnerInvoiceOrder::of(order_by), paging).await
        };
        Some(list.await.map(PartnerInvoiceConnection))
    }
}
