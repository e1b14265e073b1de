//! Commands wait for a database that is away or busy, as the worker does, instead of giving up at once.

use std::io::{self, Write as _};
use std::time::Duration;

use domain::{Code, Error, Result};

/// Longest wait of a command altogether: a restart of a database takes seconds, its recovery a minute or two.
const PATIENCE: Duration = Duration::from_secs(300);
/// Pace of trying again.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Does `work`, which can be repeated, until it ends in another way than by a database that is away. A full disk
/// is not waited for: somebody must do something about it.
pub(crate) async fn while_away<T>(mut work: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let mut waited = Duration::ZERO;
    loop {
        let error = match work().await {
            Err(error) if waited < PATIENCE && passes(&error, !waited.is_zero()) => error,
            ended => return ended,
        };
        if waited.is_zero() {
            let _ = writeln!(io::stderr(), "Waiting for the database: {error}");
        }
        tokio::time::sleep(LOOK_EVERY).await;
        waited += LOOK_EVERY;
    }
}

/// After a break our own lease may have to end first: the work is in the wrong state until then.
fn passes(error: &Error, after_a_break: bool) -> bool {
    match error {
        Error::Unavailable(_) | Error::LeaseLost => true,
        Error::Refused(refusals) => after_a_break && refusals.iter().all(|r| r.code == Code::WrongState),
        _ => false,
    }
}
