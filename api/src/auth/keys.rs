//! Which key checks a signature: a shared secret, or a JWK set from a file or a URL.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::Mutex;

use super::Clock;

/// Age at which a key set is read again, in seconds; an unknown key id makes us read it no earlier either: a
/// key that was taken back stops working within two minutes, rotation is noticed within one, and a flood of forged key ids
/// costs the issuer one request a minute.
pub const REFRESH_INTERVAL_S: i64 = 60;
/// Longest time that reading a key set may take; only requests whose key is not known wait for it.
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

/// Finds keys by id and algorithm; remembers the set between requests.
#[derive(Clone)]
pub(super) struct Keys(Arc<Known>);

struct Known {
    source: KeySource,
    keys: RwLock<Vec<KnownKey>>,
    /// Instant at which the source was last asked, in seconds; the least of all instants before the first time.
    asked_at: AtomicI64,
    /// Held by whoever reads the source.
    reading: Mutex<()>,
    /// Somebody reads the source again and again.
    followed: AtomicBool,
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
        Self(Arc::new(Known {
            source,
            keys: RwLock::new(keys),
            asked_at: AtomicI64::new(i64::MIN),
            reading: Mutex::new(()),
            followed: AtomicBool::new(false),
            now,
        }))
    }

    /// The key for `id` and `algorithm`. A known one is answered at once, and the source read again beside it when the set
    /// has grown old; for one that is not known the source is read first, which nobody else waits for.
    pub(super) async fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Lookup {
        let known = &self.0;
        if let KeySource::Hs256(_) = known.source {
            // A shared secret has no id: whatever the token calls it, there is only this one.
            return known.pick(None, algorithm).map_or(Lookup::Unknown, Lookup::Found);
        }
        self.follow();
        if let Some(key) = known.pick(id, algorithm) {
            if known.is_due() {
                let known = Arc::clone(known);
                tokio::spawn(async move { known.refresh().await });
            }
            return Lookup::Found(key);
        }
        known.refresh().await;
        match known.pick(id, algorithm) {
            Some(key) => Lookup::Found(key),
            None if known.keys().is_empty() => Lookup::Unavailable,
            None => Lookup::Unknown,
        }
    }

    /// Reads the source again and again, also while nobody asks, for as long as the keys are in use.
    fn follow(&self) {
        if self.0.followed.swap(true, Ordering::Relaxed) {
            return;
        }
        let known = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(REFRESH_INTERVAL_S.unsigned_abs())).await;
                let Some(known) = known.upgrade() else { return };
                known.refresh().await;
            }
        });
    }
}

impl Known {
    fn keys(&self) -> RwLockReadGuard<'_, Vec<KnownKey>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn pick(&self, id: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        pick(&self.keys(), id, algorithm)
    }

    fn is_due(&self) -> bool {
        (self.now)() >= self.asked_at.load(Ordering::Acquire).saturating_add(REFRESH_INTERVAL_S)
    }

    /// Reads the source if that is due. Of several at the same time one does, and the others wait for it.
    async fn refresh(&self) {
        let _reading = self.reading.lock().await;
        if !self.is_due() {
            return;
        }
        self.asked_at.store((self.now)(), Ordering::Release);
        let read = tokio::time::timeout(FETCH_TIMEOUT, read_source(&self.source)).await;
        match read.unwrap_or_else(|_| Err("reading the key set took too long".to_owned())) {
            Ok(keys) if !keys.is_empty() => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
            }
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
