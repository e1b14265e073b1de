//! Documents sent by their hash: kept on first sight (development), or registered ahead (production).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use apollo_compiler::response::JsonMap;
use sha2::{Digest, Sha256};

use super::bounded_cache::BoundedCache;
use super::limits::PERSISTED_CACHE_MAX;
use super::refusal::{Code, Refusal};

/// How documents by hash are handled.
#[derive(Debug, Clone, Default)]
pub enum PersistedMode {
    /// Every request carries its document.
    Off,
    /// Automatic persisted queries: a document sent once with its hash can be asked for by the hash.
    #[default]
    Automatic,
    /// Only the documents of this list run, sent whole or by hash.
    AllowList(AllowList),
}

/// Registered documents by their SHA-256 in lower-case hexadecimal.
#[derive(Debug, Clone, Default)]
pub struct AllowList(Arc<HashMap<String, Arc<str>>>);

impl AllowList {
    /// Registers `documents`; hashes are computed here, so the list cannot lie.
    pub fn new<T: AsRef<str>>(documents: impl IntoIterator<Item = T>) -> Self {
        let hashed = documents.into_iter().map(|d| (sha256_hex(d.as_ref()), d.as_ref().into()));
        Self(Arc::new(hashed.collect()))
    }
}

pub(crate) struct Persisted {
    mode: PersistedMode,
    seen: Mutex<BoundedCache<String, Arc<str>>>,
}

impl Persisted {
    pub(crate) fn new(mode: PersistedMode) -> Self {
        Self { mode, seen: Mutex::new(BoundedCache::new(PERSISTED_CACHE_MAX)) }
    }

    /// The document to run: what was sent, or what is known under the hash.
    pub(crate) fn resolve(
        &self,
        sent: Option<String>,
        extensions: Option<&JsonMap>,
    ) -> Result<Arc<str>, Refusal> {
        let sent = sent.filter(|text| !text.is_empty());
        let hash = extensions.and_then(|e| e.get("persistedQuery")).map(hash_of).transpose()?;
        if let (Some(text), Some(hash)) = (&sent, &hash)
            && sha256_hex(text) != *hash
        {
            return Err(Refusal::because(Code::BadRequest, "The hash is not the hash of the document."));
        }
        match (&self.mode, sent, hash) {
            (PersistedMode::AllowList(list), sent, hash) => {
                let by_hash = sent.is_none();
                let hash = hash.or_else(|| sent.as_deref().map(sha256_hex)).unwrap_or_default();
                let code = if by_hash { Code::PersistedQueryNotFound } else { Code::QueryNotInSafelist };
                list.0.get(&hash).cloned().ok_or(code.into())
            }
            (PersistedMode::Off, None, _) => Err(Code::PersistedQueryNotSupported.into()),
            (PersistedMode::Automatic, Some(text), Some(hash)) => Ok(self.keep(hash, text.into())),
            (_, Some(text), _) => Ok(text.into()),
            (PersistedMode::Automatic, None, hash) => {
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.get(&hash.unwrap_or_default()).ok_or(Code::PersistedQueryNotFound.into())
            }
        }
    }

    fn keep(&self, hash: String, text: Arc<str>) -> Arc<str> {
        let bytes = text.len() + hash.len();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(hash, text.clone(), bytes);
        text
    }
}

fn hash_of(persisted: &apollo_compiler::response::JsonValue) -> Result<String, Refusal> {
    let version = persisted.get("version").and_then(|v| v.as_i64());
    let hash = persisted.get("sha256Hash").and_then(|h| h.as_str());
    match (version, hash) {
        (Some(1), Some(hash)) => Ok(hash.to_ascii_lowercase()),
        _ => Err(Refusal::because(Code::BadRequest, "`persistedQuery` needs `version: 1` and `sha256Hash`.")),
    }
}

fn sha256_hex(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
