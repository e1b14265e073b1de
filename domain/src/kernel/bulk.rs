//! Writing very many rows in one transaction, beside the pool: prepared statements on SQLite, binary COPY on
//! PostgreSQL. Reads that belong to such a transaction go through the pool while it holds the lock that keeps
//! others from changing what is read: the writer gate on SQLite, the history lock on PostgreSQL.

use sea_orm::DbBackend;
use sea_orm::sqlx::Row as _;
use sea_orm::sqlx::postgres::PgConnection;
use tokio::sync::OwnedMutexGuard;

use crate::kernel::error::{Error, Result};
use crate::kernel::raw;
use crate::kernel::store::{HISTORY_LOCK, Store};

mod postgres;
mod sqlite;

/// The values of one row, in the order of its columns.
pub trait Cells {
    /// Adds a SMALLINT.
    fn i16(&mut self, value: i16) -> Result<()>;
    /// Adds an INTEGER.
    fn i32(&mut self, value: i32) -> Result<()>;
    /// Adds a BIGINT.
    fn i64(&mut self, value: i64) -> Result<()>;
    /// Adds a BOOLEAN.
    fn bool(&mut self, value: bool) -> Result<()>;
    /// Adds a TEXT or NULL.
    fn text(&mut self, value: Option<&str>) -> Result<()>;
    /// Adds a column of raw bytes.
    fn bytes(&mut self, value: &[u8]) -> Result<()>;
    /// Adds a BIGINT or NULL.
    fn maybe_i64(&mut self, value: Option<i64>) -> Result<()>;
}

/// A kind of row that is written in bulk.
pub trait Row: Send + 'static {
    /// Name of the table the rows go to.
    const TABLE: &'static str;
    /// Its columns, comma-separated.
    const COLUMNS: &'static str;
    /// Number of columns in [`Self::COLUMNS`].
    const WIDTH: usize;
    /// Clause for a row that is there already (`ON CONFLICT …`); empty where that is an error.
    const CONFLICT: &'static str;
    /// Gives its values in the order of [`Self::COLUMNS`].
    fn cells(&self, cells: &mut impl Cells) -> Result<()>;
}

/// A batch need not be on the disk before the next one begins: nobody is told that it is there. What says so, the
/// end of the whole work, is committed through the pool, and takes everything before it to the disk.
const LAZY: &str = "SET LOCAL synchronous_commit = off";

/// A connection of its own for writing many rows. Dropping it rolls back what was not committed. After a power failure
/// the last batches may be gone, the latest first, and the work goes on behind what is left.
#[derive(Debug)]
pub struct Bulk {
    store: Store,
    connection: Connection,
    gate: Option<OwnedMutexGuard<()>>,
}

#[derive(Debug)]
enum Connection {
    /// Taken out while a blocking thread works with it.
    Sqlite(Option<rusqlite::Connection>),
    Postgres(Box<PgConnection>),
}

impl Bulk {
    /// Opens the connection.
    pub async fn open(store: &Store) -> Result<Self> {
        Self::connect(store, false).await
    }

    /// Opens one that only looks things up.
    pub async fn open_to_look(store: &Store) -> Result<Self> {
        Self::connect(store, true).await
    }

    async fn connect(store: &Store, read_only: bool) -> Result<Self> {
        let connection = if store.backend() == DbBackend::Sqlite {
            Connection::Sqlite(Some(raw::sqlite(store, read_only)?))
        } else {
            Connection::Postgres(Box::new(raw::postgres(store).await?))
        };
        Ok(Self { store: store.clone(), connection, gate: None })
    }

    /// Begins a transaction that takes facts in: it holds the writer gate, or the history lock shared.
    pub async fn begin(&mut self) -> Result<()> {
        // The gate comes first: who waits there is in line, who waits for SQLite's lock is refused after a while.
        self.gate = self.store.writer_gate().await?;
        match &mut self.connection {
            Connection::Sqlite(_) => {
                self.sqlite(|c| c.execute_batch("BEGIN IMMEDIATE").map_err(raw::sqlite_error)).await
            }
            Connection::Postgres(connection) => {
                let sql = format!("BEGIN; {LAZY}; SELECT pg_advisory_xact_lock_shared({HISTORY_LOCK})");
                postgres::run(connection, sql).await.map(|_| ())
            }
        }
    }

    /// Begins a transaction that only looks things up. SQLite needs none: one statement is one.
    pub async fn begin_looking(&mut self) -> Result<()> {
        match &mut self.connection {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(connection) => {
                postgres::run(connection, "BEGIN".to_owned()).await.map(|_| ())
            }
        }
    }

    /// Makes the changes visible; durable they are with the next commit of the pool.
    pub async fn commit(&mut self) -> Result<()> {
        self.end("COMMIT").await
    }

    /// Gives the changes up.
    pub async fn rollback(&mut self) -> Result<()> {
        self.end("ROLLBACK").await
    }

    async fn end(&mut self, sql: &'static str) -> Result<()> {
        match &mut self.connection {
            Connection::Sqlite(_) => {
                self.sqlite(move |c| c.execute_batch(sql).map_err(raw::sqlite_error)).await?;
            }
            Connection::Postgres(connection) => {
                postgres::run(connection, sql.to_owned()).await?;
            }
        }
        // Not before the transaction has ended: the next in line takes the lock that this one held.
        self.gate = None;
        Ok(())
    }

    /// Writes rows, in their order. Returns how many were inserted or changed.
    pub async fn write<R: Row>(&mut self, rows: Vec<R>) -> Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        match &mut self.connection {
            Connection::Sqlite(_) => self.sqlite(move |c| sqlite::write(c, &rows)).await,
            Connection::Postgres(connection) => postgres::write(connection, &rows).await,
        }
    }

    /// Runs one statement without values that come from outside; returns how many rows it changed.
    pub async fn execute(&mut self, sql: String) -> Result<u64> {
        match &mut self.connection {
            Connection::Sqlite(_) => {
                self.sqlite(move |c| {
                    let changed = c.execute(&sql, []).map_err(raw::sqlite_error)?;
                    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
                })
                .await
            }
            Connection::Postgres(connection) => postgres::run(connection, sql).await,
        }
    }

    /// Reads whole numbers: every row of a query without values that come from outside.
    pub async fn numbers(&mut self, sql: String) -> Result<Vec<i64>> {
        match &mut self.connection {
            Connection::Sqlite(_) => self.sqlite(move |c| sqlite::numbers(c, &sql)).await,
            Connection::Postgres(connection) => {
                let rows = postgres::rows(connection, sql).await?;
                rows.iter().map(|row| row.try_get(0).map_err(raw::sqlx_error)).collect()
            }
        }
    }

    /// Works with the SQLite connection in a thread that may block.
    pub(crate) async fn sqlite<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut rusqlite::Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Connection::Sqlite(slot) = &mut self.connection else {
            return Err(Error::Invariant("not an SQLite connection".into()));
        };
        // The thread owns the connection while it works: if it panics the slot stays empty, and every later call
        // says that the connection was lost instead of going on in the middle of a transaction.
        let mut connection = slot.take().ok_or_else(lost)?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work(&mut connection);
            (connection, done)
        });
        let (connection, done) = working.await.map_err(|_| lost())?;
        *slot = Some(connection);
        done
    }
}

fn lost() -> Error {
    Error::Invariant("a bulk connection was lost in a thread that ended early".into())
}
