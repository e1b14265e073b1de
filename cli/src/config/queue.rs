//! Settings of the queue: bells wait in tables beside the data (SQLite), or in a Redis server (PostgreSQL).

use clap::Args;

use super::database::Database;
use super::problems::{Problems, set};
use super::secret::SecretUrl;

/// Longest prefix of keys, in bytes: it stands in every key.
const NAMESPACE_MAX: usize = 64;

/// Settings of the queue, as they were given.
#[derive(Args, Clone, Debug)]
pub struct QueueArgs {
    /// The Redis server of the queue, with a PostgreSQL database; with SQLite the queue is in the database
    #[arg(long, env = "PARTNER_CENTER_REDIS_URL", hide_env_values = true, value_name = "URL")]
    #[arg(help_heading = "Queue")]
    pub redis_url: Option<String>,
    /// Prefix of every key in Redis, so that several installations can share a server
    #[arg(long, env = "PARTNER_CENTER_QUEUE_NAMESPACE", value_name = "NAME")]
    #[arg(default_value = "partner-center", help_heading = "Queue")]
    pub queue_namespace: String,
}

/// The queue, checked.
#[derive(Clone, Debug)]
pub enum Queue {
    /// In the SQLite database itself.
    Embedded,
    /// On a Redis server.
    Redis {
        /// URL of the Redis server; it may hold a password.
        url: SecretUrl,
        /// Prefix of every key.
        namespace: String,
    },
}

impl QueueArgs {
    /// Checks the texts against the database they go with.
    pub fn check(&self, database: &Database, problems: &mut Problems) -> Queue {
        let namespace = self.queue_namespace.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if namespace.is_empty() || namespace.len() > NAMESPACE_MAX || !namespace.chars().all(plain) {
            let cure = format!("write 1 to {NAMESPACE_MAX} letters, digits, '-', '_' or '.'");
            problems.add("QUEUE_NAMESPACE", cure);
        }
        match (set(self.redis_url.as_ref()), database.is_sqlite()) {
            (None, true) => Queue::Embedded,
            (Some(_), true) => {
                let cure = "SQLite keeps the queue in the database: remove this, or use PostgreSQL";
                problems.add("REDIS_URL", cure);
                Queue::Embedded
            }
            (None, false) => {
                // A URL of neither kind has its own problem already.
                if database.url.expose().starts_with("postgres") {
                    problems.add(
                        "REDIS_URL",
                        "PostgreSQL needs a Redis server for the queue: redis://host:6379/",
                    );
                }
                Queue::Embedded
            }
            (Some(url), false) => {
                if !["redis://", "rediss://"].iter().any(|scheme| url.starts_with(scheme)) {
                    problems.add("REDIS_URL", "write redis://[user:password@]host:port/[database]");
                }
                Queue::Redis { url: SecretUrl::new(url), namespace: namespace.to_owned() }
            }
        }
    }
}
