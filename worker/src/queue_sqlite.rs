//! Bells in tables of the product's own SQLite database (embedded deployment).

use std::{collections::BTreeSet, time::Duration};

use apalis::prelude::{BackendExt, BoxDynError, TaskSink, WorkerBuilder, WorkerBuilderExt, WorkerContext};
use apalis_sqlite::{Config, SqliteStorage};
use futures_util::{FutureExt, future::BoxFuture};
use serde_json::Value;
use sqlx::SqlitePool;
use tokio_util::sync::CancellationToken;

use crate::{
    guard::Guard,
    queue_listen::{MAX_WAITING, MISSED_HEARTBEATS, QueueError, answer, drive},
    queue_rung::{Repoll, Rung},
};

/// The value of `Jobs.job_type` for our bells.
const QUEUE: &str = "bells";

/// Pace of looking for bells that another process rang: each look is a transaction that writes. Bells of this process
/// are heard at once, and what others ring for is found by the tick, which comes as often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Heartbeat of a listener, a transaction that writes: work of a killed process comes back after half a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Longest time for which a listener that was asked to stop may wait for calls in hand. While it waits,
/// apalis does not go on with what it reads or writes itself: a transaction it was in holds SQLite's write
/// lock, and the call in hand could not write down how far it came.
const STOP_WITHIN: Duration = Duration::from_secs(1);

/// One step in the history of the queue's own tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueMigration {
    /// Version number given by the queue library.
    pub version: i64,
    /// Sentence of the migration about itself, as apalis gives it.
    pub description: String,
    /// Whether this database has it.
    pub applied: bool,
}

/// Brings the queue's own tables up to date. Leaves every pragma alone: the library's `setup()` would
/// set `synchronous = OFF` on a connection of the product's pool.
///
/// # Errors
/// When the database refuses.
pub async fn queue_migrate(pool: &SqlitePool) -> Result<(), QueueError> {
    SqliteStorage::migrations().run(pool).await?;
    // Without statistics the queue is forty times slower.
    sqlx::query("ANALYZE Jobs").execute(pool).await?;
    Ok(())
}

/// Drops the queue's own tables with all waiting bells. Nothing is lost but time: the rows they point
/// at stay.
///
/// # Errors
/// When the database refuses.
pub async fn queue_down(pool: &SqlitePool) -> Result<(), QueueError> {
    let mut transaction = pool.begin().await?;
    for statement in
        ["DROP TABLE IF EXISTS Jobs", "DROP TABLE IF EXISTS Workers", "DROP TABLE IF EXISTS _sqlx_migrations"]
    {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// The history of the queue's own tables, oldest first, and which steps this database has.
///
/// # Errors
/// When the database cannot be read.
pub async fn queue_status(pool: &SqlitePool) -> Result<Vec<QueueMigration>, QueueError> {
    let known: Option<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'",
    )
    .fetch_optional(pool)
    .await?;
    let applied: BTreeSet<i64> = match known {
        None => BTreeSet::new(),
        Some(_) => sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success")
            .fetch_all(pool)
            .await?
            .into_iter()
            .collect(),
    };
    let step = |migration: &sqlx::migrate::Migration| QueueMigration {
        version: migration.version,
        description: migration.description.to_string(),
        applied: applied.contains(&migration.version),
    };
    Ok(SqliteStorage::migrations().iter().map(step).collect())
}

/// Fails unless every step of the history is there.
pub(crate) async fn require_migrated(pool: &SqlitePool) -> Result<(), QueueError> {
    let all_applied = queue_status(pool).await?.iter().all(|step| step.applied);
    if all_applied { Ok(()) } else { Err(QueueError::NotMigrated) }
}

#[derive(Clone)]
pub(crate) struct SqliteQueue {
    pool: SqlitePool,
    rung: Rung,
}

impl SqliteQueue {
    pub(crate) fn new(pool: &SqlitePool, rung: &Rung) -> SqliteQueue {
        SqliteQueue { pool: pool.clone(), rung: rung.clone() }
    }

    fn storage(&self) -> SqliteStorage<Value> {
        let config = Config::default()
            .queue(QUEUE)
            // With more, a bell waits unacknowledged behind a long one and is served several times.
            .batch_size(1)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS);
        SqliteStorage::new(&self.pool).with_config(config)
    }

    pub(crate) async fn push(&self, payload: Value) -> Result<(), QueueError> {
        // An idempotency key would stay taken after the bell was served; so look for an equal one instead.
        // Two callers at once may both write theirs: harmless.
        let (waiting, equal): (i64, i64) = sqlx::query_as(
            "SELECT COUNT(*), COALESCE(SUM(job = ?1), 0) FROM Jobs WHERE job_type = ?2 AND status = 'Pending'",
        )
        .bind(payload.to_string().into_bytes())
        .bind(QUEUE)
        .fetch_one(&self.pool)
        .await?;
        if equal > 0 || waiting >= MAX_WAITING {
            return Ok(());
        }
        self.storage().push(payload).await.map_err(|reason| QueueError::Lost(reason.to_string()))?;
        self.rung.ring();
        Ok(())
    }

    pub(crate) async fn ping(&self) -> Result<(), QueueError> {
        sqlx::query("SELECT 1 FROM Jobs LIMIT 1").execute(&self.pool).await?;
        Ok(())
    }

    pub(crate) async fn sweep(&self) -> Result<(), QueueError> {
        for statement in [
            "DELETE FROM Jobs WHERE status IN ('Done', 'Killed') OR (status = 'Failed' AND attempts >= max_attempts)",
            // An hour is far beyond the time a listener may be silent and still be alive.
            "DELETE FROM Workers WHERE last_seen < strftime('%s', 'now') - 3600
               AND id NOT IN (SELECT lock_by FROM Jobs WHERE lock_by IS NOT NULL)",
            "PRAGMA optimize",
        ] {
            sqlx::query(statement).execute(&self.pool).await?;
        }
        Ok(())
    }

    /// See [`crate::queue::Ringer::listen`]. Boxed: the type of an apalis worker is longer than this
    /// file, and the compiler cannot see through it that the future is `Send`.
    pub(crate) fn listen(
        &self,
        name: &str,
        concurrency: usize,
        guard: Guard,
        shutdown: CancellationToken,
    ) -> BoxFuture<'static, Result<(), QueueError>> {
        let context = WorkerContext::new(name);
        let listener = WorkerBuilder::new(context.clone())
            .backend(self.storage().poll_with_strategy(Repoll::every(LOOK_EVERY).hearing(&self.rung)))
            .concurrency(concurrency)
            .build(move |payload: Value| {
                let guard = guard.clone();
                async move {
                    answer(guard, payload).await;
                    Ok::<(), BoxDynError>(())
                }
            });
        drive(context, listener.run().boxed(), shutdown, Some(STOP_WITHIN)).boxed()
    }
}
