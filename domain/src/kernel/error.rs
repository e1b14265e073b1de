//! Refusals are data, surprises are errors.
//!
//! A refusal is something a user can cure: it has a code of a closed list, a place and, where the
//! vendor's catalogue has one, a `CBC.*` code. Everything else is an [`Error`] without details for the user.

use serde::{Deserialize, Serialize};

use crate::kernel::database_trouble::{self, Trouble};

mod code;
mod detail;

pub use code::Code;

/// One reason why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Member of the closed list; clients decide by it.
    pub code: Code,
    /// The input field at fault, outermost first; empty for the whole input.
    pub path: Vec<String>,
    /// Text for the hole in the message: a value, an id, a bound.
    pub detail: String,
}

impl Refusal {
    /// A refusal of the whole input.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, path: Vec::new(), detail: detail.into() }
    }

    /// A refusal of one input field.
    pub fn at(field: &str, code: Code, detail: impl Into<String>) -> Self {
        Self { code, path: vec![field.to_owned()], detail: detail.into() }
    }
}

/// The reason for which a use case did not return a result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Expected refusals, for the user.
    #[error("refused: {0:?}")]
    Refused(Vec<Refusal>),
    /// The actor may not use this operation at all.
    #[error("not permitted")]
    Forbidden,
    /// Another worker took the work over: stop without writing.
    #[error("the lease was lost")]
    LeaseLost,
    /// The database is away or busy; the same request may succeed later.
    #[error("unavailable: {0}")]
    Unavailable(#[source] sea_orm::DbErr),
    /// The disk under the database, or under a file of ours, is full; the same request succeeds when there is
    /// space again.
    #[error("the disk is full ({0}): free space where the database and temporary files are, then try again")]
    StorageFull(String),
    /// This process was asked to stop and lets go of its work.
    #[error("stopped before the end: what is done is kept, the same command goes on from there")]
    Stopping,
    /// A surprise of the database.
    #[error("database: {0}")]
    Database(#[source] sea_orm::DbErr),
    /// A surprise of our own: a broken invariant.
    #[error("invariant: {0}")]
    Invariant(String),
    /// A file or stream could not be read or written.
    #[error("input or output: {0}")]
    Io(#[source] std::io::Error),
}

impl Error {
    /// `true` if the same request may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::StorageFull(_) | Self::Stopping | Self::LeaseLost)
    }
}

/// The result of one of many: `None`, and a line in the log, where it failed in a way that does not pass by
/// itself, so that it holds up none of the others.
pub(crate) fn one_of_many<T>(done: Result<T>, what: &str) -> Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error) if error.is_retryable() => Err(error),
        Err(error) => {
            tracing::error!(what, %error, "one of many could not be worked on; the others go on");
            Ok(None)
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let full = matches!(error.kind(), E::StorageFull | E::QuotaExceeded | E::FileTooLarge);
        if full { Self::StorageFull(error.to_string()) } else { Self::Io(error) }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        match database_trouble::of(&error) {
            Some(Trouble::Away) => Self::Unavailable(error),
            Some(Trouble::Full) => Self::StorageFull(error.to_string()),
            None => Self::Database(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Invariant(error.to_string())
    }
}

/// Result of a use case, with [`Error`] unless another is named.
pub type Result<T, E = Error> = std::result::Result<T, E>;
