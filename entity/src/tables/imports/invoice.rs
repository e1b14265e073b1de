//! An invoice of the vendor: what is paid together.

use sea_orm::entity::prelude::*;

use crate::{Currency, InvoiceId, NoRelation as Relation, Timestamp};

/// An invoice of the vendor: what is paid together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvoiceId,
    /// The provider that issued it.
    pub provider: String,
    /// Its number.
    pub invoice_no: String,
    /// Its one currency.
    pub currency: Currency,
    /// When it was paid, if it was marked paid.
    pub paid_at: Option<Timestamp>,
    /// When the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
