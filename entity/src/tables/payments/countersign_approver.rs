//! Who has to agree to which payment requests.

use sea_orm::entity::prelude::*;

use crate::{ApproverId, Currency, NoRelation as Relation, Timestamp};

/// Who has to agree to which payment requests.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "countersign_approver")]
pub struct Model {
    /// Key.
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
    /// Who put the person on the list.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
