//! Statements that lease, renew and end tasks: each compares and sets in one.

use entity::{JobResult, Timestamp};

use super::lease::Lease;
use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query_one};

/// What a lease is asked for.
pub(super) struct Wanted {
    pub(super) name: &'static str,
    pub(super) now: Timestamp,
    pub(super) until: Timestamp,
    /// Leases that end later were given before the clock went back.
    pub(super) until_at_most: Timestamp,
    /// What is due later was put off before the clock went back.
    pub(super) due_at_most: Timestamp,
    /// Work waits: it is due whatever its row says.
    pub(super) woken: bool,
    /// Others may be at it.
    pub(super) shared: bool,
}

/// Leases a task, unless it is held, not due, or in other hands. A row that is missing is made.
pub(super) async fn lease(store: &Store, wanted: &Wanted) -> Result<Option<Lease>> {
    let sql = "INSERT INTO task (name, next_due_at, generation, lease_until, started_at, failures) \
               VALUES ($1, $2, 1, $3, $2, 0) ON CONFLICT (name) DO UPDATE SET generation = task.generation + 1, \
               lease_until = excluded.lease_until, started_at = excluded.started_at \
               WHERE task.next_due_at < $4 AND ($5 OR task.lease_until <= $2 OR task.lease_until > $6) \
               AND ($7 OR task.next_due_at <= $2 OR task.next_due_at > $8) RETURNING generation, failures";
    let values = [
        wanted.name.into(),
        wanted.now.0.into(),
        wanted.until.0.into(),
        Timestamp::FOREVER.0.into(),
        wanted.shared.into(),
        wanted.until_at_most.0.into(),
        wanted.woken.into(),
        wanted.due_at_most.0.into(),
    ];
    let Some(row) = query_one(store.db(), sql, values).await? else { return Ok(None) };
    let (generation, failures) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(Some(Lease { generation, at: wanted.now, failures }))
}

/// Renews a lease. Says whether it was still there.
pub(super) async fn renew(store: &Store, name: &str, generation: i32, until: Timestamp) -> Result<bool> {
    let sql = "UPDATE task SET lease_until = $1 WHERE name = $2 AND generation = $3 AND lease_until > 0";
    let values = [until.0.into(), name.into(), generation.into()];
    Ok(exec(store.db(), sql, values).await?.rows_affected() > 0)
}

/// How a run ended.
pub(super) struct Ended {
    pub(super) at: Timestamp,
    pub(super) took_micros: i64,
    /// None where it was let go of in its middle.
    pub(super) result: Option<JobResult>,
    pub(super) failures: i32,
    pub(super) next_due_at: Timestamp,
    pub(super) error: Option<String>,
}

/// Notes how a run ended, unless somebody else has the task by now. A task that an operator holds stays held.
pub(super) async fn end(store: &Store, name: &str, generation: i32, ended: Ended) -> Result<()> {
    let sql = "UPDATE task SET lease_until = 0, ended_at = $1, duration_micros = $2, result = COALESCE($3, result), \
               failures = $4, next_due_at = CASE WHEN next_due_at < $5 THEN $6 ELSE next_due_at END, \
               last_error = COALESCE($7, last_error), failed_at = COALESCE($8, failed_at) \
               WHERE name = $9 AND generation = $10";
    let failed_at = ended.error.is_some().then_some(ended.at.0);
    let values = [
        ended.at.0.into(),
        ended.took_micros.into(),
        ended.result.map(JobResult::name).into(),
        ended.failures.into(),
        Timestamp::FOREVER.0.into(),
        ended.next_due_at.0.into(),
        ended.error.into(),
        failed_at.into(),
        name.into(),
        generation.into(),
    ];
    store.exec_when_back(sql, values).await
}
