//! Running one task so that nothing it does reaches the others.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use entity::{JobResult, Timestamp};
use futures_util::FutureExt;
use tokio::time::Instant;

use super::lease::{Lease, keep, lease};
use super::lease_sql::{Ended, end};
use super::{Means, Task, Turn};
use crate::kernel::crash;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::Store;
use crate::operate::work::Due;

/// Longest run of a task: its work is done in pieces of seconds, and what takes an hour hangs.
pub const LIMIT: Duration = Duration::from_secs(3_600);
/// Longest error that a row keeps, in characters: a person reads it in a list.
const ERROR_KEPT: usize = 500;

/// A run that ended.
#[derive(Debug)]
pub struct Ran {
    /// The task.
    pub name: &'static str,
    /// Time it took.
    pub took: Duration,
    /// Jobs that a worker should carry on, or why it failed.
    pub ended: Result<Vec<Due>>,
}

/// Runs the task of `turn` unless another process has it, and notes in its row how that ended. Nothing it does is an
/// error or a panic of the caller.
pub async fn run(means: Means<'_>, turn: Turn<'_>) -> Option<Ran> {
    let (store, task, began) = (means.store, turn.task, Instant::now());
    let ran = |ended| Ran { name: task.name, took: began.elapsed(), ended };
    let leased = match lease(store, task, turn.woken).await {
        Ok(Some(leased)) => leased,
        Ok(None) => return None,
        Err(error) => return Some(ran(Err(error))),
    };
    let ended = work(means, task, leased).await;
    crash::point("task.end");
    let ran = ran(ended);
    if let Err(error) = note(store, task, leased, &ran).await {
        tracing::warn!(task = task.name, %error, "how a task ended could not be noted: it runs again when its lease is over");
    }
    Some(ran)
}

/// Works until the end, a panic, the limit, or the loss of the lease.
async fn work(means: Means<'_>, task: &Task, leased: Lease) -> Result<Vec<Due>> {
    let lost = async {
        if task.shared { std::future::pending().await } else { keep(means.store, task, leased).await }
    };
    tokio::select! {
        biased;
        ended = AssertUnwindSafe((task.work)(means)).catch_unwind() => {
            ended.unwrap_or_else(|panic| Err(Error::Invariant(format!("panicked: {}", words_of(panic.as_ref())))))
        }
        lost = lost => Err(lost),
        () = tokio::time::sleep(LIMIT) => {
            Err(Error::Invariant(format!("stopped: no end within {} s", LIMIT.as_secs())))
        }
    }
}

/// What a panic said. PURE.
fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a word")
}

/// Notes in the row how a run ended, and when the task is due next.
async fn note(store: &Store, task: &Task, leased: Lease, ran: &Ran) -> Result<()> {
    let at = store.clock.now();
    let took_micros = i64::try_from(ran.took.as_micros()).unwrap_or(i64::MAX);
    let verdict = verdict(task, leased.failures, &ran.ended);
    let error = ran.ended.as_ref().err().filter(|_| verdict.result == Some(JobResult::Failed)).map(|error| {
        tracing::error!(task = task.name, %error, failures = verdict.failures, "a task failed; the others go on");
        error.to_string().chars().take(ERROR_KEPT).collect()
    });
    // The next turn of what went well is counted from its begin, so that a daily task does not wander over the day.
    let from = if verdict.result == Some(JobResult::Succeeded) { leased.at } else { at };
    let next_due_at: Timestamp = from.plus(verdict.wait);
    let ended =
        Ended { at, took_micros, result: verdict.result, failures: verdict.failures, next_due_at, error };
    end(store, task.name, leased.generation, ended).await
}

/// What a run comes to.
#[derive(Debug, PartialEq, Eq)]
struct Verdict {
    result: Option<JobResult>,
    failures: i32,
    /// Until the task is due next, in microseconds.
    wait: i64,
}

/// What becomes of a task that failed `failures` times in a row before. PURE.
fn verdict(task: &Task, failures: i32, ended: &Result<Vec<Due>>) -> Verdict {
    match ended {
        Ok(_) => Verdict { result: Some(JobResult::Succeeded), failures: 0, wait: task.period },
        // This process stops: another one goes on at once.
        Err(Error::Stopping) => Verdict { result: None, failures, wait: 0 },
        Err(_) => {
            let failures = failures.saturating_add(1);
            Verdict { result: Some(JobResult::Failed), failures, wait: task.again_after(failures) }
        }
    }
}
