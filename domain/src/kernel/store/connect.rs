//! Opening the pool of either database.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _};
use sea_orm::{DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};

use super::purpose::{ACQUIRE_TIMEOUT, BUSY_TIMEOUT, Purpose};
use crate::kernel::files::Files;

/// Directory of files beside a SQLite database, unless a setting names another.
const FILES_DIRECTORY: &str = "files";

/// A connection that worked this short a time ago is used without asking the server first, which would cost each
/// statement a second round trip. After a restart of the server those few fail once, with an error to retry.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);
/// Prepared statements a connection keeps: the use cases and the most common screens.
const STATEMENTS: usize = 128;
/// Rows that SQLite's thread of a connection may be ahead of who takes them: with a whole page and more, neither waits
/// for the other at each row.
const ROWS_AHEAD: usize = 1_024;
/// Page cache of a connection, in KiB (negative: SQLite's way to say so). Each of the pool may fill its own, and
/// behind it is the page cache of the system.
const CACHE_KIB: &str = "-4096";

/// Opens a SQLite file, made if missing.
pub(super) async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let options: SqliteConnectOptions = url
        .parse()
        .map_err(|e: sea_orm::sqlx::Error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(e))))?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS)
        .row_buffer_size(ROWS_AHEAD)
        .pragma("cache_size", CACHE_KIB)
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file does not hang up.
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(|e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(e))))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// The directory `files` beside a SQLite file; a database in memory has none.
pub(super) fn files_beside(url: &str) -> Result<Files, DbErr> {
    let options: SqliteConnectOptions = url
        .parse()
        .map_err(|e: sea_orm::sqlx::Error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(e))))?;
    let file = options.get_filename();
    if file.as_os_str().is_empty() || url.contains(":memory:") {
        return Ok(Files::default());
    }
    Ok(Files::directory(file.with_file_name(FILES_DIRECTORY)))
}

/// Opens a PostgreSQL database for a purpose.
pub(super) async fn postgres(
    url: &str,
    connections: u32,
    purpose: Purpose,
) -> Result<DatabaseConnection, DbErr> {
    let error = |e| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(e)));
    let options: PgConnectOptions = url.parse().map_err(error)?;
    let options =
        options.options(purpose.settings()).statement_cache_capacity(STATEMENTS).disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, state| {
            Box::pin(async move {
                if state.idle_for >= TRUSTED_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(error)?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}
