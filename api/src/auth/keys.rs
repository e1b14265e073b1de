//! Which key checks a signature: a shared secret, or a JWK set from a file or a URL.

use std::path::PathBuf;
use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::RwLock;

use super::Clock;

/// How often, at most, an unknown key id makes us read the key set again, in seconds: rotation is
/// noticed within a minute, and a flood of forged key ids costs the issuer one request a minute.
pub const REFRESH_INTERVAL_S: i64 = 60;
/// How long reading a key set may take; requests with an unknown key wait for it.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);
/// Largest key set we read, in bytes: hundreds of keys.
const KEY_SET_MAX: usize = 256 * 1024;
/// Most keys kept of one set.
const KEYS_MAX: usize = 256;

/// Where the keys come from.
#[derive(Clone)]
pub enum KeySource {
    /// A shared secret (HS256). Development only.
    Hs256(Vec<u8>),
    /// A file with a JWK set (EdDSA or RS256 keys), read again when an unknown key id turns up.
    JwksFile(PathBuf),
    /// A URL of a JWK set, fetched with the client given.
    JwksUrl {
        /// The address.
        url: String,
        /// The client to fetch it with.
        client: reqwest::Client,
    },
}

struct KnownKey {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

struct KeySet {
    keys: Vec<KnownKey>,
    /// When the source was last asked, in seconds; `None` before the first time.
    asked_at: Option<i64>,
}

/// Finds keys by id and algorithm; remembers the set between requests.
pub(super) struct Keys {
    source: KeySource,
    set: RwLock<KeySet>,
    now: Clock,
}

/// Outcome of looking for a key.
pub(super) enum Lookup {
    Found(DecodingKey),
    Unknown,
    /// We have never read a key set, so nobody's token can be judged.
    Unavailable,
}

impl Keys {
    pub(super) fn new(source: KeySource, now: Clock) -> Self {
        let keys = match &source {
            // An empty secret makes no key; the verifier refuses short ones before.
            KeySource::Hs256(secret) => {
                let key = DecodingKey::from_secret(secret).ok();
                key.map(|key| KnownKey { id: None, algorithm: Algorithm::HS256, key }).into_iter().collect()
            }
            _ => Vec::new(),
        };
        Self { source, set: RwLock::new(KeySet { keys, asked_at: None }), now }
    }

    /// The key for `id` and `algorithm`, reading the source again when it is not known yet.
    pub(super) async fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Lookup {
        if let KeySource::Hs256(_) = self.source {
            // A shared secret has no id: whatever the token calls it, there is only this one.
            return pick(&self.set.read().await.keys, None, algorithm).map_or(Lookup::Unknown, Lookup::Found);
        }
        if let Some(key) = pick(&self.set.read().await.keys, id, algorithm) {
            return Lookup::Found(key);
        }
        let mut set = self.set.write().await;
        // Somebody else may have read the set while this request waited for the lock.
        if let Some(key) = pick(&set.keys, id, algorithm) {
            return Lookup::Found(key);
        }
        self.refresh(&mut set).await;
        match pick(&set.keys, id, algorithm) {
            Some(key) => Lookup::Found(key),
            None if set.keys.is_empty() => Lookup::Unavailable,
            None => Lookup::Unknown,
        }
    }

    async fn refresh(&self, set: &mut KeySet) {
        let now = (self.now)();
        if set.asked_at.is_some_and(|at| now < at.saturating_add(REFRESH_INTERVAL_S)) {
            return;
        }
        set.asked_at = Some(now);
        let read = tokio::time::timeout(FETCH_TIMEOUT, read_source(&self.source)).await;
        match read.unwrap_or_else(|_| Err("reading the key set took too long".to_owned())) {
            Ok(keys) if !keys.is_empty() => set.keys = keys,
            Ok(_) => tracing::warn!("the key set has no usable key; the known keys stay"),
            Err(error) => tracing::warn!(%error, "the key set could not be read; the known keys stay"),
        }
    }
}

fn pick(keys: &[KnownKey], id: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
    let mut fitting = keys.iter().filter(|k| k.algorithm == algorithm);
    match id {
        Some(id) => fitting.find(|k| k.id.as_deref() == Some(id)).map(|k| k.key.clone()),
        // Without an id only a set with one fitting key is unambiguous.
        None => match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(only.key.clone()),
            _ => None,
        },
    }
}

async fn read_source(source: &KeySource) -> Result<Vec<KnownKey>, String> {
    let bytes = match source {
        KeySource::Hs256(_) => return Ok(Vec::new()),
        KeySource::JwksFile(path) => tokio::fs::read(path).await.map_err(|e| e.to_string())?,
        KeySource::JwksUrl { url, client } => fetch(client, url).await.map_err(|e| e.to_string())?,
    };
    if bytes.len() > KEY_SET_MAX {
        return Err(format!("the key set is larger than {KEY_SET_MAX} bytes"));
    }
    let set: JwkSet = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
    Ok(set.keys.iter().take(KEYS_MAX).filter_map(known_key).collect())
}

async fn fetch(client: &reqwest::Client, url: &str) -> Result<Vec<u8>, reqwest::Error> {
    let mut response = client.get(url).send().await?.error_for_status()?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > KEY_SET_MAX {
            break;
        }
    }
    Ok(bytes)
}

/// The key of a JWK we can use. Symmetric keys in a published set are never taken.
fn known_key(jwk: &Jwk) -> Option<KnownKey> {
    use jsonwebtoken::jwk::AlgorithmParameters;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::OctetKeyPair(_) => Algorithm::EdDSA,
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        _ => return None,
    };
    let key = DecodingKey::from_jwk(jwk).ok()?;
    Some(KnownKey { id: jwk.common.key_id.clone(), algorithm, key })
}
