//! Telling the parts of a process that there are new events, so that they look at once. Losing it only delays: who
//! waits for news looks by itself from time to time.

use std::sync::Arc;

use tokio::sync::watch;

/// Whether there are new events. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct News {
    committed: Arc<watch::Sender<u64>>,
    any: Arc<watch::Sender<u64>>,
}

impl Default for News {
    fn default() -> Self {
        let (committed, any) = (watch::Sender::new(0), watch::Sender::new(0));
        Self { committed: Arc::new(committed), any: Arc::new(any) }
    }
}

impl News {
    /// This process has committed events.
    pub fn committed(&self) {
        self.committed.send_modify(|count| *count = count.wrapping_add(1));
        self.heard();
    }

    /// Some process has committed events.
    pub fn heard(&self) {
        self.any.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes when this process has committed events.
    #[must_use]
    pub fn of_this_process(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// Changes when any process has, as far as it is heard of.
    #[must_use]
    pub fn of_any(&self) -> watch::Receiver<u64> {
        self.any.subscribe()
    }
}
