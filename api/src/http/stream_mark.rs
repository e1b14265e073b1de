//! The place at which a stream of events stands, so that a client that comes back is given what it missed.

use std::sync::{Arc, Mutex, PoisonError};

/// Longest id of an event that a client may name, in bytes: ids are shorter.
const ID_LIMIT: usize = 64;

/// Travels with a subscription: the event its client saw last, and the one that is being sent.
#[derive(Clone, Debug, Default)]
pub struct StreamMark {
    last: Option<String>,
    now: Arc<Mutex<Option<String>>>,
}

impl StreamMark {
    /// A stream that goes on behind the event `last`; a text that is no id goes on behind nothing that exists.
    pub(crate) fn behind(last: Option<&str>) -> Self {
        let last = last.map(|id| id.chars().take(ID_LIMIT).collect());
        Self { last, now: Arc::default() }
    }

    /// The event that the client saw last.
    pub(crate) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// Notes the id of the event that is answered next.
    pub(crate) fn set(&self, id: String) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(id);
    }

    /// The id of the event that was answered.
    pub(crate) fn take(&self) -> Option<String> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
