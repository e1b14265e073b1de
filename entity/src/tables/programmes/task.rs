//! A recurring task of the workers: its lease, how it ended last, and when it is due next.

use sea_orm::entity::prelude::*;

use crate::{JobResult, NoRelation as Relation, Timestamp};

/// A recurring task. The row appears when the task is leased for the first time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// Name in the program's list of tasks.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Instant from which it is due; the end of time while an operator holds it.
    pub next_due_at: Timestamp,
    /// Fence: grows with each lease.
    pub generation: i32,
    /// Instant until which others wait for the process at work on it; 0 while nobody works.
    pub lease_until: Timestamp,
    /// Instant at which a process began it last.
    pub started_at: Option<Timestamp>,
    /// Instant at which it ended last, well or badly.
    pub ended_at: Option<Timestamp>,
    /// Duration of that turn, in microseconds of the machine's own clock.
    pub duration_micros: Option<i64>,
    /// Result of the last turn; none before the first.
    pub result: Option<JobResult>,
    /// Failures in a row; 0 after a success.
    pub failures: i32,
    /// Error of the last failure; kept after a success.
    pub last_error: Option<String>,
    /// Instant of the last failure; kept after a success.
    pub failed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
