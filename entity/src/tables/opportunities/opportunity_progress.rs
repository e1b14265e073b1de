//! How opportunities progress.

use sea_orm::entity::prelude::*;

use crate::{
    NoRelation as Relation, OpportunityId, OpportunitySide, OpportunityStage, ProgressId, Timestamp,
};

/// What one side told of the progress of an opportunity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "opportunity_progress")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgressId,
    /// The opportunity.
    pub opportunity_id: OpportunityId,
    /// Who told it.
    pub side: OpportunitySide,
    /// How far the sale is.
    pub stage: OpportunityStage,
    /// How likely it is won, 0 to 100.
    pub win_percent: i16,
    /// Technical exchanges.
    pub exchanges: String,
    /// How tests stand.
    pub tests: String,
    /// What happened.
    pub detail: String,
    /// What comes next.
    pub next_step: String,
    /// Who told it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
