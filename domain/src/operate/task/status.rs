//! How the tasks stand, for operators.

use entity::timestamp::MINUTE;
use entity::{Timestamp, task};
use sea_orm::{EntityTrait, QueryOrder};

use super::{TASKS, Task};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec};

/// A task that nobody began so long after it was due, in microseconds, is overdue: several ticks of every configuration.
const OVERDUE_AFTER: i64 = 5 * MINUTE;

/// A task and what its row says; there is no row before its first run.
#[derive(Clone, Debug)]
pub struct Status {
    /// The task.
    pub task: &'static Task,
    /// Its row.
    pub row: Option<task::Model>,
}

/// Where a task stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It ended well, or never ran, and waits for its time.
    Waiting,
    /// A process is at it.
    Running,
    /// It failed, and will be tried again.
    Failing,
    /// It is due, and no process takes it: no worker runs.
    Overdue,
    /// An operator holds it.
    Held,
}

impl Standing {
    /// The word of the API and of `/readyz`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Running => "RUNNING",
            Self::Failing => "FAILING",
            Self::Overdue => "OVERDUE",
            Self::Held => "HELD",
        }
    }

    /// Somebody should look at it.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        matches!(self, Self::Failing | Self::Overdue)
    }
}

impl Status {
    /// Where the task stands at `now`. PURE.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        let Some(row) = &self.row else { return Standing::Waiting };
        if row.next_due_at >= Timestamp::FOREVER {
            Standing::Held
        } else if row.lease_until <= now && row.next_due_at.plus(OVERDUE_AFTER) < now {
            Standing::Overdue
        } else if row.failures > 0 {
            Standing::Failing
        } else if row.lease_until > now {
            Standing::Running
        } else {
            Standing::Waiting
        }
    }
}

/// Every task of the program, in its order.
pub async fn list(store: &Store) -> Result<Vec<Status>> {
    let rows = task::Entity::find().order_by_asc(task::Column::Name).all(store.db()).await?;
    let row = |name: &str| rows.iter().find(|row| row.name == name).cloned();
    Ok(TASKS.iter().map(|task| Status { task, row: row(task.name) }).collect())
}

/// Holds a task: no process takes it until its `next_due_at` is set back.
pub async fn hold(store: &Store, name: &str) -> Result<()> {
    let sql = "INSERT INTO task (name, next_due_at, generation, lease_until, failures) VALUES ($1, $2, 0, 0, 0) \
               ON CONFLICT (name) DO UPDATE SET next_due_at = excluded.next_due_at";
    exec(store.db(), sql, [name.into(), Timestamp::FOREVER.0.into()]).await?;
    Ok(())
}
