//! The recurring jobs of the workers, for operations.

use async_graphql::{Context, Enum, Object, Result};
use domain::operate::task::{self, Standing, Status};
use entity::Timestamp;

use super::caller::{lang, root, store};
use super::errors::OrFail;
use super::scalars::{BigInt, DateTime};

/// Where a recurring job stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It ended well, or never ran, and waits for its time or for work.
    Waiting,
    /// A worker is at it.
    Running,
    /// It failed and will be tried again; see lastError.
    Failing,
    /// It has been due for five minutes and nobody takes it: no worker runs.
    Overdue,
    /// An operator holds it: nobody takes it.
    Held,
}

impl From<Standing> for JobState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Waiting => Self::Waiting,
            Standing::Running => Self::Running,
            Standing::Failing => Self::Failing,
            Standing::Overdue => Self::Overdue,
            Standing::Held => Self::Held,
        }
    }
}

/// How the last run of a recurring job ended.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::TaskResult")]
pub enum JobResult {
    /// It did what was due.
    Succeeded,
    /// It ended with an error, or had to be stopped.
    Failed,
}

/// A recurring job with what its row says at an instant.
pub struct Job {
    status: Status,
    now: Timestamp,
}

impl Job {
    fn row<T>(&self, value: impl FnOnce(&entity::task::Model) -> T) -> Option<T> {
        self.status.row.as_ref().map(value)
    }
}

/// Something that the workers do again and again. Each job fails alone, and of most only one worker is at it at a time.
#[Object]
impl Job {
    /// Its name, the same in logs, metrics and /readyz; never changes.
    async fn name(&self) -> &str {
        self.status.task.name
    }

    /// What it does, in the language of the request.
    async fn description(&self, ctx: &Context<'_>) -> &str {
        self.status.task.does(lang(ctx))
    }

    /// Longest time from one run to the next, in seconds. Most jobs run sooner when work waits for them.
    async fn period_seconds(&self) -> i32 {
        let seconds = self.status.task.period / entity::timestamp::SECOND;
        i32::try_from(seconds).unwrap_or(i32::MAX)
    }

    /// Where it stands now.
    async fn state(&self) -> JobState {
        self.status.standing(self.now).into()
    }

    /// When its last run began; null before the first one.
    async fn last_started_at(&self) -> Option<DateTime> {
        self.row(|row| row.started_at).flatten().map(DateTime)
    }

    /// When its last finished run ended, well or badly; null before the first one.
    async fn last_ended_at(&self) -> Option<DateTime> {
        self.row(|row| row.ended_at).flatten().map(DateTime)
    }

    /// How long its last finished run took, in microseconds; null before the first one.
    async fn last_duration_micros(&self) -> Option<BigInt> {
        self.row(|row| row.duration_micros).flatten().map(BigInt)
    }

    /// How its last finished run ended; null before the first one.
    async fn last_result(&self) -> Option<JobResult> {
        self.row(|row| row.result).flatten().map(Into::into)
    }

    /// Failures in a row; 0 after a success.
    async fn failures(&self) -> i32 {
        self.row(|row| row.failures).unwrap_or(0)
    }

    /// Why it failed last, in the words of the program; kept after a success, null if it never failed.
    async fn last_error(&self) -> Option<&str> {
        self.status.row.as_ref().and_then(|row| row.last_error.as_deref())
    }

    /// When it failed last; null if it never did.
    async fn last_failed_at(&self) -> Option<DateTime> {
        self.row(|row| row.failed_at).flatten().map(DateTime)
    }

    /// When its next run is due at the latest; null before the first one, and while it is held.
    async fn next_due_at(&self) -> Option<DateTime> {
        self.row(|row| row.next_due_at).filter(|at| *at < Timestamp::FOREVER).map(DateTime)
    }
}

/// Queries about recurring jobs.
#[derive(Default)]
pub struct JobQuery;

#[Object(guard = "root(\"Query\")")]
impl JobQuery {
    /// The recurring jobs of the workers, in the order in which one worker alone runs them: some twenty, never paged.
    async fn jobs(&self, ctx: &Context<'_>) -> Option<Result<Vec<Job>>> {
        let list = async {
            let store = store(ctx)?;
            let now = store.clock.now();
            let jobs = task::list(store).await.or_fail(ctx)?;
            Ok(jobs.into_iter().map(|status| Job { status, now }).collect())
        };
        Some(list.await)
    }
}
