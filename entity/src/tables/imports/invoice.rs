//! An invoice of the vendor: what is paid together.

use sea_orm::entity::prelude::*;

use crate::{Currency, InvoiceId, NoRelation as Relation, Timestamp};

/// An invoice of the vendor: what is paid together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvoiceId,
    /// The provider that issued it.
    pub provider: String,
    /// The invoice's number at the vendor.
    pub invoice_no: String,
    /// Its one currency.
    pub currency: Currency,
    /// Instant at which it was paid; none while it is unpaid.
    pub paid_at: Option<Timestamp>,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
