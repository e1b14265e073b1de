//! Judges one bearer token.

use domain::Actor;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};

use super::Clock;
use super::claims::Claims;
use super::keys::{KeySource, Keys, Lookup};
use super::signature::use_ring;

/// How far our clock and the issuer's may differ, in seconds.
pub const LEEWAY_S: i64 = 30;
/// Longest life of a token accepted where nothing else is configured, in seconds (a day): a stolen one is of no
/// use soon, and people sign in each morning anyway.
pub const LIFETIME_MAX_S: i64 = 24 * 3600;
/// Media types of a bearer token, as `typ` names them, without `application/`. A token that names none is judged
/// by the rest; one that was made for something else (an identity, a logout) is refused.
const TYPES: [&str; 2] = ["jwt", "at+jwt"];
/// Longest token we look at, in bytes; real ones are below 2 KiB.
const TOKEN_MAX: usize = 8 * 1024;
/// Shortest shared secret (HS256), in bytes: as long as the hash it feeds (RFC 7518 §3.2).
pub(super) const SECRET_MIN: usize = 32;

/// What tokens are accepted.
#[derive(Clone)]
pub struct AuthConfig {
    /// Where the keys come from.
    pub keys: KeySource,
    /// The only issuer (`iss`) accepted.
    pub issuer: String,
    /// The audience (`aud`) a token must name.
    pub audience: String,
    /// `true` refuses a shared secret: whoever can check such a token can also make one.
    pub production: bool,
    /// Longest life of a token, in seconds: a token that lives longer is refused, however it was signed.
    pub lifetime_max_s: i64,
}

impl AuthConfig {
    /// Accepts the tokens of `issuer` for `audience` that live a day at most.
    #[must_use]
    pub fn new(keys: KeySource, issuer: &str, audience: &str, production: bool) -> Self {
        let (issuer, audience) = (issuer.to_owned(), audience.to_owned());
        Self { keys, issuer, audience, production, lifetime_max_s: LIFETIME_MAX_S }
    }
}

/// Why a configuration is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthConfigError {
    /// HS256 in production.
    #[error("a shared secret (HS256) is for development only: configure a JWK set")]
    SecretInProduction,
    /// The shared secret is short enough to be guessed.
    #[error("the shared secret must have at least 32 bytes")]
    SecretTooShort,
    /// Without both, tokens made for somebody else would be accepted.
    #[error("issuer and audience must be set")]
    IssuerOrAudienceMissing,
}

/// A token that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Who calls.
    pub actor: Actor,
    /// When the token ends, in seconds since the Unix epoch (without leeway).
    pub expires_at: i64,
}

/// Why no actor came out. The caller learns only that the token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Malformed, signed by another key, from another issuer, for another audience, or with claims
    /// that make no actor.
    #[error("the token is not accepted")]
    Invalid,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// No key set could be read yet; the same token may be fine in a minute.
    #[error("the keys are not available")]
    KeysUnavailable,
}

/// Turns bearer tokens into actors.
pub struct Verifier {
    keys: Keys,
    validation: Validation,
    lifetime_max_s: i64,
    now: Clock,
}

impl Verifier {
    /// A verifier for `config`; `now` is asked at each token.
    pub fn new(config: AuthConfig, now: Clock) -> Result<Self, AuthConfigError> {
        if config.issuer.is_empty() || config.audience.is_empty() {
            return Err(AuthConfigError::IssuerOrAudienceMissing);
        }
        let algorithms = match &config.keys {
            KeySource::Hs256(_) if config.production => return Err(AuthConfigError::SecretInProduction),
            KeySource::Hs256(secret) if secret.len() < SECRET_MIN => {
                return Err(AuthConfigError::SecretTooShort);
            }
            KeySource::Hs256(_) => vec![Algorithm::HS256],
            KeySource::JwksFile(_) | KeySource::JwksUrl { .. } => vec![Algorithm::EdDSA, Algorithm::RS256],
        };
        use_ring();
        let validation = validation(&config, algorithms);
        let lifetime_max_s = config.lifetime_max_s;
        Ok(Self { keys: Keys::new(config.keys, now.clone()), validation, lifetime_max_s, now })
    }

    /// The actor of `token`.
    pub async fn verify(&self, token: &str) -> Result<Verified, Rejection> {
        if token.len() > TOKEN_MAX {
            return Err(Rejection::Invalid);
        }
        let header = decode_header(token).map_err(|_| Rejection::Invalid)?;
        if !self.validation.algorithms.contains(&header.alg) || !is_bearer(header.typ.as_deref()) {
            return Err(Rejection::Invalid);
        }
        let key = match self.keys.find(header.kid.as_deref(), header.alg).await {
            Lookup::Found(key) => key,
            Lookup::Unknown => return Err(Rejection::Invalid),
            Lookup::Unavailable => return Err(Rejection::KeysUnavailable),
        };
        // One key has one algorithm: an RSA key must not check what claims to be EdDSA.
        let validation = Validation { algorithms: vec![header.alg], ..self.validation.clone() };
        let claims = decode::<Claims>(token, &key, &validation).map_err(|_| Rejection::Invalid)?.claims;
        let now = (self.now)();
        if now >= claims.exp.saturating_add(LEEWAY_S) {
            return Err(Rejection::Expired);
        }
        let ahead = |at: Option<i64>| at.is_some_and(|at| now < at.saturating_sub(LEEWAY_S));
        if ahead(claims.nbf) || ahead(claims.iat) || self.lives_too_long(&claims, now) {
            return Err(Rejection::Invalid);
        }
        let expires_at = claims.exp;
        let actor = claims.into_actor().ok_or(Rejection::Invalid)?;
        Ok(Verified { actor, expires_at })
    }

    /// Counted from its beginning, or from now where it names none.
    fn lives_too_long(&self, claims: &Claims, now: i64) -> bool {
        let from = claims.iat.unwrap_or(now).max(now.saturating_sub(self.lifetime_max_s));
        claims.exp.saturating_sub(from) > self.lifetime_max_s.saturating_add(LEEWAY_S)
    }

    /// Seconds since the Unix epoch, on the clock this verifier judges by.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.now)()
    }
}

fn is_bearer(typ: Option<&str>) -> bool {
    typ.is_none_or(|typ| {
        let typ = typ.to_ascii_lowercase();
        TYPES.contains(&typ.strip_prefix("application/").unwrap_or(&typ))
    })
}

/// The library checks signature, issuer and audience; times are checked against our own clock.
fn validation(config: &AuthConfig, algorithms: Vec<Algorithm>) -> Validation {
    let mut validation = Validation::new(algorithms[0]);
    validation.algorithms = algorithms;
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.set_issuer(&[&config.issuer]);
    validation.set_audience(&[&config.audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation
}
