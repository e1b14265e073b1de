//! Nothing a handler does ends the worker: every call runs in its own task, within a time limit.
//!
//! apalis has layers for both, but they leave the job `Running` for ever (SQLite) or in a dead set
//! nobody reads (Redis). Here the queue always hears "done", and what went wrong is the row's business.
//! A task of its own also survives the loss of the listener that started it.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::bell::Bell;

/// Work on a bell. It must be safe to call twice, late, and for a row that needs nothing.
pub type Handler = Arc<dyn Fn(Bell) -> BoxFuture<'static, ()> + Send + Sync>;

/// Runs the handler so that neither a panic nor a hang reaches the caller.
#[derive(Clone)]
pub(crate) struct Guard {
    handler: Handler,
    limit: Duration,
    /// Shared by all listeners this process ever starts: one that was lost may have left work behind.
    slots: Arc<Semaphore>,
    running: TaskTracker,
    give_up: CancellationToken,
}

impl Guard {
    pub(crate) fn new(handler: Handler, limit: Duration, concurrency: usize) -> Guard {
        Guard {
            handler,
            limit,
            slots: Arc::new(Semaphore::new(concurrency)),
            running: TaskTracker::new(),
            give_up: CancellationToken::new(),
        }
    }

    /// Serves a bell from the queue, within the concurrency of this process. Comes back when the
    /// handler did, or was stopped at its time limit.
    pub(crate) async fn serve(&self, bell: Bell) {
        // The semaphore is never closed; if it were, serving without a slot is the safe side.
        let slot = Arc::clone(&self.slots).acquire_owned().await.ok();
        self.call(bell, slot).await;
    }

    /// Serves a tick. Ticks have their own turn, so that long work never holds up the search for due rows.
    pub(crate) async fn tick(&self) {
        self.call(Bell::Tick, ()).await;
    }

    async fn call<S: Send + 'static>(&self, bell: Bell, slot: S) {
        let (handler, limit, give_up) = (Arc::clone(&self.handler), self.limit, self.give_up.clone());
        let task = self.running.spawn(async move {
            let _held_until_done = slot;
            tokio::select! {
                ended = tokio::time::timeout(limit, async move { handler(bell).await }) => {
                    if ended.is_ok() { "done" } else { "timed_out" }
                }
                () = give_up.cancelled() => "given_up",
            }
        });
        let outcome = task.await.unwrap_or("panicked");
        if outcome != "done" {
            tracing::error!(
                ?bell,
                outcome,
                limit_seconds = limit.as_secs(),
                "the handler of a bell did not finish"
            );
        }
        metrics::counter!("partner_center_bells_total", "bell" => bell.kind(), "outcome" => outcome)
            .increment(1);
    }

    /// Waits until nothing runs. Call after the listener and the tick have stopped.
    pub(crate) async fn idle(&self) {
        self.running.close();
        self.running.wait().await;
    }

    /// Stops what still runs and says how many calls that were.
    pub(crate) async fn give_up(&self) -> usize {
        let still_running = self.running.len();
        self.give_up.cancel();
        self.idle().await;
        still_running
    }
}
