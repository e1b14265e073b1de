//! The trail of a claim.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PceClaimActor, PceClaimId, PceClaimOperation, PceClaimState, Timestamp};

/// A change of the state of a claim.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim_transition")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: PceClaimId,
    /// Its place, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// What happened.
    pub operation: PceClaimOperation,
    /// Where it stood; none when it was made.
    pub from_state: Option<PceClaimState>,
    /// Where it stands since.
    pub to_state: PceClaimState,
    /// Who, as tokens name it.
    pub actor: String,
    /// As what.
    pub actor_kind: PceClaimActor,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
