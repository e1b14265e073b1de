//! The database: one pool, one way to begin a writing transaction, one way to send many rows.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    Statement, TransactionTrait, Value,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::kernel::clock::Clock;
use crate::kernel::error::{Error, Result};
use crate::kernel::files::Files;
use crate::kernel::ids::Ids;
use crate::kernel::news::News;
use crate::kernel::stopping::Stopping;

mod beside;
mod connect;
mod placeholders;
mod purpose;
pub use placeholders::{join_from_keys, many_placeholders, placeholders, placeholders_behind};
pub use purpose::{
    ACQUIRE_TIMEOUT, BATCH_GATE_TIMEOUT, BATCH_IDLE_IN_TRANSACTION_TIMEOUT, BATCH_LOCK_TIMEOUT,
    BATCH_STATEMENT_TIMEOUT, BUSY_TIMEOUT, IDLE_IN_TRANSACTION_TIMEOUT, LOCK_TIMEOUT, Purpose,
    STATEMENT_TIMEOUT,
};

/// How long work in hand waits for a database that is away, to write down how it stands: below its lease.
const BACK_WITHIN: Duration = Duration::from_secs(30);
/// Pace of looking for it.
const BACK_LOOK_EVERY: Duration = Duration::from_millis(500);
/// Bind parameters of one statement: SQLite's limit is 32,766, PostgreSQL's 65,535.
const MAX_BINDS: usize = 32_000;
/// Rows of one multi-row statement: beyond this a longer statement gains nothing.
const MAX_ROWS: usize = 500;

/// Key of the advisory lock that keeps intake of facts and changes of history apart: any number that no other
/// lock of the database uses ("PCHI").
pub(crate) const HISTORY_LOCK: i64 = 0x5043_4849;

/// The database with the clock and the keys that go with it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    /// Where the database is, for connections beside the pool.
    url: Arc<str>,
    /// SQLite has one writer: they queue here, in order, instead of polling the lock.
    writer: Option<Arc<Mutex<()>>>,
    purpose: Purpose,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Where new keys come from.
    pub ids: Ids,
    /// Whether this process was asked to stop.
    pub stopping: Stopping,
    /// Where the bytes of files are: beside a SQLite file, nowhere with PostgreSQL, unless [`Self::with_files`] says.
    pub files: Files,
    /// Whether there are new events.
    pub news: News,
}

impl Store {
    /// Connects to `sqlite:PATH` (made if missing) or `postgres://…` with at most `connections`, for batch work.
    pub async fn connect(url: &str, connections: u32, clock: Clock, ids: Ids) -> Result<Self> {
        Self::connect_for(Purpose::Batch, url, connections, clock, ids).await
    }

    /// The same for a purpose.
    pub async fn connect_for(
        purpose: Purpose,
        url: &str,
        connections: u32,
        clock: Clock,
        ids: Ids,
    ) -> Result<Self> {
        let sqlite = url.starts_with("sqlite:");
        let db = if sqlite {
            connect::sqlite(url, connections).await?
        } else {
            connect::postgres(url, connections, purpose).await?
        };
        let stopping = Stopping::default();
        let files = if sqlite { connect::files_beside(url)? } else { Files::default() };
        let (url, writer) = (url.into(), sqlite.then(Arc::default));
        Ok(Self { db, url, writer, purpose, clock, ids, stopping, files, news: News::default() })
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    /// The connection pool, for reading.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// The queue of SQLite's writers; nothing on PostgreSQL. Whoever writes beside the pool holds it. Nobody stands
    /// in it for ever.
    pub(crate) async fn writer_gate(&self) -> Result<Option<OwnedMutexGuard<()>>> {
        let Some(writer) = &self.writer else { return Ok(None) };
        let turn = tokio::time::timeout(self.purpose.gate_timeout(), Arc::clone(writer).lock_owned()).await;
        Ok(Some(turn.map_err(|_| DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout))?))
    }

    /// Begins a transaction that will write. On SQLite it holds the write lock from here on.
    pub async fn begin(&self) -> Result<Tx> {
        let gate = self.writer_gate().await?;
        let inner = if gate.is_some() {
            let options = sea_orm::TransactionOptions {
                sqlite_transaction_mode: Some(sea_orm::SqliteTransactionMode::Immediate),
                ..Default::default()
            };
            self.db.begin_with_options(options).await?
        } else {
            self.db.begin().await?
        };
        Ok(Tx { inner, _gate: gate, news: self.news.clone(), tells: AtomicBool::new(false) })
    }

    /// Runs one statement, waiting a while for a database that is away: what is held would otherwise be nobody's
    /// until its lease ends.
    pub(crate) async fn exec_when_back<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<()> {
        let mut waited = Duration::ZERO;
        loop {
            match exec(&self.db, sql, values.clone()).await {
                Err(Error::Unavailable(_)) if waited < BACK_WITHIN && !self.stopping.is_asked() => {
                    tokio::time::sleep(BACK_LOOK_EVERY).await;
                    waited += BACK_LOOK_EVERY;
                }
                ended => return ended.map(drop),
            }
        }
    }
}

