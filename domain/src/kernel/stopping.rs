//! Whether this process was asked to stop. Long work asks between two steps and lets go of what it holds, so that
//! another process goes on at once instead of waiting for a lease to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::kernel::error::{Error, Result};

/// Set once, seen by everything that shares it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    /// Asks all work that shares this to stop at its next step.
    pub fn ask(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it was asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Goes on, or is [`Error::Stopping`].
    pub fn check(&self) -> Result<()> {
        if self.is_asked() { Err(Error::Stopping) } else { Ok(()) }
    }
}
