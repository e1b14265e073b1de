//! The work of the database by itself with the rows of a month: one table of the same definition, filled in
//! the order of the file, and read once.

use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::kernel::store::query;
use futures_util::StreamExt;
use rusqlite::types::Value;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};
use tests::db::Backend;

use crate::place::{close, file_of, open};

/// Rows kept in memory between reading and writing.
const CHUNK: usize = 50_000;
/// Bytes sent at once.
const SENT: usize = 1 << 16;

/// Name of the baseline [`written`] in the table.
pub(crate) fn name(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "bare prepared inserts",
        Backend::Postgres => "bare binary COPY",
    }
}

/// The time to write the payments of a database into a second table of it, which is dropped again.
pub(crate) async fn written(backend: Backend, url: &str, directory: &Path) -> Result<Duration> {
    match backend {
        Backend::Sqlite => prepared_inserts(&file_of(url)),
        Backend::Postgres => binary_copy(url, &directory.join("rows.pgcopy")).await,
    }
}

/// Prepared inserts in one transaction. The clock stands while the rows are read.
fn prepared_inserts(file: &Path) -> Result<Duration> {
    let source = rusqlite::Connection::open(file)?;
    let target = rusqlite::Connection::open(file)?;
    for (name, value) in [("synchronous", "FULL"), ("temp_store", "MEMORY"), ("cache_size", "-65536")] {
        target.pragma_update(None, name, value)?;
    }
    let sql = "SELECT sql FROM sqlite_schema WHERE name = 'consumption_payment'";
    let create: String = source.query_row(sql, [], |row| row.get(0))?;
    target.execute_batch(&create.replacen("consumption_payment", "bare", 1))?;
    let mut read = source.prepare("SELECT * FROM consumption_payment ORDER BY import_id, line_no")?;
    let width = read.column_count();
    let mut rows = read.query([])?;
    let mut took = Duration::ZERO;
    target.execute_batch("BEGIN IMMEDIATE")?;
    {
        let marks = vec!["?"; width].join(",");
        let mut insert = target.prepare(&format!("INSERT INTO bare VALUES ({marks})"))?;
        loop {
            let mut chunk: Vec<Vec<Value>> = Vec::with_capacity(CHUNK);
            while chunk.len() < CHUNK {
                let Some(row) = rows.next()? else { break };
                chunk.push((0..width).map(|c| row.get(c)).collect::<Result<_, _>>()?);
            }
            if chunk.is_empty() {
                break;
            }
            let begun = Instant::now();
            for row in &chunk {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
            took += begun.elapsed();
        }
    }
    drop(rows);
    drop(read);
    let begun = Instant::now();
    target.execute_batch("COMMIT")?;
    took += begun.elapsed();
    target.execute_batch("DROP TABLE bare; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(took)
}

/// `COPY` of rows that are encoded already.
async fn binary_copy(url: &str, file: &Path) -> Result<Duration> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute("CREATE TABLE bare (LIKE consumption_payment INCLUDING ALL)").await?;
    {
        let sql =
            "COPY (SELECT * FROM consumption_payment ORDER BY import_id, line_no) TO STDOUT (FORMAT binary)";
        let mut rows = connection.copy_out_raw(sql).await?;
        let mut out = BufWriter::new(std::fs::File::create(file)?);
        while let Some(bytes) = rows.next().await {
            out.write_all(&bytes?)?;
        }
        out.flush()?;
    }
    connection.execute("CHECKPOINT").await?;
    let begun = Instant::now();
    let mut copy = connection.copy_in_raw("COPY bare FROM STDIN (FORMAT binary)").await?;
    let mut source = BufReader::with_capacity(SENT, std::fs::File::open(file)?);
    let mut buffer = vec![0; SENT];
    loop {
        let n = source.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        copy.send(&buffer[..n]).await?;
    }
    copy.finish().await?;
    let took = begun.elapsed();
    connection.execute("DROP TABLE bare").await?;
    connection.close().await?;
    std::fs::remove_file(file)?;
    Ok(took)
}

/// The bare as-of aggregation to partner grain, in one statement.
pub(crate) async fn aggregated(url: &str) -> Result<Duration> {
    let store = open(url).await?;
    let begun = Instant::now();
    let sql = "SELECT s.partner_id, s.mode, p.product_id, p.currency, CAST(SUM(p.cash) AS BIGINT), COUNT(*) \
               FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
               JOIN association s ON s.customer_id = a.customer_id AND p.consumed_at >= s.valid_from AND p.consumed_at < s.valid_to \
               WHERE p.month = 202609 GROUP BY s.partner_id, s.mode, p.product_id, p.currency";
    let rows = query(store.db(), sql, []).await?;
    let took = begun.elapsed();
    let counted: i64 = rows.iter().map(|row| row.try_get_by_index::<i64>(5)).sum::<Result<_, _>>()?;
    ensure!(counted > 0, "nothing aggregated");
    close(store).await.context("closing")?;
    Ok(took)
}
