//! The shared part of both backends of the queue: limits, errors, and the driver of a listener of apalis.

use std::{panic::AssertUnwindSafe, time::Duration};

use apalis::prelude::{WorkerContext, WorkerError as ListenerError};
use futures_util::{FutureExt, future::BoxFuture};
use serde_json::Value;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    bell::{Bell, BellError},
    guard::Guard,
};

/// Most bells that may wait in the queue, in bells. More would say nothing new, since the tick finds
/// every due row, and the Redis scripts of apalis break for good at about 8,000.
pub const MAX_WAITING: i64 = 500;

/// Heartbeats of a listener that may be missed before its bells go to another one.
pub(crate) const MISSED_HEARTBEATS: usize = 2;

/// Reason for which the queue could not do its part. Nothing is lost: the rows are in the database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// The Redis URL is not one. (The URL itself may hold a password and is not repeated.)
    #[error("the Redis URL of the queue is not valid: {0}")]
    Address(String),
    /// The queue's own tables are missing or older than this program.
    #[error("the tables of the queue are not migrated")]
    NotMigrated,
    /// The SQLite side failed.
    #[error("queue in SQLite: {0}")]
    Sqlite(#[from] sqlx::Error),
    /// The queue's tables could not be changed.
    #[error("migration of the queue: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The Redis side failed.
    #[error("queue in Redis: {0}")]
    Redis(#[from] redis::RedisError),
    /// A bell could not be written.
    #[error(transparent)]
    Bell(#[from] BellError),
    /// No answer in time.
    #[error("the queue did not answer within {} s", .0.as_secs())]
    Slow(Duration),
    /// The listener or the push ended inside the queue library.
    #[error("the queue was lost: {0}")]
    Lost(String),
}

/// Serves what came off the queue. Never an error: to apalis a plain error means "again, at once".
pub(crate) async fn answer(guard: Guard, payload: Value) {
    match Bell::from_payload(&payload) {
        Ok(bell) => guard.serve(bell).await,
        Err(reason) => tracing::warn!(%reason, %payload, "dropped a bell that cannot be read"),
    }
}

/// Drives a listener to its end: by itself when the queue is lost, orderly when `shutdown` is asked for. Then it may
/// wait for calls in hand no longer than `patience`; the calls themselves go on, and their bells come back unless they
/// are acknowledged in time, which is harmless.
pub(crate) async fn drive(
    context: WorkerContext,
    listener: BoxFuture<'static, Result<(), ListenerError>>,
    shutdown: CancellationToken,
    patience: Option<Duration>,
) -> Result<(), QueueError> {
    // apalis panics where its own bookkeeping meets what it did not expect (a redelivered task, a
    // flushed server): that is the loss of a listener, not of the process.
    let mut listener = AssertUnwindSafe(listener).catch_unwind();
    let ended = tokio::select! {
        ended = &mut listener => ended,
        () = shutdown.cancelled() => match context.stop() {
            Ok(()) => match patience {
                None => listener.await,
                Some(patience) => match timeout(patience, listener).await {
                    Ok(ended) => ended,
                    Err(_dropped) => return Ok(()),
                },
            },
            Err(_not_started_yet) => return Ok(()),
        },
    };
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(reason)) => Err(QueueError::Lost(reason.to_string())),
        Err(_panic) => Err(QueueError::Lost("the listener panicked".to_owned())),
    }
}
