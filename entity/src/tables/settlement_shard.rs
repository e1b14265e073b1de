//! One shard of one phase of a run.

use sea_orm::entity::prelude::*;

use crate::{RunId, RunPhase, ShardState};

/// One shard of one phase of a run.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settlement_shard")]
pub struct Model {
    /// The run.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: RunId,
    /// The phase.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phase: RunPhase,
    /// Number of the shard.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shard: i16,
    /// Where it stands.
    pub state: ShardState,
    /// Tries so far, counted before the work starts.
    pub attempts: i32,
    /// Lines or bills it covered.
    pub lines: i64,
    /// Why it was set aside.
    pub error_code: Option<String>,
    /// Details.
    pub error_detail: Option<String>,
}

/// No relations: joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
