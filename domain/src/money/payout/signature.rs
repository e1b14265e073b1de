//! Signatures between us and the gateway, the same both ways: HMAC-SHA256 over
//! `timestamp.method.path.body`, in hex behind `v1=`.

use entity::Timestamp;
use entity::timestamp::{MINUTE, SECOND};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::kernel::hex::hex;

/// The header with the instant of signing, in seconds since 1970.
pub const TIMESTAMP: &str = "x-partner-center-timestamp";
/// The header with the signature.
pub const SIGNATURE: &str = "x-partner-center-signature";
/// How far the clocks of both sides may differ, in microseconds: what is older was recorded and is played again.
pub const WINDOW: i64 = 5 * MINUTE;
/// Shortest secret, in bytes: as long as the hash it feeds (RFC 2104 §3).
pub const SECRET_MIN: usize = 32;

/// What the version of the scheme is called.
const VERSION: &str = "v1=";

fn mac(secret: &[u8], timestamp: &str, method: &str, path: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    // A secret of any length is a key; there is no error to tell of.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    for part in [timestamp, ".", method, ".", path, "."] {
        mac.update(part.as_bytes());
    }
    mac.update(body);
    Some(mac)
}

/// The value of the signature header. PURE.
#[must_use]
pub fn sign(secret: &[u8], timestamp: &str, method: &str, path: &str, body: &[u8]) -> String {
    let mac = mac(secret, timestamp, method, path, body).map(|mac| hex(mac.finalize().into_bytes()));
    format!("{VERSION}{}", mac.unwrap_or_default())
}

/// `true` if `signature` is of whoever has the secret, made at `now` or within the window. Takes the same time
/// wherever the signature differs. PURE.
#[must_use]
pub fn holds(
    secret: &[u8],
    now: Timestamp,
    (timestamp, signature): (&str, &str),
    (method, path, body): (&str, &str, &[u8]),
) -> bool {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|b| b.is_ascii_digit());
    let Some(seconds) = timestamp.parse::<i64>().ok().filter(|_| digits) else { return false };
    let apart = now.0.saturating_sub(seconds.saturating_mul(SECOND));
    if !(-WINDOW..=WINDOW).contains(&apart) {
        return false;
    }
    let Some(given) = signature.strip_prefix(VERSION).and_then(unhex) else { return false };
    mac(secret, timestamp, method, path, body).is_some_and(|mac| mac.verify_slice(&given).is_ok())
}

/// The bytes of lower-case hex. PURE.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
    const NOW: Timestamp = Timestamp(1_790_000_000 * SECOND);

    fn check(at: i64, of: impl Fn(&str) -> String, body: &[u8]) -> bool {
        let timestamp = at.to_string();
        holds(SECRET, NOW, (&timestamp, &of(&timestamp)), ("POST", "/x", body))
    }

    #[test]
    fn a_signature_holds_for_what_it_was_made_of_and_for_nothing_else() {
        let right = |t: &str| sign(SECRET, t, "POST", "/x", b"{}");
        assert!(check(1_790_000_000, right, b"{}"));
        assert!(!check(1_790_000_000, right, b"{ }"));
        assert!(!check(1_790_000_000, |t| sign(SECRET, t, "GET", "/x", b"{}"), b"{}"));
        assert!(!check(1_790_000_000, |t| sign(SECRET, t, "POST", "/y", b"{}"), b"{}"));
        assert!(!check(1_790_000_000, |t| sign(b"another", t, "POST", "/x", b"{}"), b"{}"));
        for damage in ["", "v1=", "v1=zz", "v2=00", "v1=0"] {
            assert!(!check(1_790_000_000, |_| damage.to_owned(), b"{}"), "{damage}");
        }
        assert!(!check(1_790_000_000, |t| right(t).to_uppercase(), b"{}"));
        assert!(!check(
            1_790_000_000,
            |t| {
                let s = right(t);
                s[..s.len() - 2].to_owned()
            },
            b"{}"
        ));
    }

    #[test]
    fn a_signature_holds_for_five_minutes_on_either_side() {
        let right = |t: &str| sign(SECRET, t, "POST", "/x", b"{}");
        for (seconds, holds) in [(-301, false), (-300, true), (300, true), (301, false)] {
            assert_eq!(check(1_790_000_000 + seconds, right, b"{}"), holds, "{seconds}");
        }
        assert!(!super::holds(SECRET, NOW, ("-1", &right("-1")), ("POST", "/x", b"{}")));
        assert!(!super::holds(SECRET, NOW, ("", &right("")), ("POST", "/x", b"{}")));
    }

    #[test]
    fn a_signature_is_the_one_other_implementations_make() {
        // printf '1790000000.POST./payouts.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        let known = "03e29ee58f56630292a773dd4419cbbe93e9e8c0702177f610c813e7fe4ad833";
        assert_eq!(sign(SECRET, "1790000000", "POST", "/payouts", b"{}"), format!("v1={known}"));
    }
}
