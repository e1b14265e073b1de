//! The instant that is verified. Everything is read as of it, through several connections, while others write.

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, TransactionTrait,
};

use crate::kernel::error::{Error, Result};
use crate::kernel::raw;
use crate::kernel::store::{Store, query_one};
use crate::kernel::stream::Reader;

/// Readers of one verification: each keeps a thread of ours busy, and on PostgreSQL a server process.
const READERS: usize = 2;

/// A transaction that only reads, and readers that see what it sees.
pub(super) struct Instant {
    /// For small results.
    pub(super) tx: DatabaseTransaction,
    /// For large ones: as many as it has parts.
    pub(super) readers: Vec<Reader>,
}

impl Instant {
    /// Takes hold of now.
    pub(super) async fn take(store: &Store) -> Result<Self> {
        match store.backend() {
            DbBackend::Postgres => postgres(store).await,
            _ => sqlite(store).await,
        }
    }
}

async fn postgres(store: &Store) -> Result<Instant> {
    let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
    let tx = store.db().begin_with_config(Some(level), Some(mode)).await?;
    // It is silent while the readers read; a verification that takes long is not cut off for it.
    tx.execute_unprepared("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    let row = query_one(&tx, "SELECT pg_export_snapshot()", []).await?;
    let row = row.ok_or_else(|| Error::Invariant("no snapshot was exported".into()))?;
    let snapshot: String = row.try_get_by_index(0)?;
    let mut readers = Vec::new();
    for _ in 0..READERS {
        readers.push(Reader::take(store, Some(&snapshot)).await?);
    }
    Ok(Instant { tx, readers })
}

/// SQLite has no name for an instant: the write lock is held for as long as a few connections take to look, so
/// that nobody, in no process, commits between them.
async fn sqlite(store: &Store) -> Result<Instant> {
    let gate = store.writer_gate().await?;
    let held = {
        let store = store.clone();
        let hold = move || {
            let connection = raw::sqlite(&store, false)?;
            connection.execute_batch("BEGIN IMMEDIATE").map_err(raw::sqlite_error)?;
            Ok::<_, Error>(connection)
        };
        tokio::task::spawn_blocking(hold).await.map_err(|e| Error::Invariant(e.to_string()))??
    };
    let tx = store.db().begin().await?;
    tx.execute_unprepared("SELECT id FROM programme").await?;
    let mut readers = Vec::with_capacity(READERS);
    for _ in 0..READERS {
        readers.push(Reader::take(store, None).await?);
    }
    held.execute_batch("ROLLBACK").map_err(raw::sqlite_error)?;
    drop(gate);
    Ok(Instant { tx, readers })
}
