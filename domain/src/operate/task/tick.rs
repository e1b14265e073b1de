//! One turn after the other, in the order of the list: for whoever works alone, such as a demonstration whose clock is
//! moved. Workers run the turns beside each other instead.

use super::{Means, TASKS, Task, due, run};
use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::money::payout::Gateway;
use crate::operate::work::Due;
use crate::programme::demo_clock;

/// Runs every task whose turn it is, and returns the jobs that wait. Tasks that fail stop none of the others; the first
/// of their errors is returned after the last has run. Payouts go to `gateway`.
pub async fn tick(store: &Store, gateway: &Gateway) -> Result<Vec<Due>> {
    demo_clock::refresh(store).await?;
    tick_of(Means { store, gateway }, TASKS).await
}

/// As [`tick`], for a list of tasks.
pub async fn tick_of(means: Means<'_>, tasks: &[Task]) -> Result<Vec<Due>> {
    let (mut jobs, mut failed) = (Vec::new(), None);
    for task in tasks {
        // Looked for one by one: a task may make work for those behind it.
        for turn in due(means, std::slice::from_ref(task)).await? {
            match run(means, turn).await.map(|ran| ran.ended) {
                None => {}
                Some(Ok(found)) => jobs.extend(found),
                Some(Err(error)) => failed = failed.or(Some(error)),
            }
        }
    }
    failed.map_or(Ok(jobs), Err)
}
