//! One shard of a run: the partners of a range of ids.

use sea_orm::entity::prelude::*;

use crate::{NoRelation as Relation, PartnerId, RunId, ShardState};

/// One shard of a run: the partners of a range of ids.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_shard")]
pub struct Model {
    /// Run that the shard is part of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: RunId,
    /// Number of the shard.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shard: i16,
    /// Partners after this id.
    pub from_id: PartnerId,
    /// Up to and including this id.
    pub to_id: PartnerId,
    /// State of the shard.
    pub state: ShardState,
    /// Tries so far, counted before the work starts.
    pub attempts: i32,
    /// Sums to the partner that were settled.
    pub lines: i64,
    /// Digest of the sums.
    pub digest: Option<String>,
    /// Code of the error for which it was set aside.
    pub error_code: Option<String>,
    /// Text of the error, for operators.
    pub error_detail: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
