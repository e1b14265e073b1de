//! Links that open one file in a browser for a while, without a bearer token: the id, the end, and a signature over
//! both. PURE but for the key, which is filled in once.

use std::sync::{Arc, OnceLock};

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::FileId;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

/// How long a link opens its file, in seconds (a quarter of an hour): a page that was left open asks again, and a link
/// that was passed on is soon worth nothing.
pub const LINK_LIFE_S: i64 = 15 * 60;
/// What the signature is for: a signature for anything else under the same key opens no file.
const PURPOSE: &[u8] = b"partner-center: GET /files\n";
/// Shortest secret a key is made of, in bytes.
pub const LINK_SECRET_MIN: usize = 32;

/// Signs links and judges them. Clones share the key; every process of an installation has the same.
#[derive(Clone, Default)]
pub struct FileLinks(Arc<OnceLock<Hmac<Sha256>>>);

/// What a link carries behind its path.
#[derive(Debug, Deserialize)]
pub(crate) struct Signed {
    until: Option<i64>,
    signature: Option<String>,
}

impl FileLinks {
    /// Links under a key made of `secret`.
    #[must_use]
    pub fn of(secret: &[u8]) -> Self {
        let links = Self::default();
        links.set_secret(secret);
        links
    }

    /// Makes the key of `secret`; the first one holds.
    pub fn set_secret(&self, secret: &[u8]) {
        // HMAC takes keys of any length.
        if let Ok(key) = Hmac::<Sha256>::new_from_slice(secret) {
            let _ = self.0.set(key);
        }
    }

    /// Whether there is a key.
    #[must_use]
    pub fn are_signed(&self) -> bool {
        self.0.get().is_some()
    }

    /// The path that opens `file` until `LINK_LIFE_S` after `now` (seconds since 1970). Without a key, the one that wants
    /// a bearer token.
    pub(crate) fn path(&self, file: FileId, now: i64) -> String {
        let until = now.saturating_add(LINK_LIFE_S);
        match self.mac(&file.to_string(), until) {
            Some(mac) => {
                let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
                format!("/files/{file}?until={until}&signature={signature}")
            }
            None => format!("/files/{file}"),
        }
    }

    /// Whether `signed` opens the file of this id at `now`; `None` where nothing is signed.
    pub(crate) fn opens(&self, id: &str, signed: &Signed, now: i64) -> Option<bool> {
        let (until, signature) = (signed.until?, signed.signature.as_deref()?);
        let genuine = || {
            let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
            // Compares in constant time.
            self.mac(id, until)?.verify_slice(&signature).ok()
        };
        Some(now < until && genuine().is_some())
    }

    fn mac(&self, id: &str, until: i64) -> Option<Hmac<Sha256>> {
        let mut mac = self.0.get()?.clone();
        mac.update(PURPOSE);
        mac.update(format!("{id}\n{until}").as_bytes());
        Some(mac)
    }
}

/// What the resolvers of one request make links with.
#[derive(Clone)]
pub struct LinkMaker {
    links: FileLinks,
    base: String,
    now: i64,
}

impl LinkMaker {
    /// Links that begin with `base` and are made at `now`, in seconds since 1970.
    #[must_use]
    pub fn new(links: FileLinks, base: &str, now: i64) -> Self {
        Self { links, base: base.to_owned(), now }
    }

    /// The absolute URL that opens `file` for a while.
    #[must_use]
    pub fn url(&self, file: FileId) -> String {
        format!("{}{}", self.base, self.links.path(file, self.now))
    }
}

