//! Makes tokens for development, the demonstration and tests.

use domain::Actor;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

use super::claims::Claims;
use super::signature::use_ring;

/// Why no token could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MintError {
    /// The product itself acts without a token.
    #[error("only operators, partners and customers have tokens")]
    NotForSystem,
    /// The JWT library refused.
    #[error("the token could not be signed")]
    Signing,
}

/// A bearer token for `actor`, signed with the shared `secret` (HS256), good until `expires_at`
/// (seconds since the Unix epoch).
pub fn mint_hs256(
    secret: &[u8],
    issuer: &str,
    audience: &str,
    actor: &Actor,
    expires_at: i64,
) -> Result<String, MintError> {
    let claims = Claims::of(actor, issuer, audience, expires_at).ok_or(MintError::NotForSystem)?;
    use_ring();
    let key = EncodingKey::from_secret(secret).map_err(|_| MintError::Signing)?;
    encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|_| MintError::Signing)
}
