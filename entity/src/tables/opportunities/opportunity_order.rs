//! Orders that opportunities are linked to.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OpportunityId, Timestamp};

/// An order of the customer of an opportunity; an order belongs to one opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_order")]
pub struct Model {
    /// The order's number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_no: String,
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// Who linked it.
    pub linked_by: String,
    /// When.
    pub linked_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
