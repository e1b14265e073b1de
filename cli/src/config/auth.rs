//! Settings of the bearer tokens that are accepted.

use std::path::PathBuf;

use api::auth::LIFETIME_MAX_S;
use clap::Args;

use super::problems::{Problems, set};
use super::secret::Secret;

/// Shortest shared secret, in bytes: as long as the hash it feeds (RFC 7518 §3.2).
pub const SECRET_MIN: usize = 32;

/// Longest life of a token, in hours (31 days): what `token` makes for development; more is no session.
pub const TOKEN_HOURS_MAX: u32 = 31 * 24;

/// Settings of authentication, as they were given.
#[derive(Args, Clone, Debug)]
pub struct AuthArgs {
    /// The only issuer (`iss`) accepted
    #[arg(long, env = "PARTNER_CENTER_AUTH_ISSUER", value_name = "ISSUER")]
    #[arg(default_value = "partner-center", help_heading = "Authentication")]
    pub auth_issuer: String,
    /// The audience (`aud`) a token must name
    #[arg(long, env = "PARTNER_CENTER_AUTH_AUDIENCE", value_name = "AUDIENCE")]
    #[arg(default_value = "partner-center", help_heading = "Authentication")]
    pub auth_audience: String,
    /// URL of the JWK set with the issuer's keys (EdDSA or RS256)
    #[arg(long, env = "PARTNER_CENTER_AUTH_JWKS_URL", value_name = "URL", help_heading = "Authentication")]
    pub auth_jwks_url: Option<String>,
    /// File with the JWK set, instead of a URL
    #[arg(long, env = "PARTNER_CENTER_AUTH_JWKS_FILE", value_name = "FILE", help_heading = "Authentication")]
    pub auth_jwks_file: Option<String>,
    /// Longest life of a token, in hours; one that lives longer is refused. Not set: 24 in production, 744 (31 days)
    /// in development
    #[arg(
        long,
        env = "PARTNER_CENTER_AUTH_TOKEN_HOURS",
        value_name = "HOURS",
        help_heading = "Authentication"
    )]
    pub auth_token_hours: Option<String>,
    /// Shared secret (HS256) of at least 32 bytes, for development only
    #[arg(long, env = "PARTNER_CENTER_AUTH_SECRET", hide_env_values = true, value_name = "SECRET")]
    #[arg(help_heading = "Authentication")]
    pub auth_secret: Option<String>,
}

/// Place of the keys that tokens are signed with, checked.
#[derive(Clone, Debug)]
pub enum KeyPlace {
    /// A shared secret.
    Secret(Secret),
    /// Path of a file with a JWK set.
    File(PathBuf),
    /// URL of a JWK set.
    Url(String),
}

/// Settings of authentication, checked.
#[derive(Clone, Debug)]
pub struct Auth {
    /// The only issuer (`iss`) that is accepted.
    pub issuer: String,
    /// The audience (`aud`) that a token must name.
    pub audience: String,
    /// Place of the keys that tokens are checked with.
    pub keys: KeyPlace,
    /// Longest life of a token, in seconds.
    pub lifetime_max_s: i64,
}

impl AuthArgs {
    /// Checks the texts; a shared secret only in `development`.
    pub fn check(&self, development: bool, problems: &mut Problems) -> Option<Auth> {
        let names = [("AUTH_ISSUER", &self.auth_issuer), ("AUTH_AUDIENCE", &self.auth_audience)];
        for (name, text) in names {
            if text.trim().is_empty() {
                problems.add(name, "it must be set, or tokens made for others would be accepted");
            }
        }
        let keys = self.keys(development, problems)?;
        let (issuer, audience) = (self.auth_issuer.trim().to_owned(), self.auth_audience.trim().to_owned());
        Some(Auth { issuer, audience, keys, lifetime_max_s: self.lifetime(development, problems) })
    }

    fn lifetime(&self, development: bool, problems: &mut Problems) -> i64 {
        let hours = match set(self.auth_token_hours.as_ref()) {
            Some(hours) => problems.number("AUTH_TOKEN_HOURS", hours, 1..=TOKEN_HOURS_MAX, "hours"),
            None if development => TOKEN_HOURS_MAX,
            None => return LIFETIME_MAX_S,
        };
        i64::from(hours) * 3600
    }

    fn keys(&self, development: bool, problems: &mut Problems) -> Option<KeyPlace> {
        let url = set(self.auth_jwks_url.as_ref());
        let file = set(self.auth_jwks_file.as_ref());
        let secret = set(self.auth_secret.as_ref());
        match (url, file, secret) {
            (Some(url), None, None) => {
                let plain = development && url.starts_with("http://");
                if !plain && !url.starts_with("https://") {
                    problems.add("AUTH_JWKS_URL", "write an https:// URL");
                }
                Some(KeyPlace::Url(url.to_owned()))
            }
            (None, Some(file), None) => Some(KeyPlace::File(file.into())),
            (None, None, Some(secret)) => {
                if !development {
                    let cure = "a shared secret is for development: set AUTH_JWKS_URL or AUTH_JWKS_FILE instead, \
                                or --mode development";
                    problems.add("AUTH_SECRET", cure);
                }
                if secret.len() < SECRET_MIN {
                    problems.add("AUTH_SECRET", format!("it must have at least {SECRET_MIN} bytes"));
                }
                Some(KeyPlace::Secret(Secret::new(secret)))
            }
            (None, None, None) => {
                let cure = "set it, or AUTH_JWKS_FILE, or for development AUTH_SECRET, so that tokens can be checked";
                problems.add("AUTH_JWKS_URL", cure);
                None
            }
            _ => {
                problems
                    .add("AUTH_JWKS_URL", "set only one of AUTH_JWKS_URL, AUTH_JWKS_FILE and AUTH_SECRET");
                None
            }
        }
    }
}
