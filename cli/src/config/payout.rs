//! Settings of the payout gateway.

use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use clap::Args;
use domain::Clock;
use domain::money::payout::Gateway;
use domain::money::payout::signature::SECRET_MIN;
use worker::payout_gateway;

use super::problems::{Problems, set};
use super::secret::Secret;

/// Longest time one request to the gateway may take, in seconds: an order asks some times within its lease.
const TIMEOUT_MAX_S: u32 = 15;

/// The payout gateway.
#[derive(Args, Clone, Debug)]
pub struct PayoutArgs {
    /// URL of the payout gateway (docs/payout-gateway.md); `sandbox` pays nothing and answers as told; orders wait if not set (in development: sandbox)
    #[arg(long, env = "PARTNER_CENTER_PAYOUT_GATEWAY", value_name = "URL", help_heading = "Payouts")]
    pub payout_gateway: Option<String>,
    /// Secret shared with the gateway, at least 32 bytes: it signs what is sent and proves what comes in
    #[arg(long, env = "PARTNER_CENTER_PAYOUT_SECRET", hide_env_values = true, value_name = "SECRET")]
    #[arg(help_heading = "Payouts")]
    pub payout_secret: Option<String>,
    /// Longest time one request to the gateway may take, in seconds
    #[arg(long, env = "PARTNER_CENTER_PAYOUT_TIMEOUT_SECONDS", value_name = "SECONDS")]
    #[arg(default_value = "10", help_heading = "Payouts")]
    pub payout_timeout_seconds: String,
}

/// The payout gateway, checked.
#[derive(Clone, Debug)]
pub enum Payout {
    /// Nowhere: orders wait.
    None,
    /// To the sandbox.
    Sandbox,
    /// To a gateway.
    Http {
        /// Base URL of the gateway.
        url: String,
        /// The shared secret.
        secret: Secret,
        /// Longest time of a request.
        timeout: Duration,
    },
}

impl PayoutArgs {
    /// Checks the texts; in `development` the sandbox is what is used if nothing is said.
    pub fn check(&self, development: bool, problems: &mut Problems) -> Payout {
        let timeout = &self.payout_timeout_seconds;
        let timeout = problems.number("PAYOUT_TIMEOUT_SECONDS", timeout, 1..=TIMEOUT_MAX_S, "seconds");
        let secret = set(self.payout_secret.as_ref());
        match set(self.payout_gateway.as_ref()) {
            None if development => Payout::Sandbox,
            None => Payout::None,
            Some("sandbox") => Payout::Sandbox,
            Some(url) => {
                if !(url.starts_with("https://") || is_local(url)) || url.contains(['?', '#', '@']) {
                    let cure = "write an https:// URL without query, or sandbox";
                    problems.add("PAYOUT_GATEWAY", cure);
                }
                if secret.is_none_or(|secret| secret.len() < SECRET_MIN) {
                    let cure = format!("set a secret of at least {SECRET_MIN} bytes that the gateway shares");
                    problems.add("PAYOUT_SECRET", cure);
                }
                Payout::Http {
                    url: url.to_owned(),
                    secret: Secret::new(secret.unwrap_or_default()),
                    timeout: Duration::from_secs(u64::from(timeout)),
                }
            }
        }
    }
}

/// A gateway on this machine may be reached without TLS.
fn is_local(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or("").split(['/', ':']).next().unwrap_or("");
    ["127.0.0.1", "localhost"].contains(&host)
}

impl Payout {
    /// The gateway itself; what it is sent is signed with the time of `clock`.
    pub fn gateway(&self, clock: &Clock) -> anyhow::Result<Gateway> {
        Ok(match self {
            Self::None => Gateway::None,
            Self::Sandbox => Gateway::Sandbox,
            Self::Http { url, secret, timeout } => {
                payout_gateway(url, secret.expose().as_bytes(), *timeout, clock.clone())
                    .map_err(|error| anyhow!("The payout gateway cannot be used: {error}"))?
            }
        })
    }

    /// Secret that signs messages of the gateway; none without one over HTTP.
    #[must_use]
    pub fn secret(&self) -> Option<Arc<[u8]>> {
        match self {
            Self::Http { secret, .. } => Some(secret.expose().as_bytes().into()),
            Self::None | Self::Sandbox => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(gateway: &str, secret: &str, seconds: &str) -> PayoutArgs {
        PayoutArgs {
            payout_gateway: Some(gateway.into()),
            payout_secret: Some(secret.into()),
            payout_timeout_seconds: seconds.into(),
        }
    }

    fn sound(args: &PayoutArgs) -> bool {
        let mut problems = Problems::default();
        args.check(false, &mut problems);
        problems.finish(Some(())).is_ok()
    }

    #[test]
    fn a_gateway_needs_tls_and_a_secret_of_32_bytes() {
        let secret = "s".repeat(SECRET_MIN);
        assert!(sound(&args("https://payouts.example.com/v1", &secret, "10")));
        assert!(!sound(&args("https://payouts.example.com", &secret[1..], "10")));
        for (url, right) in [
            ("http://127.0.0.1:9000", true),
            ("http://payouts.example.com", false),
            ("https://payouts.example.com?x=1", false),
            ("https://user:word@payouts.example.com", false),
            ("nonsense", false),
            ("sandbox", true),
            ("", true),
        ] {
            assert_eq!(sound(&args(url, &secret, "10")), right, "{url}");
        }
        for (seconds, right) in [("0", false), ("1", true), ("15", true), ("16", false)] {
            assert_eq!(sound(&args("sandbox", "", seconds)), right, "{seconds}");
        }
    }

    #[test]
    fn without_a_setting_orders_wait_and_in_development_the_sandbox_answers() {
        let mut problems = Problems::default();
        assert!(matches!(args("", "", "10").check(false, &mut problems), Payout::None));
        assert!(matches!(args("", "", "10").check(true, &mut problems), Payout::Sandbox));
    }
}
