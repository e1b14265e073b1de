//! Claims of the opportunity incentive, a part of PCE (partner customer engagement).

use sea_orm::entity::prelude::*;

use crate::{
    Currency, FileId, NoRelation as Relation, OpportunityId, PartnerId, PceClaimId, PceClaimState,
    PcePolicyId, Timestamp,
};

/// A partner's claim for an opportunity; each opportunity has one at most.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PceClaimId,
    /// Opportunity that the claim is for.
    pub opportunity_id: OpportunityId,
    /// Partner that claims.
    pub partner_id: PartnerId,
    /// The policy of the month in which the opportunity was signed.
    pub policy_id: PcePolicyId,
    /// State after the latest transition.
    pub state: PceClaimState,
    /// Instant of the transition into `state`.
    pub state_since: Timestamp,
    /// Reason of the state, where somebody gave one.
    pub reason: Option<String>,
    /// The year in which the opportunity was signed.
    pub year: i32,
    /// Currency of `basis` and `amount`, which is that of the opportunity.
    pub currency: Currency,
    /// The cash it rests on, in micros; none before it is published.
    pub basis: Option<i64>,
    /// Incentive in micros; none before it is published.
    pub amount: Option<i64>,
    /// Stored file that the partner handed in as evidence.
    pub evidence_file_id: Option<FileId>,
    /// Words of the partner to its claim; may be empty.
    pub note: String,
    /// Number of rows in its trail.
    pub transitions: i32,
    /// Subject of the token that made it.
    pub created_by: String,
    /// Instant at which the row was made.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
