//! Time enters the product here and nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use entity::Timestamp;

/// Source of "now". Cheap to clone; clones move together.
#[derive(Clone)]
pub struct Clock {
    machine: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Microseconds by which "now" is ahead of the machine: 0 but in a demonstration.
    ahead: Arc<AtomicI64>,
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

impl Clock {
    fn of(machine: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { machine: Arc::new(machine), ahead: Arc::default() }
    }

    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        // The one place that may ask the machine.
        #[allow(clippy::disallowed_methods)]
        Self::of(|| Timestamp(jiff::Timestamp::now().as_microsecond()))
    }

    /// A clock that stands still until it is moved; see [`StoppedClock`].
    #[must_use]
    pub fn stopped(clock: &StoppedClock) -> Self {
        let cell = Arc::clone(&clock.0);
        Self::of(move || Timestamp(cell.load(Ordering::SeqCst)))
    }

    /// The instant now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.machine_now().plus(self.ahead.load(Ordering::SeqCst))
    }

    /// The instant now outside of the product, where whoever issues tokens lives.
    #[must_use]
    pub fn machine_now(&self) -> Timestamp {
        (self.machine)()
    }

    /// Puts this clock and its clones `micros` ahead of the machine; never back.
    pub(crate) fn put_ahead(&self, micros: i64) {
        self.ahead.fetch_max(micros, Ordering::SeqCst);
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
