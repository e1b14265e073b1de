//! Customers' accounts that opportunities are linked to.

use sea_orm::entity::prelude::*;

use crate::{CloudAccountId, NoRelation as Relation, OpportunityId, Timestamp};

/// An account in which the customer of an opportunity buys.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_account")]
pub struct Model {
    /// The opportunity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: CloudAccountId,
    /// Who linked it.
    pub linked_by: String,
    /// When.
    pub linked_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
