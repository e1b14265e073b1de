//! Waiting for something that happens in another task or process, without guessing how long it takes.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Pause between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Comes back as soon as `condition` holds.
///
/// # Panics
/// When it does not within `limit`.
pub async fn until<C, F>(what: &str, limit: Duration, mut condition: C)
where
    C: FnMut() -> F,
    F: Future<Output = bool>,
{
    let deadline = Instant::now() + limit;
    while !condition().await {
        assert!(Instant::now() < deadline, "not within {limit:?}: {what}");
        sleep(LOOK_EVERY).await;
    }
}
