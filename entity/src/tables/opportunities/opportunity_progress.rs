//! Reports of the progress of opportunities.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, OpportunityId, OpportunitySide, OpportunityStage, ProgressId, Timestamp,
};

/// A report of one side on the progress of an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_progress")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgressId,
    /// Opportunity that it reports on.
    pub opportunity_id: OpportunityId,
    /// Side of the person who reports.
    pub side: OpportunitySide,
    /// Stage of the sale at the time of the report.
    pub stage: OpportunityStage,
    /// Likelihood of winning, 0 to 100.
    pub win_percent: i16,
    /// Technical exchanges with the customer, in words.
    pub exchanges: String,
    /// State of tests at the customer, in words.
    pub tests: String,
    /// Events since the last report, in words.
    pub detail: String,
    /// Next step, in words.
    pub next_step: String,
    /// Subject of the token that reported.
    pub created_by: String,
    /// Instant of the report.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
