//! Connections beside the pool, for work on very many rows: prepared rows and raw stepping on SQLite, COPY on
//! PostgreSQL. A pool moves each value through several hands; these do not.

use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::OpenFlags;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{Connection as _, Error as SqlxError};
use sea_orm::{DbErr, RuntimeErr};

use crate::kernel::error::{Error, Result};
use crate::kernel::store::{BUSY_TIMEOUT, Purpose, Store};

/// Page cache of a connection that writes many rows, in KiB: the pages of a few batches.
const WRITE_CACHE_KIB: i64 = 16 * 1024;
/// Page cache of one that reads them, mostly one after the other.
const READ_CACHE_KIB: i64 = 4 * 1024;
/// Pages of the write-ahead log after which it is copied into the database (128 MiB). Batch after batch changes the
/// same pages of lines: most of them are copied once instead of once a batch.
const LOG_PAGES: i64 = 32 * 1024;

/// A connection of its own to the SQLite file. Write only while holding the store's writer gate.
pub fn sqlite(store: &Store, read_only: bool) -> Result<rusqlite::Connection> {
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    // One thread at a time has the connection: SQLite need not lock it for every value.
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        rusqlite::Connection::open_with_flags(sqlite_path(store)?, flags).map_err(sqlite_error)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(sqlite_error)?;
    connection.set_prepared_statement_cache_capacity(32);
    // NORMAL: a commit is in order, and on the disk with the next one of the pool.
    for (name, value) in [("synchronous", "NORMAL"), ("foreign_keys", "ON"), ("temp_store", "MEMORY")] {
        connection.pragma_update(None, name, value).map_err(sqlite_error)?;
    }
    let cache = if read_only { READ_CACHE_KIB } else { WRITE_CACHE_KIB };
    connection.pragma_update(None, "cache_size", -cache).map_err(sqlite_error)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES).map_err(sqlite_error)?;
    Ok(connection)
}

fn sqlite_path(store: &Store) -> Result<PathBuf> {
    let options: SqliteConnectOptions = store.url().parse().map_err(sqlx_error)?;
    Ok(options.get_filename().to_path_buf())
}

/// A connection of its own to PostgreSQL, with the limits of batch work.
pub async fn postgres(store: &Store) -> Result<PgConnection> {
    let options: PgConnectOptions = store.url().parse().map_err(sqlx_error)?;
    PgConnection::connect_with(&options.options(Purpose::Batch.settings())).await.map_err(sqlx_error)
}

/// SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
const KEY_VIOLATIONS: [i32; 2] = [1555, 2067];

/// Whether a row was there already when it was inserted.
#[must_use]
pub fn is_there_already(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    matches!(error, DbErr::RecordNotInserted)
        || matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// Whether PostgreSQL ended one of two transactions that waited for each other.
#[must_use]
pub fn is_deadlock(error: &Error) -> bool {
    let Error::Unavailable(DbErr::Exec(RuntimeErr::SqlxError(error))) = error else { return false };
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "40P01")
}

/// An error of the raw SQLite driver, as the rest of the program knows database errors: a busy or full
/// database may be there again later.
pub fn sqlite_error(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as E;
    if error.sqlite_error_code() == Some(E::DiskFull) {
        return Error::StorageFull(error.to_string());
    }
    let passing = matches!(
        error.sqlite_error_code(),
        Some(E::DatabaseBusy | E::DatabaseLocked | E::SystemIoFailure | E::CannotOpen)
    );
    if error.sqlite_error().is_some_and(|e| KEY_VIOLATIONS.contains(&e.extended_code)) {
        return Error::Database(DbErr::RecordNotInserted);
    }
    let error = DbErr::Exec(RuntimeErr::Internal(error.to_string()));
    if passing { Error::Unavailable(error) } else { Error::Database(error) }
}

/// An error of sqlx, as the rest of the program knows database errors.
pub fn sqlx_error(error: SqlxError) -> Error {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error))).into()
}
