//! The doorbell inside a process: who rings a bell wakes the listeners of the same process at once, so that they need
//! not look for bells all the time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis::prelude::{PollSnapshot, PollStrategy};
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep};

/// After a ring the queue is looked at once more: the look that was under way may have come too early.
const ONCE_MORE: Duration = Duration::from_millis(100);

/// Tells the listeners of this process that a bell was written. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Rung(Arc<watch::Sender<u64>>);

impl Default for Rung {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Rung {
    /// A bell was written.
    pub(crate) fn ring(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// Looks for new bells at a fixed pace, and at once when one is rung in this process. The strategies of apalis lose
/// their timer when a fetch takes longer than the interval, and then a bell waits for the next heartbeat; this one
/// re-arms and polls its timer again, so that a waker is always registered.
pub(crate) struct Repoll {
    every: Duration,
    timer: Pin<Box<Sleep>>,
    rung: Pin<Box<dyn Future<Output = watch::Receiver<u64>> + Send>>,
}

impl Repoll {
    /// Looks `every` so often.
    pub(crate) fn every(every: Duration) -> Repoll {
        Repoll { every, timer: Box::pin(sleep(every)), rung: Box::pin(std::future::pending()) }
    }

    /// Looks also when `rung` is heard.
    pub(crate) fn hearing(self, rung: &Rung) -> Repoll {
        Repoll { rung: Box::pin(next(rung.0.subscribe())), ..self }
    }
}

/// Waits for the next ring.
async fn next(mut heard: watch::Receiver<u64>) -> watch::Receiver<u64> {
    if heard.changed().await.is_err() {
        // Nobody can ring any more: the timer is left.
        std::future::pending::<()>().await;
    }
    heard
}

impl PollStrategy for Repoll {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        while let Poll::Ready(heard) = self.rung.as_mut().poll(cx) {
            self.rung = Box::pin(next(heard));
            self.timer.as_mut().reset(Instant::now() + ONCE_MORE);
        }
        while self.timer.as_mut().poll(cx).is_ready() {
            let next = Instant::now() + self.every;
            self.timer.as_mut().reset(next);
        }
        Poll::Pending
    }
}
