//! Why a field has no value.

use std::sync::Arc;

use domain::Error;

use super::wrong::Wrong;

/// What went wrong in a column: an error of the domain, or an argument that cannot be understood.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// The domain refused, or something failed.
    Domain(Arc<Error>),
    /// The fault of an argument, in words for its sender.
    BadInput(Wrong),
}

/// What a column gives.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Domain(Arc::new(error))
    }
}

impl From<Arc<Error>> for Failure {
    fn from(error: Arc<Error>) -> Self {
        Self::Domain(error)
    }
}

impl From<Wrong> for Failure {
    fn from(wrong: Wrong) -> Self {
        Self::BadInput(wrong)
    }
}
