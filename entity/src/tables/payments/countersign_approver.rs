//! Approvers of the countersign, with the payment requests they have to agree to.

use sea_orm::entity::prelude::*;

use crate::{ApproverId, Currency, NoRelation as Relation, Timestamp};

/// A person who has to agree to payment requests of a category and currency, from an amount on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "countersign_approver")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApproverId,
    /// Category of the bill; `*` for every one.
    pub category: String,
    /// The currency of the amount.
    pub currency: Currency,
    /// From this amount on, in micros.
    pub min_amount: i64,
    /// The person, as tokens name it.
    pub subject: String,
    /// Subject of the token that put the person on the list.
    pub created_by: String,
    /// Instant at which the person was put on the list.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
