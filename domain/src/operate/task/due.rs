//! Which tasks are due: one cheap read a tick, and nearly always the answer is none.

use std::collections::{BTreeMap, BTreeSet};

use entity::Timestamp;
use entity::timestamp::MINUTE;

use super::lease::LEASE_AT_MOST;
use super::{Means, Task, Wakes};
use crate::kernel::error::Result;
use crate::kernel::store::query;

/// A task put off beyond its period by more than this, in microseconds, was put off before the clock went back.
pub(super) const CLOCKS_DIFFER: i64 = 5 * MINUTE;

/// A task whose turn it is.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The task.
    pub task: &'a Task,
    /// Work waits for it; otherwise its period is over.
    pub woken: bool,
}

/// What the row of a task says about its next turn.
#[derive(Clone, Copy, Debug)]
struct Row {
    next_due_at: Timestamp,
    lease_until: Timestamp,
    failures: i32,
}

/// The tasks of `tasks` whose turn it is, in their order. Whoever runs one leases it first, so that several processes
/// may ask at once.
pub async fn due<'a>(means: Means<'_>, tasks: &'a [Task]) -> Result<Vec<Turn<'a>>> {
    let now = means.store.clock.now();
    let (rows, mut woken) = match look(means, tasks, now).await {
        // A condition that cannot be asked must not hide the others: its task fails when it runs.
        Err(error) if !error.is_retryable() => {
            tracing::error!(%error, "the work that waits for tasks cannot be looked for at once");
            look_one_by_one(means, tasks, now).await?
        }
        looked => looked?,
    };
    for task in tasks {
        let Wakes::Asks(asks) = task.wakes else { continue };
        match asks(means).await {
            Ok(false) => {}
            Ok(true) => drop(woken.insert(task.name)),
            Err(error) if error.is_retryable() => {
                tracing::warn!(task = task.name, %error, "what waits for a task cannot be looked for now");
            }
            // The task meets the same error when it runs, and its row says so.
            Err(_) => drop(woken.insert(task.name)),
        }
    }
    let turn = |task: &'a Task| {
        let woken = woken.contains(task.name);
        may_run(rows.get(task.name), now, task, woken).then_some(Turn { task, woken })
    };
    Ok(tasks.iter().filter_map(turn).collect())
}

/// Whether a task whose row says `row` may run now. PURE.
fn may_run(row: Option<&Row>, now: Timestamp, task: &Task, woken: bool) -> bool {
    let Some(row) = row else { return true };
    let held = row.next_due_at >= Timestamp::FOREVER;
    let leased = !task.shared && row.lease_until > now && row.lease_until <= now.plus(LEASE_AT_MOST);
    let over =
        row.next_due_at <= now || row.next_due_at > now.plus(task.period.saturating_add(CLOCKS_DIFFER));
    // What failed waits its time, or it would fail at every tick.
    !held && !leased && (over || (woken && row.failures == 0))
}

type Looked = (BTreeMap<String, Row>, BTreeSet<&'static str>);

/// Reads the rows of all tasks, and the names of those whose condition holds, in one statement.
async fn look(means: Means<'_>, tasks: &[Task], now: Timestamp) -> Result<Looked> {
    let mut sql = "SELECT name, next_due_at, lease_until, failures FROM task".to_owned();
    for task in tasks {
        if let Wakes::When(condition) = task.wakes {
            let condition = condition(means);
            sql += &format!(" UNION ALL SELECT '{}', -1, 0, 0 WHERE {condition}", task.name);
        }
    }
    // PostgreSQL wants every parameter to be there; no row is due so early.
    sql += " UNION ALL SELECT '', 0, 0, 0 WHERE CAST($1 AS BIGINT) < 0";
    let (mut rows, mut woken) = (BTreeMap::new(), BTreeSet::new());
    for row in query(means.store.db(), &sql, [now.0.into()]).await? {
        let (name, next_due_at): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if next_due_at < 0 {
            woken.extend(tasks.iter().map(|task| task.name).find(|known| *known == name));
            continue;
        }
        let lease_until = Timestamp(row.try_get_by_index(2)?);
        let failures = row.try_get_by_index(3)?;
        rows.insert(name, Row { next_due_at: Timestamp(next_due_at), lease_until, failures });
    }
    Ok((rows, woken))
}

/// As [`look`], a statement a task; one whose condition cannot be asked counts as woken.
async fn look_one_by_one(means: Means<'_>, tasks: &[Task], now: Timestamp) -> Result<Looked> {
    let (rows, mut woken) = look(means, &[], now).await?;
    for task in tasks {
        match look(means, std::slice::from_ref(task), now).await {
            Ok((_, of_task)) => woken.extend(of_task),
            Err(error) if error.is_retryable() => return Err(error),
            Err(_) => drop(woken.insert(task.name)),
        }
    }
    Ok((rows, woken))
}

#[cfg(test)]
mod tests {
    use entity::timestamp::{HOUR, SECOND};

    use super::*;

    const HOURLY: Task = Task {
        name: "hourly",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["", ""],
        work: |_| Box::pin(async { Ok(Vec::new()) }),
    };

    #[test]
    fn a_task_runs_when_its_period_is_over_or_work_waits_and_nobody_has_or_holds_it() {
        let now = Timestamp(1_000 * HOUR);
        let row = |due: i64, lease: i64, failures| Row {
            next_due_at: now.plus(due),
            lease_until: if lease == 0 { Timestamp(0) } else { now.plus(lease) },
            failures,
        };
        let held = Row { next_due_at: Timestamp::FOREVER, lease_until: Timestamp(0), failures: 0 };
        for (what, row, woken, runs) in [
            ("never ran", None, false, true),
            ("due now", Some(row(0, 0, 0)), false, true),
            ("due in a moment", Some(row(1, 0, 0)), false, false),
            ("due later, work waits", Some(row(HOUR, 0, 0)), true, true),
            ("failed, work waits", Some(row(SECOND, 0, 1)), true, false),
            ("failed, its wait is over", Some(row(0, 0, 1)), true, true),
            ("leased", Some(row(0, SECOND, 0)), true, false),
            ("its lease is over", Some(row(0, -1, 0)), false, true),
            ("leased before the clock went back", Some(row(0, LEASE_AT_MOST + 1, 0)), false, true),
            ("put off before the clock went back", Some(row(HOUR + CLOCKS_DIFFER + 1, 0, 0)), false, true),
            ("put off by a clock that differs", Some(row(HOUR + CLOCKS_DIFFER, 0, 0)), false, false),
            ("held", Some(held), true, false),
        ] {
            assert_eq!(may_run(row.as_ref(), now, &HOURLY, woken), runs, "{what}");
        }
        let shared = Task { shared: true, ..HOURLY };
        assert!(may_run(Some(&row(0, SECOND, 0)), now, &shared, false));
    }

    #[test]
    fn waits_after_failures_double_from_a_tick_to_five_minutes() {
        let waits: Vec<i64> = (1..9).map(|failures| HOURLY.again_after(failures) / SECOND).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(Task { period: 7 * SECOND, ..HOURLY }.again_after(9), 7 * SECOND);
    }
}
