//! Sales that a bill-out withheld, with the reason.

use sea_orm::entity::prelude::*;

use crate::{Currency, Month, NoRelation as Relation, PartnerId, Timestamp, UnbilledReason};

/// Sales that a bill-out did not bill, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_withheld")]
pub struct Model {
    /// The month that was billed out.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: Month,
    /// The name under which was sold.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seller: String,
    /// Currency of the amounts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    /// Reason for which they are not billed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reason: UnbilledReason,
    /// The partner of that name.
    pub partner_id: Option<PartnerId>,
    /// Sales in micros.
    pub amount: i64,
    /// More about it; may be empty.
    pub detail: String,
    /// Instant at which the bill-out found them.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
