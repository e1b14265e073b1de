//! Orders that opportunities are linked to.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, OpportunityId, Timestamp};

/// An order of the customer of an opportunity; an order belongs to one opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_order")]
pub struct Model {
    /// The order's number at the vendor; a key, so that an order belongs to one opportunity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_no: String,
    /// Opportunity that brought the order.
    pub opportunity_id: OpportunityId,
    /// Subject of the token that linked it.
    pub linked_by: String,
    /// Instant of the link.
    pub linked_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
