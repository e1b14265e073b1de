//! Moving the clock of a demonstration on: day by day, and at each stop what falls due is done before it goes on.

use std::time::Duration;

use entity::Timestamp;

use super::advance::{DAYS_LIMIT, days_on, next_stop};
use super::happened::{Happened, Mark};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, query_one};
use crate::kernel::write::Context;
use crate::money::payout::Gateway;
use crate::operate::{task, work};
use crate::programme::calendar::Calendar;
use crate::programme::demo_clock::{move_to, require_settable};

/// Rounds of work at one stop: more than anything that ends by itself takes.
const ROUNDS_LIMIT: usize = 200;
/// Pace of looking whether another process has finished what it has in hand.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Longest wait of the clock for that before it goes on: twice the lease of a run.
const WAIT_LIMIT: Duration = Duration::from_secs(90);

/// A stop on the way: where, and what happened there.
#[derive(Debug)]
pub struct Stop {
    /// Instant at which the clock stands now.
    pub at: Timestamp,
    /// Events and runs since the stop before.
    pub happened: Happened,
}

/// Moves the clock on to `to` and does what falls due on the way, in order. `told` hears of every stop.
pub async fn travel(
    store: &Store,
    gateway: &Gateway,
    context: &Context,
    owner: &str,
    to: Timestamp,
    mut told: impl FnMut(Stop) -> Result<()>,
) -> Result<()> {
    require_settable(store).await?;
    let calendar = Calendar::load(store.db()).await?;
    check(store.clock.now(), to, &calendar)?;
    // What was due before is not mixed with what the way brings.
    work_out(store, gateway, owner).await?;
    let mut mark = Mark::now(store).await?;
    loop {
        let now = store.clock.now();
        if now >= to {
            return Ok(());
        }
        store.stopping.check()?;
        let stop = next_stop(now, to, next_due(store, now).await?, &calendar);
        move_to(store, context, stop).await?;
        work_out(store, gateway, owner).await?;
        told(Stop { at: stop, happened: Happened::since(store, &mut mark).await? })?;
    }
}

/// Refuses to go back, or too far. PURE.
fn check(now: Timestamp, to: Timestamp, calendar: &Calendar) -> Result<()> {
    if to < now {
        return Err(Refusal::at("to", Code::ClockMovesOn, now.to_rfc3339()).into());
    }
    if to > days_on(now, DAYS_LIMIT, calendar) {
        let detail = format!("at most {DAYS_LIMIT} days in one go");
        return Err(Refusal::at("to", Code::Invalid, detail).into());
    }
    Ok(())
}

/// The earliest instant at which a deadline is due or reminded of.
async fn next_due(store: &Store, now: Timestamp) -> Result<Option<Timestamp>> {
    let mut next = None;
    for sql in [
        "SELECT MIN(due_at) FROM deadline WHERE closed_at IS NULL AND fell_due_at IS NULL AND due_at > $1",
        "SELECT MIN(remind_at) FROM deadline WHERE closed_at IS NULL AND fell_due_at IS NULL \
         AND reminded_at IS NULL AND remind_at > $1",
        "SELECT MIN(confirm_by) FROM incentive_bill WHERE state = 'PENDING_CONFIRM' AND confirm_by > $1",
    ] {
        let row = query_one(store.db(), sql, [now.0.into()]).await?;
        let at: Option<i64> = row.map_or(Ok(None), |row| row.try_get_by_index(0))?;
        next = next.into_iter().chain(at.map(Timestamp)).min();
    }
    Ok(next)
}

/// Ticks and does what is due until nothing is, as a worker does.
pub async fn work_out(store: &Store, gateway: &Gateway, owner: &str) -> Result<()> {
    for _ in 0..ROUNDS_LIMIT {
        store.stopping.check()?;
        let due = task::tick(store, gateway).await?;
        if due.is_empty() && !others_at_work(store).await? {
            return Ok(());
        }
        for what in due {
            work::carry_on(store, what, owner).await?;
        }
    }
    Ok(())
}

/// Waits for runs that another process has in hand. Says whether there were any, and thus perhaps more to do.
async fn others_at_work(store: &Store) -> Result<bool> {
    let sql = "SELECT 1 FROM settlement_run WHERE state = 'RUNNING' AND lease_until > $1 LIMIT 1";
    let mut waited = Duration::ZERO;
    while query_one(store.db(), sql, [store.clock.now().0.into()]).await?.is_some() {
        if waited >= WAIT_LIMIT {
            return Ok(false);
        }
        store.stopping.check()?;
        tokio::time::sleep(LOOK_EVERY).await;
        waited += LOOK_EVERY;
    }
    Ok(!waited.is_zero())
}
