//! The caller, read from the headers of a request: actor, language, request id, address.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use domain::{Actor, Lang};

use crate::auth::{Rejection, Verified, Verifier};
use crate::http::limits::REQUEST_ID_MAX;
use crate::http::refusal::{Code, Refusal};

/// Names one request in logs, audit rows and error reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// The party that sends an operation; resolvers find `Actor`, `Lang` and `RequestId` in the request data.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The accepted token; `None` when none was sent.
    pub verified: Option<Verified>,
    /// The language of messages.
    pub lang: Lang,
    /// Names this request.
    pub request_id: RequestId,
    /// Address that the request comes from, behind trusted proxies.
    pub address: IpAddr,
    /// W3C trace context, when the client sent one.
    pub traceparent: Option<String>,
    /// The address under which it reached us, when known.
    pub base: Option<String>,
    /// The event that its client saw last, of a stream that goes on.
    pub last_event_id: Option<String>,
}

impl Caller {
    /// The actor, if the request has a token.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.verified.as_ref().map(|v| &v.actor)
    }

    pub(crate) fn subject(&self) -> Option<&str> {
        self.actor().map(|a| a.subject.as_str())
    }
}

/// Takes the client's request id if it can be written to a log as it is.
pub(crate) fn request_id(headers: &HeaderMap) -> RequestId {
    let sent = headers.get("x-request-id").and_then(|v| v.to_str().ok());
    let sane =
        |id: &&str| !id.is_empty() && id.len() <= REQUEST_ID_MAX && id.bytes().all(|b| b.is_ascii_graphic());
    RequestId(sent.filter(sane).map_or_else(fresh_request_id, str::to_owned))
}

/// 128 bits from the process's seeded hasher: unique enough to find a line in a log, and not a
/// secret.
fn fresh_request_id() -> String {
    use std::hash::{BuildHasher, RandomState};
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let n = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}{:016x}", KEYS.0.hash_one(n), KEYS.1.hash_one(n))
}

pub(crate) fn lang(headers: &HeaderMap) -> Lang {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    header.map_or(Lang::En, Lang::pick)
}

/// A well-formed W3C `traceparent`.
pub(crate) fn traceparent(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("traceparent")?.to_str().ok()?;
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    let hex = value.bytes().all(|b| b == b'-' || matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (hex && lengths == [2, 32, 16, 2]).then(|| value.to_owned())
}

/// The client's address: the peer, or the entry that `trusted_proxies` proxies in front of us
/// added to `X-Forwarded-For` (counted from the right; what stands further left is hearsay).
pub(crate) fn address(headers: &HeaderMap, peer: IpAddr, trusted_proxies: usize) -> IpAddr {
    if trusted_proxies == 0 {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let hops: Vec<&str> = lines.flat_map(|l| l.split(',')).map(str::trim).collect();
    let hop = hops.len().checked_sub(trusted_proxies).and_then(|i| hops.get(i));
    hop.and_then(|h| h.parse().ok()).unwrap_or(peer)
}

/// The verified token of an `Authorization` value; `None` when there is none.
pub(crate) async fn verified(
    verifier: &Verifier,
    authorization: Option<&str>,
) -> Result<Option<Verified>, Refusal> {
    let Some(value) = authorization else { return Ok(None) };
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Err(Code::Unauthenticated.into());
    }
    match verifier.verify(token.trim()).await {
        Ok(verified) => Ok(Some(verified)),
        Err(Rejection::KeysUnavailable) => Err(Refusal::retry_after(Code::Unavailable, 5)),
        Err(rejection @ (Rejection::Invalid | Rejection::Expired)) => {
            tracing::debug!(%rejection, "bearer token refused");
            Err(Code::Unauthenticated.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn a_sane_request_id_is_kept_and_any_other_replaced() {
        let kept = "x".repeat(REQUEST_ID_MAX);
        assert_eq!(request_id(&headers("x-request-id", &kept)).0, kept);
        for bad in ["", "a b", "a\tb", &"x".repeat(REQUEST_ID_MAX + 1)] {
            assert_eq!(request_id(&headers("x-request-id", bad)).0.len(), 32, "{bad:?}");
        }
        assert_ne!(request_id(&HeaderMap::new()), request_id(&HeaderMap::new()));
    }

    #[test]
    fn the_address_comes_from_trusted_proxies_only() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let forged = headers("x-forwarded-for", "1.1.1.1, 2.2.2.2");
        assert_eq!(address(&forged, peer, 0), peer);
        assert_eq!(address(&forged, peer, 1).to_string(), "2.2.2.2");
        assert_eq!(address(&forged, peer, 2).to_string(), "1.1.1.1");
        assert_eq!(address(&forged, peer, 3), peer);
        assert_eq!(address(&headers("x-forwarded-for", "nonsense"), peer, 1), peer);
    }

    #[test]
    fn only_a_well_formed_traceparent_is_taken() {
        let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(traceparent(&headers("traceparent", good)).as_deref(), Some(good));
        for bad in ["", "00-0af7", &good.to_uppercase(), &format!("{good}-x")] {
            assert_eq!(traceparent(&headers("traceparent", bad)), None, "{bad}");
        }
    }
}
