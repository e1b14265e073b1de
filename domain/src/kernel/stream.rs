//! Very many rows, one after the other, without an allocation a row: raw stepping on SQLite, COPY on PostgreSQL.
//! A reader sees one instant, however long it reads. It belongs in a thread that may block.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::TryStreamExt as _;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::sqlx::{AssertSqlSafe, raw_sql};
use sea_orm::{DbBackend, DbErr};
use tokio::runtime::{Builder, Runtime};

use crate::kernel::error::{Error, Result};
use crate::kernel::raw;
use crate::kernel::store::Store;

mod row;
pub use row::Row;

/// Rows between two looks whether anybody still waits for the answer.
const LOOK: u64 = 4_096;

/// The instant of a transaction is that of its first look.
const LOOK_NOW: &str = "SELECT id FROM programme";
const SQLITE_BEGIN: &str = "BEGIN; SELECT id FROM programme";
const POSTGRES_BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A connection that reads streams of rows, all as of one instant.
#[derive(Debug)]
pub struct Reader {
    source: Source,
    given_up: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Source {
    /// In a lock that nobody contends for, so that tasks may pass readers around.
    Sqlite(Mutex<rusqlite::Connection>),
    /// The connection is driven by the thread that reads: nobody has to be woken for a row.
    Postgres { connection: PgConnection, runtime: Option<Runtime> },
}

impl Reader {
    /// Connects and takes hold of the instant: of now, or on PostgreSQL of an exported `snapshot`. Blocks.
    pub fn open(store: &Store, snapshot: Option<&str>) -> Result<Self> {
        let source = match store.backend() {
            DbBackend::Postgres => postgres(store, snapshot)?,
            _ => sqlite(store)?,
        };
        Ok(Self { source, given_up: Arc::default() })
    }

    /// As [`Self::open`], in a thread that may block.
    pub async fn take(store: &Store, snapshot: Option<&str>) -> Result<Self> {
        let (store, snapshot) = (store.clone(), snapshot.map(str::to_owned));
        in_thread(move || Self::open(&store, snapshot.as_deref())).await
    }

    /// Runs `work` with this reader in a thread that may block, and gives the reader back. If nobody waits for
    /// the answer any more, the work ends at one of its next rows.
    pub async fn with<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&mut Self) -> Result<T> + Send + 'static,
    ) -> Result<(Self, T)> {
        let mut waiting = GiveUp(Some(Arc::clone(&self.given_up)));
        let done = in_thread(move || work(&mut self).map(|answer| (self, answer))).await;
        waiting.0 = None;
        done
    }

    /// Leaves the instant for the one of now. Blocks.
    pub fn renew(&mut self) -> Result<()> {
        match &mut self.source {
            Source::Sqlite(connection) => {
                let connection = connection.get_mut().unwrap_or_else(PoisonError::into_inner);
                connection
                    .execute_batch("ROLLBACK")
                    .and_then(|()| connection.execute_batch(SQLITE_BEGIN))
                    .map_err(raw::sqlite_error)
            }
            Source::Postgres { connection, runtime } => {
                let Some(runtime) = runtime else { return Err(row::torn()) };
                let sql = format!("ROLLBACK; {POSTGRES_BEGIN}; {LOOK_NOW}");
                let done = runtime.block_on(raw_sql(AssertSqlSafe(sql)).execute(connection));
                done.map(|_| ()).map_err(raw::sqlx_error)
            }
        }
    }

    /// Gives every row of `sql` to `row`, and says how many there were. `$1`, `$2`, … stand for `numbers`.
    pub fn each(
        &mut self,
        sql: &str,
        numbers: &[i64],
        mut row: impl FnMut(&mut Row<'_>) -> Result<()>,
    ) -> Result<u64> {
        let mut rows = 0;
        let given_up = Arc::clone(&self.given_up);
        let mut counted = |one: &mut Row<'_>| {
            rows += 1;
            if rows % LOOK == 0 && given_up.load(Ordering::Relaxed) {
                return Err(Error::Unavailable(DbErr::Custom("nobody waits for the answer".into())));
            }
            row(one)
        };
        match &mut self.source {
            Source::Sqlite(connection) => {
                let connection = connection.get_mut().unwrap_or_else(PoisonError::into_inner);
                step(connection, sql, numbers, &mut counted)?;
            }
            Source::Postgres { connection, runtime } => {
                let Some(runtime) = runtime else { return Err(row::torn()) };
                let copy = format!("COPY ({}) TO STDOUT (FORMAT BINARY)", inlined(sql, numbers));
                runtime.block_on(copy_out(connection, &copy, &mut counted))?;
            }
        }
        Ok(rows)
    }

    /// Kind of database that the stream reads from.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        match self.source {
            Source::Sqlite(_) => DbBackend::Sqlite,
            Source::Postgres { .. } => DbBackend::Postgres,
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // A runtime that is dropped waits for its threads; this one has none, but tasks must not wait.
        if let Source::Postgres { runtime, .. } = &mut self.source
            && let Some(runtime) = runtime.take()
        {
            runtime.shutdown_background();
        }
    }
}

