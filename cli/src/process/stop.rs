//! An orderly end when the process is asked to stop, and at once when it is asked a second time.

use std::io::Write as _;
use std::time::Duration;

use domain::{Error, Stopping};

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Longest time in which a verb of the command line may let go of its work. Its steps take seconds.
const LET_GO_WITHIN: Duration = Duration::from_secs(10);
/// The exit code of programs that are stopped by SIGINT.
const INTERRUPTED: i32 = 130;

/// Works until `work` ends, or lets go of it when the process is asked to stop.
pub(crate) async fn or_stop<T>(
    stopping: &Stopping,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    let stop = on_signal()?;
    let asked = async {
        stop.cancelled().await;
        let _ = writeln!(std::io::stderr(), "Stopping at the next step; ask again to stop at once.");
        stopping.ask();
        tokio::time::sleep(LET_GO_WITHIN).await;
    };
    tokio::select! {
        ended = work => ended,
        () = asked => Err(Error::Stopping.into()),
    }
}

/// A token that is cancelled at SIGTERM or SIGINT.
pub(crate) fn on_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let asked = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: work in hand is finished first");
        asked.cancel();
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        // Everything is written down at each step: nothing is lost by an end at once.
        std::process::exit(INTERRUPTED);
    });
    Ok(stop)
}
