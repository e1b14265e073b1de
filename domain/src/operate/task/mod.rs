//! The recurring tasks of workers: a list, and what it takes to run each of them alone.
//!
//! ```text
//! every few seconds, in every process:  one cheap read: whose period is over, for whom does work wait?
//!   for each of these:  lease its row ──▶ work, within a limit ──▶ note how it ended and when it is due next
//! ```
//!
//! - **Each fails alone.** An error, a panic or a hang of one task is noted in its row; the others go on.
//! - **A turn is spent when its work is done.** What fails is due again within seconds, then less and less often,
//!   whatever its period: a database that is busy in the middle of a daily task does not lose the day.
//! - **One process at a time**, by a lease that is renewed while the work lives; a process that dies gives the task
//!   back when the lease ends. Only tasks whose rows the processes share out among themselves run in several at once.

mod due;
mod lease;
mod lease_sql;
mod list;
mod run;
mod status;
mod tick;

use entity::timestamp::{MINUTE, SECOND};
use futures_util::future::BoxFuture;

use crate::kernel::backoff::doubled;
use crate::kernel::error::Result;
use crate::kernel::lang::Lang;
use crate::kernel::store::Store;
use crate::money::payout::Gateway;
use crate::operate::work::Due;

pub use due::{Turn, due};
pub use lease::LEASE;
pub use list::TASKS;
pub use run::{LIMIT, Ran, run};
pub use status::{Standing, Status, hold, list};
pub use tick::{tick, tick_of};

/// First wait after a failure, in microseconds: as long as a usual tick, since most trouble passes.
const AGAIN_FIRST: i64 = 5 * SECOND;
/// Longest wait after failures, in microseconds: what an operator mends goes on while he watches.
const AGAIN_LONGEST: i64 = 5 * MINUTE;

/// What tasks work with.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// The database.
    pub store: &'a Store,
    /// Where payouts go.
    pub gateway: &'a Gateway,
}

/// Something that workers do again and again.
#[derive(Debug)]
pub struct Task {
    /// Name of its row, in logs and metrics.
    pub name: &'static str,
    /// Longest time from one run to the next, in microseconds.
    pub period: i64,
    /// What makes it due before its period is over.
    pub wakes: Wakes,
    /// Several processes may be at it at once: they lock the rows they work on.
    pub shared: bool,
    /// What it does, in English and Chinese.
    pub does: [&'static str; 2],
    /// Does what is due, and returns the jobs that a worker should carry on.
    pub work: for<'a> fn(Means<'a>) -> BoxFuture<'a, Result<Vec<Due>>>,
}

/// What makes a task due before its period is over.
#[derive(Clone, Copy, Debug)]
pub enum Wakes {
    /// Nothing.
    Never,
    /// A condition of SQL in which `$1` is now. All conditions are asked in one statement, so each must be answered
    /// from an index.
    When(fn(Means<'_>) -> String),
    /// What this function finds, which only reads.
    Asks(for<'a> fn(Means<'a>) -> BoxFuture<'a, Result<bool>>),
}

impl Task {
    /// What it does, in the language of the reader.
    #[must_use]
    pub const fn does(&self, lang: Lang) -> &'static str {
        let [english, chinese] = self.does;
        match lang {
            Lang::En => english,
            Lang::ZhCn => chinese,
        }
    }

    /// The wait after failure `failures` (from 1) in a row, in microseconds. PURE.
    #[must_use]
    pub fn again_after(&self, failures: i32) -> i64 {
        doubled(AGAIN_FIRST, failures, AGAIN_LONGEST.min(self.period))
    }
}
