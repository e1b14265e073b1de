//! Settings of the database, which keeps the truth.

use clap::Args;

use super::problems::Problems;
use super::secret::SecretUrl;

/// Most connections of one process: PostgreSQL's own default limit is 100 for all clients together.
const CONNECTIONS_MAX: u32 = 200;

/// Settings of the database, as they were given.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// The database: `sqlite:PATH` (one process, nothing to install) or `postgres://user:password@host/name`
    #[arg(long, env = "PARTNER_CENTER_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    #[arg(default_value = "sqlite:partner-center.db", help_heading = "Database")]
    pub database_url: String,
    /// Most connections this process opens to the database
    #[arg(long, env = "PARTNER_CENTER_DATABASE_CONNECTIONS", value_name = "COUNT")]
    #[arg(default_value = "16", help_heading = "Database")]
    pub database_connections: String,
}

/// Settings of the database, checked.
#[derive(Clone, Debug)]
pub struct Database {
    /// URL to connect with; it may hold a password.
    pub url: SecretUrl,
    /// Most connections that this process opens.
    pub connections: u32,
}

impl Database {
    /// `true` for the embedded deployment.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.url.expose().starts_with("sqlite:")
    }
}

impl DatabaseArgs {
    /// Checks the texts.
    pub fn check(&self, problems: &mut Problems) -> Database {
        let url = self.database_url.trim();
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if !known.iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len()) {
            let shown = SecretUrl::new(url);
            let cure = format!("\"{shown}\" is neither sqlite:PATH nor postgres://user:password@host/name");
            problems.add("DATABASE_URL", cure);
        }
        let text = &self.database_connections;
        let connections = problems.number("DATABASE_CONNECTIONS", text, 2..=CONNECTIONS_MAX, "connections");
        Database { url: SecretUrl::new(url), connections }
    }
}
