//! The documents that clients may send: read from their manifests, and again when those change.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use api::http::AllowList;
use api::http::document::manifest;
use futures_util::TryStreamExt as _;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _};
use tokio_util::sync::CancellationToken;

use crate::config::documents::ManifestUrl;

/// Pace of looking whether a manifest changed: a release of a client is live before its users have loaded it.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// Most bytes of all manifests together: some thousand documents of some kilobytes.
const MANIFESTS_MAX: u64 = 32 * 1024 * 1024;
/// Most documents of all manifests together; each is a label of metrics too.
const DOCUMENTS_MAX: usize = 10_000;

/// The manifests and the list made of them.
pub(crate) struct TrustedDocuments {
    sources: Vec<Source>,
    list: AllowList,
    /// Metadata of the manifests that were read last: when all of it is the same, there is nothing to read.
    seen: Vec<ObjectMeta>,
}

/// One manifest or a folder of them.
struct Source {
    url: ManifestUrl,
    store: Arc<dyn ObjectStore>,
    path: Path,
}

impl TrustedDocuments {
    /// Reads all manifests; one that cannot be read stops the start.
    pub(crate) async fn open(urls: &[ManifestUrl]) -> anyhow::Result<Self> {
        // Fails only when a provider was chosen before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sources = urls.iter().map(Source::open).collect::<anyhow::Result<_>>()?;
        let mut documents = Self { sources, list: AllowList::default(), seen: Vec::new() };
        documents.look().await?;
        Ok(documents)
    }

    /// The list, which follows the manifests.
    pub(crate) fn list(&self) -> AllowList {
        self.list.clone()
    }

    /// Looks for changes until `stop`. While a manifest cannot be read the list of before holds.
    pub(crate) async fn follow(mut self, stop: CancellationToken) {
        while tokio::time::timeout(LOOK_EVERY, stop.cancelled()).await.is_err() {
            if let Err(error) = self.look().await {
                metrics::counter!("graphql_manifest_failures_total").increment(1);
                tracing::warn!(error = format!("{error:#}"), "the documents of before stay trusted");
            }
        }
    }

    async fn look(&mut self) -> anyhow::Result<()> {
        let mut found = Vec::new();
        for source in &self.sources {
            found.push(source.objects().await.with_context(|| format!("the manifest {}", source.url))?);
        }
        let seen: Vec<ObjectMeta> = found.iter().flatten().cloned().collect();
        if seen == self.seen {
            return Ok(());
        }
        let bytes: u64 = seen.iter().map(|object| object.size).sum();
        ensure!(bytes <= MANIFESTS_MAX, "the manifests have {bytes} bytes, at most {MANIFESTS_MAX}");
        let mut documents = Vec::new();
        for (source, objects) in self.sources.iter().zip(found) {
            for object in objects {
                let read = source.documents(&object.location).await;
                documents.extend(read.with_context(|| format!("the manifest {}", object.location))?);
            }
        }
        documents.sort_unstable();
        documents.dedup();
        let count = documents.len();
        ensure!(count <= DOCUMENTS_MAX, "the manifests have {count} documents, at most {DOCUMENTS_MAX}");
        self.list.replace(documents);
        self.seen = seen;
        tracing::info!(count, "the documents of the manifests are trusted");
        Ok(())
    }
}

impl Source {
    fn open(url: &ManifestUrl) -> anyhow::Result<Self> {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?.to_ascii_lowercase(), value.into_string().ok()?))
        });
        let opened = object_store::parse_url_opts(&url.0, variables);
        let (store, path) = opened.with_context(|| format!("the manifest {url}"))?;
        Ok(Self { url: url.clone(), store: store.into(), path })
    }

    async fn objects(&self) -> anyhow::Result<Vec<ObjectMeta>> {
        if !self.url.is_folder() {
            return Ok(vec![self.store.head(&self.path).await?]);
        }
        let listed: Vec<ObjectMeta> = self.store.list(Some(&self.path)).try_collect().await?;
        let mut manifests: Vec<_> =
            listed.into_iter().filter(|object| object.location.as_ref().ends_with(".json")).collect();
        manifests.sort_unstable_by(|a, b| a.location.cmp(&b.location));
        Ok(manifests)
    }

    async fn documents(&self, path: &Path) -> anyhow::Result<Vec<String>> {
        let bytes = self.store.get(path).await?.bytes().await?;
        Ok(manifest::documents(&bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use object_store::signer::Url;
    use sha2::{Digest as _, Sha256};

    fn manifest_of(document: &str) -> String {
        let hash: String =
            Sha256::digest(document.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{{\"{hash}\": \"{document}\"}}")
    }

    fn url(path: &std::path::Path, folder: bool) -> ManifestUrl {
        let slash = if folder { "/" } else { "" };
        ManifestUrl(Url::parse(&format!("file://{}{slash}", path.display())).unwrap())
    }

    #[tokio::test]
    async fn manifests_of_several_clients_hold_together_and_follow_their_files() {
        let place = std::env::temp_dir().join(format!("partner-center-manifests-{}", std::process::id()));
        let (folder, file) = (place.join("apps"), place.join("web.json"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(&file, manifest_of("{ web }")).unwrap();
        fs::write(folder.join("ios.json"), manifest_of("{ ios }")).unwrap();
        fs::write(folder.join("notes.txt"), "no manifest").unwrap();
        let mut documents = TrustedDocuments::open(&[url(&file, false), url(&folder, true)]).await.unwrap();
        assert_eq!(documents.list.len(), 2);

        fs::write(folder.join("android.json"), manifest_of("{ android }")).unwrap();
        documents.look().await.unwrap();
        assert_eq!(documents.list.len(), 3);

        fs::write(&file, "{ half a manif").unwrap();
        assert!(documents.look().await.unwrap_err().to_string().contains("web.json"));
        assert_eq!(documents.list.len(), 3, "what was trusted stays");
        fs::write(&file, "{}").unwrap();
        documents.look().await.unwrap();
        assert_eq!(documents.list.len(), 2);

        assert!(TrustedDocuments::open(&[url(&place.join("missing.json"), false)]).await.is_err());
        fs::remove_dir_all(&place).unwrap();
    }
}
