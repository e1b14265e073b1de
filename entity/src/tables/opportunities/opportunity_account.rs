//! Customers' cloud accounts that opportunities are linked to.

use sea_orm::entity::prelude::*;

use crate::{CloudAccountId, NoRelation as Relation, OpportunityId, Timestamp};

/// An account in which the customer of an opportunity buys.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_account")]
pub struct Model {
    /// Opportunity that the account is linked to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Account in which its customer buys.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: CloudAccountId,
    /// Subject of the token that linked it.
    pub linked_by: String,
    /// Instant of the link.
    pub linked_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
