//! Time enters the product here and nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use entity::Timestamp;

/// Where "now" comes from. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        // The one place that may ask the machine.
        #[allow(clippy::disallowed_methods)]
        Self(Arc::new(|| Timestamp(jiff::Timestamp::now().as_microsecond())))
    }

    /// A clock that stands still until it is moved; see [`StoppedClock`].
    #[must_use]
    pub fn stopped(clock: &StoppedClock) -> Self {
        let cell = Arc::clone(&clock.0);
        Self(Arc::new(move || Timestamp(cell.load(Ordering::SeqCst))))
    }

    /// The instant now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// A clock for tests and demos that moves only when told.
#[derive(Clone, Debug)]
pub struct StoppedClock(Arc<AtomicI64>);

impl StoppedClock {
    /// Stands at `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(at.0)))
    }

    /// Moves to `at`, forward or back.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves by `micros`.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}
