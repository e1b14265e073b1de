//! The secret that signs links to files, where none is configured: made once, and kept beside the files it opens.

use std::time::Duration;

use api::links::FileLinks;
use domain::Store;
use tokio_util::sync::CancellationToken;

/// Path of the secret in the file store.
const PLACE: &str = "secrets/download-links";
/// Pause before a file store that was away is asked again.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Gives `links` their secret as soon as the file store answers. Until then links want a bearer token.
pub(crate) async fn unlock(links: &FileLinks, store: &Store, stop: &CancellationToken) {
    if links.are_signed() || store.files.require().is_err() {
        return;
    }
    loop {
        match store.files.secret(PLACE, store.ids.token().into()).await {
            Ok(secret) => return links.set_secret(&secret),
            Err(error) => tracing::warn!(%error, "links to files cannot be signed yet"),
        }
        if tokio::time::timeout(AGAIN_AFTER, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}
