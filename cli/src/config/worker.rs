//! Settings of the worker, the batch side.

use std::time::Duration;

use clap::Args;

use super::problems::Problems;

/// Most bells served at once: each holds database connections, and settlement is bound by the database.
const CONCURRENCY_MAX: u32 = 64;
/// Slowest tick, in seconds: work whose worker died must continue within a minute.
const TICK_MAX_S: u32 = 60;
/// Longest call of a handler, in seconds (a day): beyond it the work certainly hangs.
const HANDLER_MAX_S: u32 = 86_400;
/// Longest time of grace at the end, in seconds: orchestrators kill long before.
pub(super) const GRACE_MAX_S: u32 = 3_600;

/// Settings of the worker, as they were given.
#[derive(Args, Clone, Debug)]
pub struct WorkerArgs {
    /// Imports and settlement runs this process works on at the same time
    #[arg(long, env = "PARTNER_CENTER_WORKER_CONCURRENCY", value_name = "COUNT")]
    #[arg(default_value = "2", help_heading = "Worker")]
    pub worker_concurrency: String,
    /// Seconds between two looks for work that is due
    #[arg(long, env = "PARTNER_CENTER_WORKER_TICK_SECONDS", value_name = "SECONDS")]
    #[arg(default_value = "5", help_heading = "Worker")]
    pub worker_tick_seconds: String,
    /// Longest time one import or run may take in one go, in seconds; it is continued later
    #[arg(long, env = "PARTNER_CENTER_WORKER_LIMIT_SECONDS", value_name = "SECONDS")]
    #[arg(default_value = "14400", help_heading = "Worker")]
    pub worker_limit_seconds: String,
    /// Seconds that work in hand may go on after the process was asked to stop
    #[arg(long, env = "PARTNER_CENTER_WORKER_GRACE_SECONDS", value_name = "SECONDS")]
    #[arg(default_value = "20", help_heading = "Worker")]
    pub worker_grace_seconds: String,
}

/// Settings of the worker, checked.
#[derive(Clone, Debug)]
pub struct Worker {
    /// Bells served at once.
    pub concurrency: usize,
    /// Pace of the tick.
    pub tick_every: Duration,
    /// Longest call of a handler.
    pub limit: Duration,
    /// Grace at the end.
    pub grace: Duration,
}

impl WorkerArgs {
    /// Checks the texts.
    pub fn check(&self, problems: &mut Problems) -> Worker {
        let concurrency = &self.worker_concurrency;
        let concurrency = problems.number("WORKER_CONCURRENCY", concurrency, 1..=CONCURRENCY_MAX, "tasks");
        let mut seconds = |name, text: &str, bounds| {
            Duration::from_secs(u64::from(problems.number(name, text, bounds, "seconds")))
        };
        Worker {
            concurrency: usize::try_from(concurrency).unwrap_or(1),
            tick_every: seconds("WORKER_TICK_SECONDS", &self.worker_tick_seconds, 1..=TICK_MAX_S),
            limit: seconds("WORKER_LIMIT_SECONDS", &self.worker_limit_seconds, 10..=HANDLER_MAX_S),
            grace: seconds("WORKER_GRACE_SECONDS", &self.worker_grace_seconds, 0..=GRACE_MAX_S),
        }
    }
}
