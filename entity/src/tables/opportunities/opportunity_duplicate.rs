//! Opportunities that seem to be the same.

use sea_orm::entity::prelude::*;

use crate::{DuplicateState, NoRelation as Relation, OpportunityId, Timestamp};

/// Two opportunities that may repeat each other, and what was decided.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_duplicate")]
pub struct Model {
    /// The one with the smaller key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: OpportunityId,
    /// The other.
    #[sea_orm(primary_key, auto_increment = false)]
    pub second_id: OpportunityId,
    /// How alike they are, in parts per million.
    pub score_ppm: i32,
    /// Why: a JSON array.
    pub grounds: String,
    /// What was decided.
    pub state: DuplicateState,
    /// When it was found.
    pub found_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
