//! New events, told between the processes of an installation.

use domain::Store;
use tokio_util::sync::CancellationToken;
use worker::NewsChannel;

use crate::config::Queue;

/// Says by Redis what this process commits, and hears what others do, until `stop`. With SQLite there is nobody to
/// tell.
pub(crate) async fn relay_until(store: &Store, queue: &Queue, stop: CancellationToken) -> anyhow::Result<()> {
    let Queue::Redis { url, namespace } = queue else { return Ok(()) };
    let channel = NewsChannel::open(url.expose(), namespace)?;
    let saying = async {
        let mut committed = store.news.of_this_process();
        while committed.changed().await.is_ok() {
            if let Err(reason) = channel.say().await {
                tracing::debug!(%reason, "other processes find new events when they look");
            }
        }
    };
    let hearing = channel.listen_until(stop.clone(), || store.news.heard());
    tokio::select! {
        () = async { tokio::join!(saying, hearing); } => {}
        () = stop.cancelled() => {}
    }
    Ok(())
}
