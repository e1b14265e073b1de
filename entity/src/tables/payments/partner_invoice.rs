//! An invoice of a partner to the vendor, for a payment request.

use sea_orm::entity::prelude::*;

use crate::{
    Currency, FileId, NoRelation as Relation, PartnerId, PartnerInvoiceId, PartnerInvoiceKind,
    PartnerInvoiceState, PaymentRequestId, Timestamp,
};

/// An invoice of a partner to the vendor, for a payment request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "partner_invoice")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerInvoiceId,
    /// Partner that invoices the vendor.
    pub partner_id: PartnerId,
    /// The request it is for.
    pub request_id: PaymentRequestId,
    /// Its number; a partner uses one once for ever.
    pub invoice_no: String,
    /// The day it bears, as 20261015.
    pub issued_on: i32,
    /// Kind of invoice in Chinese tax law.
    pub kind: PartnerInvoiceKind,
    /// The tax rate, in parts per million.
    pub tax_rate_ppm: i32,
    /// Currency of the amounts.
    pub currency: Currency,
    /// Without tax, in micros.
    pub net: i64,
    /// The tax, in micros.
    pub tax: i64,
    /// With tax, in micros.
    pub total: i64,
    /// Its picture or document.
    pub file_id: Option<FileId>,
    /// State of the invoice.
    pub state: PartnerInvoiceState,
    /// Reason for which finance refused it.
    pub reason: Option<String>,
    /// Instant at which the vendor received it; none before.
    pub signed_for_at: Option<Timestamp>,
    /// Subject of the token that registered it.
    pub created_by: String,
    /// Instant at which it was registered.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