/// The address under which the caller reached us, as far as the request says: what proxies that we trust pass on, else
/// its own `Host`.
pub(crate) fn base_of(headers: &HeaderMap, behind_proxies: bool) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let forwarded = if behind_proxies { text("forwarded").map(forwarded) } else { None }.unwrap_or_default();
    let passed_on = |name| if behind_proxies { text(name).and_then(last) } else { None };
    let scheme = forwarded.0.or_else(|| passed_on("x-forwarded-proto")).unwrap_or("http");
    let host = forwarded.1.or_else(|| passed_on("x-forwarded-host")).or_else(|| text("host"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    let sane = !host.is_empty() && host.chars().all(plain) && matches!(scheme, "http" | "https");
    sane.then(|| format!("{scheme}://{host}"))
}

/// The entry of the proxy next to us.
fn last(value: &str) -> Option<&str> {
    value.rsplit(',').next().map(str::trim).filter(|entry| !entry.is_empty())
}

/// `proto` and `host` of the last element of a `Forwarded` header (RFC 7239).
fn forwarded(value: &str) -> (Option<&str>, Option<&str>) {
    let pairs = last(value).unwrap_or_default().split(';').filter_map(|pair| pair.split_once('='));
    let mut found = (None, None);
    for (name, value) in pairs {
        let value = Some(value.trim().trim_matches('"'));
        match name.trim().to_ascii_lowercase().as_str() {
            "proto" => found.0 = value,
            "host" => found.1 = value,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(77);
    const NOW: i64 = 1_800_000_000;

    fn signed(path: &str) -> Signed {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        Signed { until: value("until").and_then(|until| until.parse().ok()), signature: value("signature") }
    }

    #[test]
    fn a_link_opens_its_file_until_its_end_and_no_other() {
        let links = FileLinks::of(b"a secret of thirty-two bytes, ok");
        let (path, id) = (links.path(FILE, NOW), FILE.to_string());
        let link = signed(&path);
        assert_eq!(links.opens(&id, &link, NOW + LINK_LIFE_S - 1), Some(true));
        assert_eq!(links.opens(&id, &link, NOW + LINK_LIFE_S), Some(false), "its time is over");
        assert_eq!(links.opens(&FileId(78).to_string(), &link, NOW), Some(false), "another file");
        let later = Signed { until: link.until.map(|until| until + 1), signature: link.signature.clone() };
        assert_eq!(links.opens(&id, &later, NOW), Some(false), "its end was moved");
        for signature in ["", "AAAA", "%", &"A".repeat(43)] {
            let forged = Signed { until: link.until, signature: Some(signature.to_owned()) };
            assert_eq!(links.opens(&id, &forged, NOW), Some(false), "{signature:?}");
        }
        assert_eq!(links.opens(&id, &signed("/files/x"), NOW), None, "nothing is signed");
    }

    #[test]
    fn processes_agree_by_their_secret_and_only_by_it() {
        let (one, two) = (FileLinks::of(b"the same"), FileLinks::of(b"the same"));
        let link = signed(&one.path(FILE, NOW));
        assert_eq!(two.opens(&FILE.to_string(), &link, NOW), Some(true));
        assert_eq!(FileLinks::of(b"another").opens(&FILE.to_string(), &link, NOW), Some(false));
        let without = FileLinks::default();
        assert_eq!(without.path(FILE, NOW), format!("/files/{FILE}"));
        assert_eq!(without.opens(&FILE.to_string(), &link, NOW), Some(false));
        without.set_secret(b"the same");
        assert_eq!(without.opens(&FILE.to_string(), &link, NOW), Some(true));
    }

    #[test]
    fn the_base_is_what_the_caller_reached_and_proxies_are_believed_when_there_are_some() {
        /// Headers, whether proxies are trusted, and the base.
        type Case = (&'static [(&'static str, &'static str)], bool, Option<&'static str>);
        let cases: [Case; 8] = [
            (&[("host", "api.example.com:8080")], false, Some("http://api.example.com:8080")),
            (&[("host", "[::1]:80")], false, Some("http://[::1]:80")),
            (&[], true, None),
            (&[("host", "a/b")], false, None),
            (
                &[("host", "in"), ("x-forwarded-host", "out"), ("x-forwarded-proto", "https")],
                false,
                Some("http://in"),
            ),
            (
                &[("host", "in"), ("x-forwarded-host", "liar, out"), ("x-forwarded-proto", "https")],
                true,
                Some("https://out"),
            ),
            (
                &[("host", "in"), ("forwarded", "for=1.1.1.1;host=liar, proto=https;host=\"out:1\"")],
                true,
                Some("https://out:1"),
            ),
            (&[("host", "in"), ("x-forwarded-proto", "javascript")], true, None),
        ];
        for (headers, behind_proxies, expected) in cases {
            let headers =
                headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            assert_eq!(base_of(&headers, behind_proxies).as_deref(), expected, "{headers:?}");
        }
    }
}
