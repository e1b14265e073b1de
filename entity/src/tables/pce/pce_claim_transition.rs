//! The trail of claims of the opportunity incentive.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PceClaimActor, PceClaimId, PceClaimOperation, PceClaimState, Timestamp};

/// A change of the state of a claim.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim_transition")]
pub struct Model {
    /// Claim that it happened to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: PceClaimId,
    /// Its place, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Operation that was carried out.
    pub operation: PceClaimOperation,
    /// State before it; none when the claim was made.
    pub from_state: Option<PceClaimState>,
    /// State after it.
    pub to_state: PceClaimState,
    /// Subject of the actor's token, or the name of the task.
    pub actor: String,
    /// Capacity in which the actor did it.
    pub actor_kind: PceClaimActor,
    /// Reason in words, where the operation asks for one.
    pub reason: Option<String>,
    /// Instant at which it happened.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
