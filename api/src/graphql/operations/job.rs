//! The recurring jobs of the workers, for operations.

use domain::operate::task::{self, Standing, Status};
use entity::Timestamp;
use entity::timestamp::SECOND;

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::BigInt;

entity::listed! {
    /// Where a recurring job stands.
    JobState as "JobState"; [] {
        /// It ended well, or never ran, and waits for its time or for work.
        Waiting [] = "WAITING",
        /// A worker is at it.
        Running [] = "RUNNING",
        /// It failed and will be tried again; see lastError.
        Failing [] = "FAILING",
        /// It has been due for five minutes and nobody takes it: no worker runs.
        Overdue [] = "OVERDUE",
        /// An operator holds it: nobody takes it.
        Held [] = "HELD",
    }
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

/// A recurring job with what its row says at an instant.
pub(crate) struct Job {
    status: Status,
    now: Timestamp,
}

impl Job {
    fn row<T>(&self, value: impl FnOnce(&entity::task::Model) -> Option<T>) -> Option<T> {
        self.status.row.as_ref().and_then(value)
    }
}

impl Shown for Job {
    const NAME: &'static str = "Job";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "Something that the workers do again and again. Each job fails alone, and of most only one worker is at it \
             at a time.",
        )
        .text("name", "Its name, the same in logs, metrics and /readyz; never changes.", |job| job.status.task.name)
        .said("description", "What it does, in the language of the request.", |job, env| {
            job.status.task.does(env.lang())
        })
        .field(
            "periodSeconds",
            "Longest time from one run to the next, in seconds. Most jobs run sooner when work waits for them.",
            |job| i32::try_from(job.status.task.period / SECOND).unwrap_or(i32::MAX),
        )
        .field("state", "Where it stands now.", |job| Choice(JobState::from(job.status.standing(job.now))))
        .field("lastStartedAt", "When its last run began; null before the first one.", |job| {
            job.row(|row| row.started_at)
        })
        .field(
            "lastEndedAt",
            "When its last finished run ended, well or badly; null before the first one.",
            |job| job.row(|row| row.ended_at),
        )
        .field(
            "lastDurationMicros",
            "How long its last finished run took, in microseconds; null before the first one.",
            |job| job.row(|row| row.duration_micros).map(BigInt),
        )
        .field("lastResult", "How its last finished run ended; null before the first one.", |job| {
            job.row(|row| row.result).map(Choice)
        })
        .field("failures", "Failures in a row; 0 after a success.", |job| {
            job.row(|row| Some(row.failures)).unwrap_or(0)
        })
        .maybe_text(
            "lastError",
            "Why it failed last, in the words of the program; kept after a success, null if it never failed.",
            |job| job.status.row.as_ref().and_then(|row| row.last_error.as_deref()),
        )
        .field("lastFailedAt", "When it failed last; null if it never did.", |job| job.row(|row| row.failed_at))
        .field(
            "nextDueAt",
            "When its next run is due at the latest; null before the first one, and while it is held.",
            |job| job.row(|row| Some(row.next_due_at)).filter(|at| *at < Timestamp::FOREVER),
        )
    }
}

/// Adds the query.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "jobs",
        "The recurring jobs of the workers, in the order in which one worker alone runs them: some twenty, never paged.",
        |env, _, _| {
            Box::pin(async move {
                let now = env.store.clock.now();
                let jobs = task::list(&env.store).await?;
                Ok(vec![jobs.into_iter().map(|status| Job { status, now }).collect()])
            })
        },
    )
}
