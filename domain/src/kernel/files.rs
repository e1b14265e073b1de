//! The store of files' bytes: a directory, or a bucket of an S3 service.

use std::error::Error as _;
use std::fmt;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};
use sea_orm::DbErr;

use crate::kernel::error::{Code, Error, Refusal, Result};

/// The file store. Cheap to clone.
#[derive(Clone, Default)]
pub struct Files(Place);

#[derive(Clone, Default)]
enum Place {
    /// There is none.
    #[default]
    Nowhere,
    /// Made when the first file is written.
    Directory(Arc<FilePath>),
    /// A bucket, or memory; every path begins with the prefix.
    Bucket(Arc<dyn ObjectStore>, Path),
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Nowhere => f.write_str("nowhere"),
            Place::Directory(path) => write!(f, "{}", path.display()),
            Place::Bucket(store, prefix) => write!(f, "{store}/{prefix}"),
        }
    }
}

impl Files {
    /// Files in a directory, which is made when it is needed.
    #[must_use]
    pub fn directory(path: impl Into<PathBuf>) -> Self {
        Self(Place::Directory(path.into().into()))
    }

    /// Files in memory, gone with the process.
    #[must_use]
    pub fn memory() -> Self {
        Self(Place::Bucket(Arc::new(InMemory::new()), Path::default()))
    }

    /// Files in `store`; every path begins with `prefix`.
    #[must_use]
    pub fn bucket(store: Arc<dyn ObjectStore>, prefix: &str) -> Self {
        Self(Place::Bucket(store, Path::from(prefix)))
    }

    /// Refuses where there is no place for files.
    pub fn require(&self) -> Result<()> {
        match self.0 {
            Place::Nowhere => Err(Refusal::new(Code::NoFileStore, "").into()),
            Place::Directory(_) | Place::Bucket(..) => Ok(()),
        }
    }

    /// The store, and what every path begins with.
    async fn reach(&self) -> Result<(Arc<dyn ObjectStore>, &str)> {
        match &self.0 {
            Place::Nowhere => Err(Refusal::new(Code::NoFileStore, "").into()),
            Place::Bucket(store, prefix) => Ok((Arc::clone(store), prefix.as_ref())),
            Place::Directory(path) => {
                tokio::fs::create_dir_all(path).await?;
                let store = LocalFileSystem::new_with_prefix(path).map_err(trouble)?;
                Ok((Arc::new(store.with_fsync(true).with_automatic_cleanup(true)), ""))
            }
        }
    }

    /// Writes an object in one go; it is there whole or not at all, and on the disk when this returns.
    pub(crate) async fn put(&self, path: &str, bytes: Bytes) -> Result<()> {
        let (store, prefix) = self.reach().await?;
        store.put(&below(prefix, path), bytes.into()).await.map_err(trouble)?;
        Ok(())
    }

    /// The secret that is kept at `path` beside the files, made of `fresh` if there is none: whoever reads this store
    /// comes to the same one, also when several begin at once.
    pub async fn secret(&self, path: &str, fresh: Bytes) -> Result<Bytes> {
        let (store, prefix) = self.reach().await?;
        let at = below(prefix, path);
        match store.get(&at).await {
            Err(object_store::Error::NotFound { .. }) => {}
            found => return found.map_err(trouble)?.bytes().await.map_err(trouble),
        }
        let once = PutOptions::from(PutMode::Create);
        match store.put_opts(&at, fresh.into(), once).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => {}
            Err(error) => return Err(trouble(error)),
        }
        store.get(&at).await.map_err(trouble)?.bytes().await.map_err(trouble)
    }

    /// Begins an object that is written in parts; it is there when it is complete.
    pub(crate) async fn begin(&self, path: &str) -> Result<Box<dyn MultipartUpload>> {
        let (store, prefix) = self.reach().await?;
        store.put_multipart(&below(prefix, path)).await.map_err(trouble)
    }

    /// The bytes of an object, as they come.
    pub async fn get(&self, path: &str) -> Result<BoxStream<'static, Result<Bytes>>> {
        let (store, prefix) = self.reach().await?;
        let found = store.get(&below(prefix, path)).await.map_err(trouble)?;
        Ok(found.into_stream().map_err(trouble).boxed())
    }

    /// Deletes an object; one that is not there is deleted.
    pub(crate) async fn delete(&self, path: &str) -> Result<()> {
        let (store, prefix) = self.reach().await?;
        deleted(store.delete(&below(prefix, path)).await)
    }

    /// Deletes every object of a directory of the store, and the remains of such that were never completed, but not the
    /// one called `keep`.
    pub(crate) async fn clear(&self, directory: &str, keep: Option<&str>) -> Result<()> {
        let (store, prefix) = self.reach().await?;
        let kept = keep.map(|keep| below(prefix, keep));
        let inside = below(prefix, directory);
        let found = store.list(Some(&inside)).map_ok(|object| object.location);
        let found: Vec<Path> = found.try_collect().await.map_err(trouble)?;
        for path in found.into_iter().filter(|path| Some(path) != kept.as_ref()) {
            deleted(store.delete(&path).await)?;
        }
        if let Place::Directory(root) = &self.0 {
            clear_remains(&root.join(directory), keep.is_none()).await?;
        }
        Ok(())
    }
}

/// In a directory an object that is not complete is a file with a number behind a hash sign, which the store itself
/// neither lists nor deletes.
async fn clear_remains(directory: &FilePath, directory_too: bool) -> Result<()> {
    let mut entries = match tokio::fs::read_dir(directory).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    while let Some(entry) = entries.next_entry().await? {
        if entry.file_name().to_string_lossy().contains('#') {
            gone(tokio::fs::remove_file(entry.path()).await)?;
        }
    }
    if directory_too {
        // Not empty is no trouble: somebody began anew.
        let _ = tokio::fs::remove_dir(directory).await;
    }
    Ok(())
}

fn deleted(answer: object_store::Result<()>) -> Result<()> {
    match answer {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(trouble(error)),
    }
}

fn gone(removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn below(prefix: &str, path: &str) -> Path {
    if prefix.is_empty() { Path::from(path) } else { Path::from(format!("{prefix}/{path}")) }
}

/// An error of the file store, as the rest of the program knows errors: whatever it is, an operator can mend it, and
/// the same request succeeds then.
pub(crate) fn trouble(error: object_store::Error) -> Error {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            use std::io::ErrorKind as E;
            if matches!(io.kind(), E::StorageFull | E::QuotaExceeded | E::FileTooLarge) {
                return Error::StorageFull(error.to_string());
            }
        }
        cause = inner.source();
    }
    match error {
        object_store::Error::NotFound { path, .. } => {
            Error::Invariant(format!("the bytes of a file are gone: {path}"))
        }
        other => Error::Unavailable(DbErr::Custom(format!("the file store: {other}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_secret_beside_the_files_is_made_once() {
        let files = Files::memory();
        let (one, two) = (Bytes::from_static(b"one"), Bytes::from_static(b"two"));
        assert_eq!(files.secret("secrets/links", one.clone()).await.unwrap(), one);
        assert_eq!(files.secret("secrets/links", two).await.unwrap(), one);
    }

    #[test]
    fn a_full_disk_is_told_from_other_trouble() {
        let of = |kind: std::io::ErrorKind| {
            trouble(object_store::Error::Generic {
                store: "test",
                source: Box::new(std::io::Error::from(kind)),
            })
        };
        assert!(matches!(of(std::io::ErrorKind::StorageFull), Error::StorageFull(_)));
        assert!(matches!(of(std::io::ErrorKind::PermissionDenied), Error::Unavailable(_)));
    }
}
