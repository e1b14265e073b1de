//! The same database otherwise: with another pool, with files elsewhere.

use super::{Purpose, Store, connect};
use crate::kernel::error::Result;
use crate::kernel::files::Files;

impl Store {
    /// URL of the database, for connections that the pool does not hold.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The same store with its files elsewhere.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files, ..self }
    }

    /// A store on the same database with a pool for another purpose, which stops together with this one. On SQLite
    /// it shares the pool.
    pub async fn beside(&self, purpose: Purpose, connections: u32) -> Result<Self> {
        if self.writer.is_some() {
            return Ok(Self { purpose, ..self.clone() });
        }
        let db = connect::postgres(&self.url, connections, purpose).await?;
        Ok(Self { db, purpose, ..self.clone() })
    }
}
