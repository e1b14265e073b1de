//! The tick: this process looks for due rows by itself, queue or no queue.
//!
//! Every process ticks; the database decides by compare-and-set which of them takes a due row.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::guard::Guard;

/// Ticks at once and then `every` so often until `shutdown`. A slow tick delays the next one: ticks of
/// one process never overlap and never pile up.
pub(crate) async fn tick_until(shutdown: CancellationToken, every: Duration, guard: Guard) {
    let mut timer = interval(every);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = shutdown.cancelled() => return,
            _ = timer.tick() => {}
        }
        guard.tick().await;
    }
}
