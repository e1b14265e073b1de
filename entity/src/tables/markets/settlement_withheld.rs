//! What a bill-out did not bill, and why.

use sea_orm::entity::prelude::*;

use crate::{Currency, Month, NoRelation as Relation, PartnerId, Timestamp, UnbilledReason};

/// What a bill-out did not bill, and why.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_withheld")]
pub struct Model {
    /// The month that was billed out.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// The name under which was sold.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seller: String,
    /// The currency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Why.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reason: UnbilledReason,
    /// The partner of that name.
    pub partner_id: Option<PartnerId>,
    /// Sales in micros.
    pub amount: i64,
    /// More about it; may be empty.
    pub detail: String,
    /// When it was found.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