async fn in_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::Invariant(format!("a reading thread ended: {e}")))?
}

/// Says on its way out that nobody waits any more.
struct GiveUp(Option<Arc<AtomicBool>>);

impl Drop for GiveUp {
    fn drop(&mut self) {
        if let Some(given_up) = &self.0 {
            given_up.store(true, Ordering::Relaxed);
        }
    }
}

fn sqlite(store: &Store) -> Result<Source> {
    let connection = raw::sqlite(store, true)?;
    connection.execute_batch(SQLITE_BEGIN).map_err(raw::sqlite_error)?;
    Ok(Source::Sqlite(Mutex::new(connection)))
}

fn postgres(store: &Store, snapshot: Option<&str>) -> Result<Source> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let begin = match snapshot {
        // Names of snapshots are made of hexadecimal digits and hyphens.
        Some(name) if name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') => {
            format!("{POSTGRES_BEGIN}; SET TRANSACTION SNAPSHOT '{name}'")
        }
        Some(name) => return Err(Error::Invariant(format!("{name} names no snapshot"))),
        None => format!("{POSTGRES_BEGIN}; {LOOK_NOW}"),
    };
    let connection = runtime.block_on(async {
        let mut connection = raw::postgres(store).await?;
        raw_sql(AssertSqlSafe(begin)).execute(&mut connection).await.map_err(raw::sqlx_error)?;
        Ok::<_, Error>(connection)
    })?;
    Ok(Source::Postgres { connection, runtime: Some(runtime) })
}

fn step(
    connection: &rusqlite::Connection,
    sql: &str,
    numbers: &[i64],
    each: &mut impl FnMut(&mut Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).map_err(raw::sqlite_error)?;
    let mut rows = statement.query(rusqlite::params_from_iter(numbers)).map_err(raw::sqlite_error)?;
    while let Some(row) = rows.next().map_err(raw::sqlite_error)? {
        each(&mut Row::sqlite(row))?;
    }
    Ok(())
}

/// COPY takes no parameters: numbers are written where they stand, the last first, so that `$1` is not found
/// in `$12`.
fn inlined(sql: &str, numbers: &[i64]) -> String {
    let numbered = numbers.iter().enumerate().rev();
    numbered
        .fold(sql.to_owned(), |sql, (i, number)| sql.replace(&format!("${}", i + 1), &format!("({number})")))
}

async fn copy_out(
    connection: &mut PgConnection,
    copy: &str,
    each: &mut impl FnMut(&mut Row<'_>) -> Result<()>,
) -> Result<()> {
    /// Signature, flags and length of an extension that does not exist.
    const HEAD: usize = 19;
    let mut stream = connection.copy_out_raw(copy).await.map_err(raw::sqlx_error)?;
    let mut head = HEAD;
    while let Some(message) = stream.try_next().await.map_err(raw::sqlx_error)? {
        let mut rest: &[u8] = message.get(head..).ok_or_else(row::torn)?;
        head = 0;
        while !rest.is_empty() {
            // A row begins with the number of its columns; the end of all rows with a number below zero.
            let (columns, fields) = rest.split_first_chunk::<2>().ok_or_else(row::torn)?;
            if i16::from_be_bytes(*columns) < 0 {
                break;
            }
            let mut row = Row::postgres(fields);
            each(&mut row)?;
            rest = row.rest()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_where_their_placeholder_stood() {
        let numbers: Vec<i64> = (1..=12).map(|n| -n).collect();
        assert_eq!(inlined("a = $1 AND l = $12 AND b = $2", &numbers), "a = (-1) AND l = (-12) AND b = (-2)");
    }
}
