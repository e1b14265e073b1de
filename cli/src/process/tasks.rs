//! The recurring tasks of a working process: each in a Tokio task of its own, so that a slow one holds up none of the
//! others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::money::payout::Gateway;
use domain::operate::task::{Means, Ran, Standing, Status, TASKS, Turn, due, list, run};
use domain::operate::work::{Due, carry_on};
use domain::programme::demo_clock;
use domain::{Error, Result, Store};
use entity::Timestamp;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use worker::{Bell, Ringer};

/// Work that this process has in hand. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tasks {
    running: TaskTracker,
    /// A task that many processes share is not begun twice in one of them.
    names: Arc<Mutex<BTreeSet<&'static str>>>,
}

impl Tasks {
    /// Begins every task whose turn it is and that this process is not at already.
    pub(crate) async fn begin_due(
        &self,
        store: &Store,
        gateway: &Gateway,
        ringer: &Ringer,
        owner: &Arc<str>,
    ) {
        let turns = match turns(Means { store, gateway }).await {
            Ok(turns) => turns,
            Err(error) => return tracing::warn!(%error, "which tasks are due cannot be seen now"),
        };
        for turn in turns {
            let Some(in_hand) = self.take(turn.task.name) else { continue };
            let (store, gateway) = (store.clone(), gateway.clone());
            let (ringer, owner) = (ringer.clone(), Arc::clone(owner));
            self.running.spawn(async move {
                let ran = run(Means { store: &store, gateway: &gateway }, turn).await;
                // The next tick may begin it again while its jobs are handed out.
                drop(in_hand);
                if let Some(ran) = ran {
                    count(&ran);
                    if let Ok(jobs) = ran.ended {
                        hand_out(&store, &ringer, &owner, jobs).await;
                    }
                }
            });
        }
    }

    /// Waits for what is in hand, at most `grace`. What is cut off goes on elsewhere when its lease is over.
    pub(crate) async fn finish(&self, grace: Duration) {
        self.running.close();
        if tokio::time::timeout(grace, self.running.wait()).await.is_err() {
            tracing::warn!(tasks = ?self.names(), "tasks in hand were cut off");
        }
    }

    fn take(&self, name: &'static str) -> Option<InHand> {
        self.names().insert(name).then(|| InHand { tasks: self.clone(), name })
    }

    fn names(&self) -> std::sync::MutexGuard<'_, BTreeSet<&'static str>> {
        // A set of names is whole after a panic too.
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tasks whose turn it is, by the clock that a demonstration may have moved.
async fn turns(means: Means<'_>) -> Result<Vec<Turn<'static>>> {
    demo_clock::refresh(means.store).await?;
    due(means, TASKS).await
}

/// A task in hand, until this is dropped.
struct InHand {
    tasks: Tasks,
    name: &'static str,
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.tasks.names().remove(self.name);
    }
}

/// Rings for each job that waits, so that all workers share them; carries it on here when the queue is away.
async fn hand_out(store: &Store, ringer: &Ringer, owner: &str, jobs: Vec<Due>) {
    for due in jobs {
        let bell = match due {
            Due::Import(id) => Bell::Import(id.0),
            Due::Settle(id) => Bell::Settle(id.0),
            Due::Export(id) => Bell::Export(id.0),
        };
        if let Err(reason) = ringer.ring(bell).await {
            tracing::warn!(?bell, %reason, "the queue is away: this process does the work itself");
            if let Err(error) = carry_on(store, due, owner).await {
                tracing::warn!(?bell, %error, "a job could not be carried on; the next tick finds it");
            }
        }
    }
}

/// Counts a run for `/metrics`.
fn count(ran: &Ran) {
    let outcome = match &ran.ended {
        Ok(_) => "succeeded",
        Err(Error::Stopping) => "stopped",
        Err(_) => "failed",
    };
    metrics::counter!("partner_center_task_runs_total", "task" => ran.name, "outcome" => outcome)
        .increment(1);
    metrics::histogram!("partner_center_task_seconds", "task" => ran.name).record(ran.took);
}

/// Pace of reading how the tasks stand, for `/metrics`: one small read.
const GAUGE_EVERY: Duration = Duration::from_secs(30);

/// Keeps the gauges of all tasks of the installation, whichever process runs them, until `stop`.
pub(crate) async fn gauge_until(store: &Store, stop: &CancellationToken) {
    loop {
        match list(store).await {
            Ok(tasks) => {
                let now = store.clock.now();
                tasks.iter().for_each(|task| gauge(task, now));
            }
            Err(error) => tracing::debug!(%error, "how the tasks stand cannot be read"),
        }
        if tokio::time::timeout(GAUGE_EVERY, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}

fn gauge(task: &Status, now: Timestamp) {
    let failures = task.row.as_ref().map_or(0, |row| row.failures);
    let overdue = task.standing(now) == Standing::Overdue;
    metrics::gauge!("partner_center_task_failures", "task" => task.task.name).set(f64::from(failures));
    metrics::gauge!("partner_center_task_overdue", "task" => task.task.name)
        .set(f64::from(u8::from(overdue)));
}