/// A writing transaction. Dropping it rolls back.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    _gate: Option<OwnedMutexGuard<()>>,
    news: News,
    tells: AtomicBool,
}

impl Tx {
    /// Makes the changes durable.
    pub async fn commit(self) -> Result<()> {
        let Self { inner, _gate, news, tells } = self;
        inner.commit().await?;
        if tells.into_inner() {
            news.committed();
        }
        Ok(())
    }

    /// Gives the changes up. Dropping does the same; this waits for it.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.inner.rollback().await?)
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    /// `sql`, which selects rows, so that it holds them until the transaction ends. SQLite has one writer anyway.
    #[must_use]
    pub fn holding(&self, sql: &str) -> String {
        if self.backend() == DbBackend::Postgres { format!("{sql} FOR UPDATE") } else { sql.to_owned() }
    }

    /// Like [`Tx::holding`], passing over what somebody else holds.
    #[must_use]
    pub fn holding_free(&self, sql: &str) -> String {
        let held = self.holding(sql);
        if self.backend() == DbBackend::Postgres { format!("{held} SKIP LOCKED") } else { held }
    }

    /// The commit of this transaction is news.
    pub(crate) fn tells(&self) {
        self.tells.store(true, Ordering::Relaxed);
    }

    /// The transaction as SeaORM knows it.
    #[must_use]
    pub fn orm(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Keeps changes of who-had-whom and intake of facts apart: intake holds the lock shared, a change of
    /// history holds it alone, until the transaction ends. SQLite has one writer anyway.
    pub async fn lock_history(&self, exclusive: bool) -> Result<()> {
        if self.inner.get_database_backend() == DbBackend::Postgres {
            let function = if exclusive { "pg_advisory_xact_lock" } else { "pg_advisory_xact_lock_shared" };
            exec(&self.inner, &format!("SELECT {function}($1)"), [HISTORY_LOCK.into()]).await?;
        }
        Ok(())
    }
}

/// Runs one statement; placeholders are `$1`, `$2`, … on both databases.
pub async fn exec<C: ConnectionTrait>(
    connection: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<ExecResult> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.execute_raw(statement).await?)
}

/// Reads every row of a query; for bounded results only.
pub async fn query<C: ConnectionTrait>(
    connection: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.query_all_raw(statement).await?)
}

/// Reads the first row of a query.
pub async fn query_one<C: ConnectionTrait>(
    connection: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.query_one_raw(statement).await?)
}

/// Sends rows of `width` values each through `{head} VALUES (…),(…) {tail}` in as few statements as the
/// limits allow. Returns how many rows the database says it changed.
pub async fn insert_rows<C: ConnectionTrait>(
    connection: &C,
    head: &str,
    width: usize,
    values: Vec<Value>,
    tail: &str,
) -> Result<u64> {
    let mut changed = 0;
    let mut statements = Statements::new(head, width, values, tail);
    while let Some((sql, chunk)) = statements.next(connection) {
        changed += exec(connection, sql, chunk).await?.rows_affected();
    }
    Ok(changed)
}

/// As [`insert_rows`], with a `tail` that returns rows.
pub async fn insert_returning<C: ConnectionTrait>(
    connection: &C,
    head: &str,
    width: usize,
    values: Vec<Value>,
    tail: &str,
) -> Result<Vec<QueryResult>> {
    let mut rows = Vec::new();
    let mut statements = Statements::new(head, width, values, tail);
    while let Some((sql, chunk)) = statements.next(connection) {
        rows.extend(query(connection, sql, chunk).await?);
    }
    Ok(rows)
}

/// Cuts many rows into statements; all but the last have the same text.
struct Statements<'a> {
    head: &'a str,
    tail: &'a str,
    width: usize,
    per_statement: usize,
    values: std::vec::IntoIter<Value>,
    sql: String,
    sql_rows: usize,
}

impl<'a> Statements<'a> {
    fn new(head: &'a str, width: usize, values: Vec<Value>, tail: &'a str) -> Self {
        let per_statement = (MAX_BINDS / width).clamp(1, MAX_ROWS);
        Self { head, tail, width, per_statement, values: values.into_iter(), sql: String::new(), sql_rows: 0 }
    }

    fn next<C: ConnectionTrait>(&mut self, connection: &C) -> Option<(&str, Vec<Value>)> {
        let chunk: Vec<Value> = self.values.by_ref().take(self.per_statement * self.width).collect();
        let rows = chunk.len() / self.width;
        if rows == 0 {
            return None;
        }
        if rows != self.sql_rows {
            self.sql = format!(
                "{} VALUES {} {}",
                self.head,
                many_placeholders(connection, rows, self.width),
                self.tail
            );
            self.sql_rows = rows;
        }
        Some((&self.sql, chunk))
    }
}
