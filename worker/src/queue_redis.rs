//! Bells in Redis (distributed deployment). Everything here may vanish at any time.

use std::time::Duration;

use apalis::prelude::{BackendExt, BoxDynError, TaskSink, WorkerBuilder, WorkerBuilderExt, WorkerContext};
use apalis_redis::{Config, RedisStorage};
use futures_util::{FutureExt, future::BoxFuture};
use redis::{
    AsyncCommands, Client, ExistenceCheck, SetExpiry, SetOptions,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    guard::Guard,
    queue_listen::{MAX_WAITING, MISSED_HEARTBEATS, QueueError, answer, drive},
    queue_rung::Repoll,
};

/// Heartbeat of a listener: work of a killed process comes back after 10 seconds (the default would be 300).
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Pace of looking for bells: one small script a time.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Longest time for which an equal bell is held back when the first was lost on its way, in seconds.
const WAITING_MARK_LIMIT: u64 = 60;

/// Longest time in which a Redis server may accept a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);
/// Longest time in which a Redis server may answer.
const RESPONSE_LIMIT: Duration = Duration::from_secs(5);

/// Finished bells deleted in one go, in bells: keeps one sweep command short.
const SWEEP_BATCH: usize = 100;

#[derive(Clone)]
pub(crate) struct RedisQueue {
    connection: ConnectionManager,
    config: Config,
}

impl RedisQueue {
    /// Connects on first use, and again whenever the connection was lost.
    pub(crate) fn new(url: &str, namespace: &str) -> Result<RedisQueue, QueueError> {
        let bad_address = |reason: redis::RedisError| QueueError::Address(reason.to_string());
        let manager = ConnectionManagerConfig::new()
            // One try a call: the listener's own backoff and the tick decide what happens next.
            .set_number_of_retries(1)
            .set_connection_timeout(Some(CONNECT_LIMIT))
            .set_response_timeout(Some(RESPONSE_LIMIT));
        let client = Client::open(url).map_err(bad_address)?;
        let connection = ConnectionManager::new_lazy_with_config(client, manager).map_err(bad_address)?;
        let config = Config::default()
            .queue(format!("{namespace}:bells"))
            // With more, a bell waits unacknowledged behind a long one and is served several times.
            .batch_size(1)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS)
            // Nobody listens to its notifications, and its keys are not used (see `push`).
            .emit_events(false)
            .idempotency_ttl(None);
        Ok(RedisQueue { connection, config })
    }

    fn storage(&self) -> RedisStorage<Value> {
        RedisStorage::new(self.connection.clone()).with_config(self.config.clone())
    }

    /// The key that says "an equal bell is waiting".
    fn waiting_mark(&self, payload: &Value) -> String {
        format!("{}:waiting:{payload}", self.config.queue)
    }

    pub(crate) async fn push(&self, payload: Value) -> Result<(), QueueError> {
        let mut connection = self.connection.clone();
        let mark = self.waiting_mark(&payload);
        let once = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::EX(WAITING_MARK_LIMIT));
        let first: bool = connection.set_options(&mark, 1, once).await?;
        if !first {
            return Ok(());
        }
        // apalis puts every bell among the scheduled ones first, and the next listener that looks moves
        // all that are due at once: this is the pile that must never reach thousands.
        let (active, scheduled): (i64, i64) = redis::pipe()
            .llen(self.config.active_jobs_list())
            .zcard(self.config.scheduled_jobs_set())
            .query_async(&mut connection)
            .await?;
        let waiting = active + scheduled;
        let pushed = if waiting >= MAX_WAITING { Ok(()) } else { self.storage().push(payload).await };
        // Without its bell the mark would hold back the next ones.
        if waiting >= MAX_WAITING || pushed.is_err() {
            let _: Result<(), _> = connection.del(&mark).await;
        }
        pushed.map_err(|reason| QueueError::Lost(reason.to_string()))
    }

    pub(crate) async fn ping(&self) -> Result<(), QueueError> {
        Ok(redis::cmd("PING").query_async(&mut self.connection.clone()).await?)
    }

    pub(crate) async fn sweep(&self) -> Result<(), QueueError> {
        let mut connection = self.connection.clone();
        let (data, meta) = (self.config.job_data_hash(), self.config.job_meta_hash());
        for finished in [self.config.done_jobs_set(), self.config.dead_jobs_set()] {
            loop {
                let ids: Vec<String> =
                    redis::cmd("SPOP").arg(&finished).arg(SWEEP_BATCH).query_async(&mut connection).await?;
                if ids.is_empty() {
                    break;
                }
                let metas: Vec<String> = ids.iter().map(|id| format!("{meta}:{id}")).collect();
                redis::pipe().hdel(&data, &ids).del(metas).exec_async(&mut connection).await?;
            }
        }
        Ok(())
    }

    /// See [`crate::queue::Ringer::listen`]; boxed as on SQLite.
    pub(crate) fn listen(
        &self,
        name: &str,
        concurrency: usize,
        guard: Guard,
        shutdown: CancellationToken,
    ) -> BoxFuture<'static, Result<(), QueueError>> {
        let context = WorkerContext::new(name);
        let queue = self.clone();
        let listener = WorkerBuilder::new(context.clone())
            .backend(self.storage().poll_with_strategy(Repoll::every(LOOK_EVERY)))
            .concurrency(concurrency)
            .build(move |payload: Value| {
                let (guard, queue) = (guard.clone(), queue.clone());
                async move {
                    queue.unmark(&payload).await;
                    answer(guard, payload).await;
                    Ok::<(), BoxDynError>(())
                }
            });
        let driven = drive(context.clone(), listener.run().boxed(), shutdown, None);
        let queue = self.clone();
        async move {
            let ended = driven.await;
            // apalis leaves one small key for every listener that ever started.
            let key = queue.config.worker_metadata_key(&context);
            let _: Result<(), _> = queue.connection.clone().del(key).await;
            ended
        }
        .boxed()
    }

    /// A bell is taken up: from here on an equal one means "look again" and must be written.
    async fn unmark(&self, payload: &Value) {
        let unmarked: Result<(), _> = self.connection.clone().del(self.waiting_mark(payload)).await;
        if let Err(reason) = unmarked {
            tracing::debug!(%reason, "the waiting mark of a bell expires by itself");
        }
    }
}
