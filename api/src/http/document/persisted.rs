//! Documents sent by their hash: kept on first sight (development), or registered ahead (production).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use apollo_compiler::response::JsonMap;
use sha2::{Digest, Sha256};

use crate::http::document::documents::asks_nothing;
use crate::http::gate::bounded_cache::BoundedCache;
use crate::http::limits::PERSISTED_CACHE_MAX;
use crate::http::refusal::{Code, Refusal};

/// Treatment of documents by hash.
#[derive(Debug, Clone, Default)]
pub enum PersistedMode {
    /// Every request carries its document.
    Off,
    /// Automatic persisted queries: a document sent once with its hash can be asked for by the hash.
    #[default]
    Automatic,
    /// As `Automatic`, and the documents of the list are known from the start.
    AutomaticWith(AllowList),
    /// Only the documents of this list run, sent whole or by hash.
    AllowList(AllowList),
}

impl PersistedMode {
    fn list(&self) -> Option<&AllowList> {
        match self {
            Self::Off | Self::Automatic => None,
            Self::AutomaticWith(list) | Self::AllowList(list) => Some(list),
        }
    }
}

/// Registered documents by their SHA-256 in lower-case hexadecimal. Clones share the list, which can be replaced
/// while it is in use.
#[derive(Debug, Clone, Default)]
pub struct AllowList(Arc<RwLock<HashMap<String, Arc<str>>>>);

impl AllowList {
    /// Registers `documents`; hashes are computed here, so the list cannot lie.
    pub fn new<T: AsRef<str>>(documents: impl IntoIterator<Item = T>) -> Self {
        let list = Self::default();
        list.replace(documents);
        list
    }

    /// Registers `documents` instead of those of before, at once. Gives how many there are.
    pub fn replace<T: AsRef<str>>(&self, documents: impl IntoIterator<Item = T>) -> usize {
        let hashed = documents.into_iter().map(|d| (sha256_hex(d.as_ref()), d.as_ref().into()));
        let hashed: HashMap<_, _> = hashed.collect();
        let count = hashed.len();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = hashed;
        count
    }

    /// The number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether nothing is registered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, hash: &str) -> Option<Document> {
        let list = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (hash, text) = list.get_key_value(hash)?;
        Some(Document { text: text.clone(), name: Some(hash.get(..NAME_LENGTH).unwrap_or(hash).to_owned()) })
    }
}

/// Digits of a document's hash that name it in metrics: enough for a list of thousands.
const NAME_LENGTH: usize = 16;

/// The document to run.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) text: Arc<str>,
    /// The name of a registered one; the others could be any number.
    pub(crate) name: Option<String>,
}

impl Document {
    fn sent(text: impl Into<Arc<str>>) -> Self {
        Self { text: text.into(), name: None }
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
        id: Option<&str>,
        extensions: Option<&JsonMap>,
    ) -> Result<Document, Refusal> {
        let sent = sent.filter(|text| !text.is_empty());
        let hash = match extensions.and_then(|e| e.get("persistedQuery")) {
            Some(persisted) => Some(hash_of(persisted)?),
            None => id.map(|id| id.strip_prefix("sha256:").unwrap_or(id).to_ascii_lowercase()),
        };
        let computed =
            sent.as_deref().filter(|_| hash.is_some() || self.mode.list().is_some()).map(sha256_hex);
        if let (Some(computed), Some(hash)) = (&computed, &hash)
            && computed != hash
        {
            return Err(Refusal::because(Code::BadRequest, "The hash is not the hash of the document."));
        }
        let registered = self.mode.list().zip(computed.as_deref().or(hash.as_deref()));
        if let Some(document) = registered.and_then(|(list, hash)| list.get(hash)) {
            return Ok(document);
        }
        match (&self.mode, sent, hash) {
            // Whether somebody is there may always be asked.
            (PersistedMode::AllowList(_), Some(text), _) if asks_nothing(&text) => Ok(Document::sent(text)),
            (PersistedMode::AllowList(_), Some(_), _) => Err(Code::QueryNotInSafelist.into()),
            (PersistedMode::AllowList(_), None, _) => Err(Code::PersistedQueryNotFound.into()),
            (PersistedMode::Off, None, _) => Err(Code::PersistedQueryNotSupported.into()),
            (PersistedMode::Off, Some(text), _) | (_, Some(text), None) => Ok(Document::sent(text)),
            (_, Some(text), Some(hash)) => Ok(Document::sent(self.keep(hash, text.into()))),
            (_, None, hash) => {
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                let known = seen.get(&hash.unwrap_or_default());
                known.map(Document::sent).ok_or(Code::PersistedQueryNotFound.into())
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

pub(super) fn sha256_hex(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
