//! The baseline of an export: the database writes the same columns, and nothing else is done. Both end when
//! the file is on the disk.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::TryStreamExt as _;
use rusqlite::types::ValueRef;
use sqlx::{Connection as _, PgConnection};
use tests::db::Backend;

use crate::place::file_of;
use crate::setting::MONTH;

/// The columns of an export of lines, names included.
const LINES: &str = "SELECT l.month, l.origin_month, l.partner_id, p.name, l.bill_to_id, t.name, l.customer_id, c.name, \
    l.mode, d.code, d.name, d.class, l.charging_mode, l.reason, l.amount, l.currency, l.payments \
    FROM performance_line l LEFT JOIN partner p ON p.id = l.partner_id LEFT JOIN partner t ON t.id = l.bill_to_id \
    JOIN customer c ON c.id = l.customer_id JOIN product d ON d.id = l.product_id";

/// Writes them to `path` without the product.
pub(crate) async fn written(backend: Backend, url: &str, path: &Path) -> Result<Duration> {
    let sql = format!("{LINES} WHERE l.month = {}", MONTH.0);
    match backend {
        Backend::Postgres => copied(url, &sql, path).await,
        Backend::Sqlite => stepped(url, &sql, path),
    }
}

async fn copied(url: &str, sql: &str, path: &Path) -> Result<Duration> {
    let mut connection = PgConnection::connect(url).await?;
    let begun = Instant::now();
    let mut file = BufWriter::new(File::create(path)?);
    let mut rows = connection.copy_out_raw(&format!("COPY ({sql}) TO STDOUT (FORMAT CSV)")).await?;
    while let Some(row) = rows.try_next().await? {
        file.write_all(&row)?;
    }
    file.into_inner().map_err(|e| e.into_error())?.sync_all()?;
    Ok(begun.elapsed())
}

fn stepped(url: &str, sql: &str, path: &Path) -> Result<Duration> {
    let connection = rusqlite::Connection::open(file_of(url))?;
    let begun = Instant::now();
    let mut file = BufWriter::new(File::create(path)?);
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            if column > 0 {
                file.write_all(b",")?;
            }
            match row.get_ref(column)? {
                ValueRef::Integer(number) => write!(file, "{number}")?,
                ValueRef::Text(text) => file.write_all(text)?,
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => {}
            }
        }
        file.write_all(b"\r\n")?;
    }
    file.into_inner().map_err(|e| e.into_error())?.sync_all()?;
    Ok(begun.elapsed())
}
