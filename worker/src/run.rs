//! The worker process: a listener that is started again whenever it is lost, a tick, a sweep, an orderly end.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    guard::{Guard, Handler},
    queue::{QueueConfig, Ringer},
    queue_listen::QueueError,
    queue_sqlite::require_migrated,
    tick::tick_until,
};

/// Bells one process serves at the same time unless told otherwise.
pub const DEFAULT_CONCURRENCY: usize = 2;

/// Longest time one call of the handler may take unless told otherwise. Work is done in shards of
/// seconds; what runs this long hangs, and its lease has long gone to another worker.
pub const DEFAULT_HANDLER_LIMIT: Duration = Duration::from_secs(900);

/// First and longest wait before a lost listener is started again.
const BACKOFF_FIRST: Duration = Duration::from_millis(200);
/// See [`BACKOFF_FIRST`]. Short enough that a queue that came back is used again while someone watches.
const BACKOFF_LONGEST: Duration = Duration::from_secs(10);
/// A listener that lived this long was healthy: the next backoff starts from the first wait again.
const HEALTHY_AFTER: Duration = Duration::from_secs(30);

/// Time between two deletions of served bells from the queue.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Settings of a worker process, read once at its start.
#[derive(Clone, Debug)]
pub struct WorkerSettings {
    /// Place in which bells are kept.
    pub queue: QueueConfig,
    /// Bells served at the same time; at least 1.
    pub concurrency: usize,
    /// Pace of the tick; more than zero.
    pub tick_every: Duration,
    /// Longest time one call of the handler may take before it is stopped.
    pub handler_limit: Duration,
    /// Longest time for which running calls may go on after the shutdown was asked for.
    pub grace: Duration,
}

/// Reason for which a worker did not start, or did not end as it should.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A setting that makes no sense.
    #[error("{0}")]
    Setting(&'static str),
    /// The queue cannot be used at all.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The time of grace was over and calls were stopped; their rows are taken up by another worker.
    #[error("{still_running} calls were still running after {} s of grace and were stopped", .grace.as_secs())]
    GraceOver {
        /// Calls that were stopped.
        still_running: usize,
        /// The grace they had.
        grace: Duration,
    },
}

/// Serves bells and ticks until `shutdown`, then lets running calls finish within the grace.
///
/// Loss of the queue is never an end: the tick goes on and the listener is started again with backoff.
///
/// # Errors
/// Before it starts: a setting without sense, a Redis URL that is not one, queue tables that are not
/// migrated. At its end: [`WorkerError::GraceOver`].
pub async fn run(
    settings: WorkerSettings,
    handler: Handler,
    shutdown: CancellationToken,
) -> Result<(), WorkerError> {
    if settings.concurrency == 0 {
        return Err(WorkerError::Setting("a worker needs a concurrency of at least 1"));
    }
    if settings.tick_every.is_zero() {
        return Err(WorkerError::Setting("a worker needs a tick of more than 0 seconds"));
    }
    if let QueueConfig::Sqlite { pool, .. } = &settings.queue {
        require_migrated(pool).await?;
    }
    let ringer = Ringer::open(&settings.queue)?;
    let guard = Guard::new(handler, settings.handler_limit, settings.concurrency);

    let work = async {
        tokio::join!(
            listen_until(shutdown.clone(), ringer.clone(), settings.concurrency, guard.clone()),
            tick_until(shutdown.clone(), settings.tick_every, guard.clone()),
            sweep_until(shutdown.clone(), ringer),
        );
        guard.idle().await;
    };
    let out_of_grace = async {
        shutdown.cancelled().await;
        sleep(settings.grace).await;
    };
    tokio::select! {
        () = work => Ok(()),
        () = out_of_grace => match guard.give_up().await {
            0 => Ok(()),
            still_running => Err(WorkerError::GraceOver { still_running, grace: settings.grace }),
        },
    }
}

async fn listen_until(shutdown: CancellationToken, ringer: Ringer, concurrency: usize, guard: Guard) {
    let mut backoff = BACKOFF_FIRST;
    while !shutdown.is_cancelled() {
        let started = Instant::now();
        let ended = ringer.listen(&listener_name(), concurrency, guard.clone(), shutdown.clone()).await;
        if shutdown.is_cancelled() {
            return;
        }
        if started.elapsed() >= HEALTHY_AFTER {
            backoff = BACKOFF_FIRST;
        }
        let reason = ended.err().map_or_else(|| "it ended by itself".to_owned(), |reason| reason.to_string());
        tracing::warn!(%reason, again_in_ms = backoff.as_millis(), "lost the queue, the tick goes on");
        metrics::counter!("partner_center_queue_lost_total").increment(1);
        let _stopped_or_waited = timeout(backoff, shutdown.cancelled()).await;
        backoff = (backoff * 2).min(BACKOFF_LONGEST);
    }
}

async fn sweep_until(shutdown: CancellationToken, ringer: Ringer) {
    loop {
        if let Err(reason) = ringer.sweep().await {
            tracing::debug!(%reason, "served bells stay in the queue until the next sweep");
        }
        if timeout(SWEEP_EVERY, shutdown.cancelled()).await.is_ok() {
            return;
        }
    }
}

/// A name no listener had before, on any machine: the queue refuses a name it has heard of lately, and
/// would take a restarted process for the one that died.
fn listener_name() -> String {
    format!("worker-{}-{:016x}", std::process::id(), rand::random::<u64>())
}
