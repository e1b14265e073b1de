//! What came back from what must be refused.

use std::fmt::Debug;

use domain::{Code, Error, Refusal};

/// The code of the first refusal.
///
/// # Panics
/// If it was not refused.
pub fn code<T: Debug>(result: Result<T, Error>) -> Code {
    first(result).code
}

/// The same with the field it is about.
///
/// # Panics
/// If it was not refused.
pub fn code_at<T: Debug>(result: Result<T, Error>) -> (Code, String) {
    let refusal = first(result);
    (refusal.code, refusal.path.join("."))
}

fn first<T: Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusals)) => refusals.into_iter().next().unwrap(),
        other => panic!("not refused: {other:?}"),
    }
}
