//! The trail of opportunities: their transitions and edits.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, OpportunityActor, OpportunityId, OpportunityOperation, OpportunityReason,
    OpportunityState, Timestamp,
};

/// One thing that happened to an opportunity: a change of its state, or of what it says.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_transition")]
pub struct Model {
    /// Opportunity that it happened to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub opportunity_id: OpportunityId,
    /// Place in the trail of the opportunity, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Operation that was carried out.
    pub operation: OpportunityOperation,
    /// State before it; none when the opportunity was made.
    pub from_state: Option<OpportunityState>,
    /// State after it; for an edit the same as before.
    pub to_state: OpportunityState,
    /// Subject of the actor's token, or the name of the task.
    pub actor: String,
    /// Capacity in which the actor did it.
    pub actor_kind: OpportunityActor,
    /// Reason as a code, of a refusal or an end.
    pub reason_code: Option<OpportunityReason>,
    /// Reason in words; for an edit the names of the fields.
    pub reason: Option<String>,
    /// Instant at which it happened.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
