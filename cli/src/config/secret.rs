//! Values that must not be seen in logs, errors or the output of `config`.

use std::fmt;

/// Text that is shown in the place of a secret.
const REDACTED: &str = "[redacted]";

/// A text that prints as `[redacted]`, however it is printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text` from logs, errors and output.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// A URL that prints without its password and without what follows `?`, where drivers take passwords too.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// Hides the secrets of `url`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// The URL itself, for the driver.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_url(&self.0))
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_url(&self.0))
    }
}

/// `url` with its password replaced, and its query too unless it is SQLite's (`mode=rwc`).
#[must_use]
pub(crate) fn redact_url(url: &str) -> String {
    let (main, query) = url.split_once('?').map_or((url, None), |(main, query)| (main, Some(query)));
    let mut text = match main.split_once("://") {
        Some((scheme, rest)) => match rest.rsplit_once('@') {
            Some((login, place)) => {
                let user = login.split_once(':').map_or(login, |(user, _)| user);
                let password = if login.contains(':') { format!(":{REDACTED}") } else { String::new() };
                format!("{scheme}://{user}{password}@{place}")
            }
            None => main.to_owned(),
        },
        None => main.to_owned(),
    };
    if let Some(query) = query {
        text.push('?');
        text.push_str(if url.starts_with("sqlite:") { query } else { REDACTED });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "[redacted] [redacted]");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn a_url_prints_without_its_password() {
        for (url, printed) in [
            ("postgres://pc:p@ss@db:5432/pc", "postgres://pc:[redacted]@db:5432/pc"),
            ("postgres://pc@db/pc?password=x", "postgres://pc@db/pc?[redacted]"),
            ("redis://:s3cret@cache:6379/1", "redis://:[redacted]@cache:6379/1"),
            ("redis://cache:6379/", "redis://cache:6379/"),
            ("sqlite://data/pc.db?mode=rwc", "sqlite://data/pc.db?mode=rwc"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(format!("{:?}", SecretUrl::new(url)), printed);
        }
    }
}
