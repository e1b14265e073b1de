//! One settlement of a month: command, truth and state machine in one row.

use sea_orm::entity::prelude::*;

use crate::{Month, NoRelation as Relation, RunId, RunKind, RunPhase, RunState, Timestamp};

/// One settlement of a month: command, truth and state machine in one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "settlement_run")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RunId,
    /// Month that is settled.
    pub month: Month,
    /// Kind of books that it makes.
    pub kind: RunKind,
    /// State of the run.
    pub state: RunState,
    /// Step that comes next, also after a crash.
    pub phase: RunPhase,
    /// Fence: grows with each lease; a write with an older one is refused.
    pub generation: i32,
    /// The worker that holds it.
    pub lease_owner: Option<String>,
    /// Instant until which a worker has it leased; in the past when nobody has.
    pub lease_until: Timestamp,
    /// Leases without progress.
    pub attempts: i32,
    /// Instant before which it is not leased.
    pub retry_at: Timestamp,
    /// Facts taken in up to here are settled.
    pub cut_off: Option<Timestamp>,
    /// Digest of the lines it settles.
    pub input_digest: Option<String>,
    /// Steps of the whole run.
    pub steps_total: i32,
    /// Number of steps that are done, for the progress that people see.
    pub steps_done: i32,
    /// Shards and partners set aside.
    pub quarantined: i32,
    /// Sums to the partner that were settled.
    pub lines: i64,
    /// Number of bills it wrote.
    pub bills: i64,
    /// Code of the error that stopped it; none while all is well.
    pub error_code: Option<String>,
    /// Details of why it stopped.
    pub error_detail: Option<String>,
    /// Subject of the token that asked for it, or the program's name for a run by timetable.
    pub created_by: String,
    /// Instant at which it was asked for.
    pub created_at: Timestamp,
    /// Items of the checklist that its final passes over, by name, with commas between; empty for none.
    pub acknowledged: String,
    /// Instant at which a worker first leased it.
    pub started_at: Option<Timestamp>,
    /// Instant at which it ended, well or badly.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
