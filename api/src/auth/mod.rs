//! Who is calling: bearer tokens (JWT) become a `domain::Actor`.
//!
//! `claims` says what a token must carry (PURE), `keys` finds the key that signed it, `mint` makes
//! tokens for development, `signature` is the cryptography. What is accepted is fixed by configuration,
//! never by the token itself.

mod claims;
mod keys;
mod mint;
mod signature;
mod verify;

pub use keys::{KeySource, REFRESH_INTERVAL_S};
pub use mint::{MintError, mint_hs256};
pub use verify::{AuthConfig, AuthConfigError, LEEWAY_S, LIFETIME_MAX_S, Rejection, Verified, Verifier};

use std::sync::Arc;

/// Tells the time in whole seconds since the Unix epoch.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;
