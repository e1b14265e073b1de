//! One settlement of a month: command, truth and state machine in one row.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, RunId, RunKind, RunPhase, RunState, Timestamp};

/// One settlement of a month: command, truth and state machine in one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_run")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RunId,
    /// The month.
    pub month: Month,
    /// What it makes.
    pub kind: RunKind,
    /// Where it stands.
    pub state: RunState,
    /// Which step comes next.
    pub phase: RunPhase,
    /// Fence: grows with each claim; a write with an older one is refused.
    pub generation: i32,
    /// The worker that holds it.
    pub lease_owner: Option<String>,
    /// Until when.
    pub lease_until: Timestamp,
    /// Claims without progress.
    pub attempts: i32,
    /// Not before this instant.
    pub retry_at: Timestamp,
    /// Facts taken in up to here are settled.
    pub cut_off: Option<Timestamp>,
    /// Digest of the lines it settles.
    pub input_digest: Option<String>,
    /// Steps of the whole run.
    pub steps_total: i32,
    /// Steps done.
    pub steps_done: i32,
    /// Shards and partners set aside.
    pub quarantined: i32,
    /// Sums to the partner that were settled.
    pub lines: i64,
    /// Bills written.
    pub bills: i64,
    /// Why it stopped.
    pub error_code: Option<String>,
    /// Details of why it stopped.
    pub error_detail: Option<String>,
    /// Who asked for it.
    pub created_by: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When a worker first took it.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
