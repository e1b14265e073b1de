//! Claims of the incentive for opportunities.

use sea_orm::entity::prelude::*;

use crate::{
    Currency, FileId, NoRelation as Relation, OpportunityId, PartnerId, PceClaimId, PceClaimState,
    PcePolicyId, Timestamp,
};

/// What a partner claims for an opportunity; once for each.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "pce_claim")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PceClaimId,
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// Who claims.
    pub partner_id: PartnerId,
    /// The policy of the month in which the opportunity was signed.
    pub policy_id: PcePolicyId,
    /// Where it stands.
    pub state: PceClaimState,
    /// Since when.
    pub state_since: Timestamp,
    /// Why it stands there, where somebody said so.
    pub reason: Option<String>,
    /// The year in which the opportunity was signed.
    pub year: i32,
    /// The currency.
    pub currency: Currency,
    /// The cash it rests on, in micros; none before it is published.
    pub basis: Option<i64>,
    /// What it comes to, in micros; none before it is published.
    pub amount: Option<i64>,
    /// Evidence.
    pub evidence_file_id: Option<FileId>,
    /// What the partner says.
    pub note: String,
    /// Rows of its trail.
    pub transitions: i32,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
