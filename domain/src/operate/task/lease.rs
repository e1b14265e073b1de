//! Who is at a task: a lease on its row with a generation that fences late writers off.

use std::time::Duration;

use entity::Timestamp;
use entity::timestamp::SECOND;

use super::lease_sql;
use super::{Task, due::CLOCKS_DIFFER};
use crate::kernel::error::{Error, Result};
use crate::kernel::store::Store;

/// How long a process that is silent is waited for, in microseconds.
pub const LEASE: i64 = 60 * SECOND;
/// A lease that ends later than this from now was given before the clock went back: its process is not waited for.
/// Twice the lease, so that clocks of two machines may differ by a lease.
pub(super) const LEASE_AT_MOST: i64 = 2 * LEASE;
/// Pace of renewing: two may fail before others take the task.
const RENEW_EVERY: Duration = Duration::from_secs(20);

/// A task in hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lease {
    pub(super) generation: i32,
    /// When the run began.
    pub(super) at: Timestamp,
    /// Failures in a row before.
    pub(super) failures: i32,
}

/// Leases `task` if it is still due and nobody else is at it. Work that waits (`woken`) makes it due at any time.
pub(super) async fn lease(store: &Store, task: &Task, woken: bool) -> Result<Option<Lease>> {
    let now = store.clock.now();
    let wanted = lease_sql::Wanted {
        name: task.name,
        now,
        until: now.plus(LEASE),
        until_at_most: now.plus(LEASE_AT_MOST),
        due_at_most: now.plus(task.period.saturating_add(CLOCKS_DIFFER)),
        woken,
        shared: task.shared,
    };
    lease_sql::lease(store, &wanted).await
}

/// Renews the lease for as long as the work lives. Comes back when somebody else has the task.
pub(super) async fn keep(store: &Store, task: &Task, lease: Lease) -> Error {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match lease_sql::renew(store, task.name, lease.generation, store.clock.now().plus(LEASE)).await {
            Ok(true) => {}
            Ok(false) => return Error::LeaseLost,
            // The next one may get through; until then the lease runs.
            Err(error) => tracing::debug!(task = task.name, %error, "a lease could not be renewed"),
        }
    }
}
