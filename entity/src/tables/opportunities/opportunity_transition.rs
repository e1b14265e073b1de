//! The trail of an opportunity.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, OpportunityActor, OpportunityId, OpportunityOperation, OpportunityReason,
    OpportunityState, Timestamp,
};

/// One thing that happened to an opportunity: a change of its state, or of what it says.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_transition")]
pub struct Model {
    /// The opportunity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Its place, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What happened.
    pub operation: OpportunityOperation,
    /// Where it stood; none when it was made.
    pub from_state: Option<OpportunityState>,
    /// Where it stands since.
    pub to_state: OpportunityState,
    /// Who, as tokens name it.
    pub actor: String,
    /// As what.
    pub actor_kind: OpportunityActor,
    /// Why.
    pub reason_code: Option<OpportunityReason>,
    /// Why, in words; for an edit the names of the fields.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
