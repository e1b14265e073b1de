//! Rows through binary COPY: straight into the table, or by way of a temporary one where a row may be there
//! already; a few rows in one INSERT.

use sea_orm::sqlx::postgres::{PgConnection, PgRow};
use sea_orm::sqlx::{AssertSqlSafe, raw_sql};

use super::{Cells, Row};
use crate::kernel::error::{Error, Result};
use crate::kernel::hex::hex;
use crate::kernel::raw::sqlx_error;

/// Bytes sent at once.
const SEND_BYTES: usize = 256 * 1024;
/// Signature, flags and length of the header extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// So few rows go as text in one statement: COPY ends with two small messages, for the second of which the network
/// may wait 40 ms.
const FEW: usize = 100;
/// Length of a NULL.
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

/// Writes rows in their order; returns how many were inserted or changed.
pub(super) async fn write<R: Row>(connection: &mut PgConnection, rows: &[R]) -> Result<u64> {
    if rows.len() <= FEW {
        return insert(connection, rows).await;
    }
    if R::CONFLICT.is_empty() {
        return copy(connection, R::TABLE, rows).await;
    }
    let (table, columns) = (R::TABLE, R::COLUMNS);
    let sql = format!("CREATE TEMP TABLE IF NOT EXISTS bulk_{table} (LIKE {table}) ON COMMIT DELETE ROWS");
    run(connection, sql).await?;
    copy(connection, &format!("bulk_{table}"), rows).await?;
    let sql = format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM bulk_{table} {}", R::CONFLICT);
    let changed = run(connection, sql).await?;
    run(connection, format!("TRUNCATE bulk_{table}")).await?;
    Ok(changed)
}

/// Runs statements that hold no value from outside; returns how many rows the last one changed.
pub(super) async fn run(connection: &mut PgConnection, sql: String) -> Result<u64> {
    let done = raw_sql(AssertSqlSafe(sql)).execute(connection).await.map_err(sqlx_error)?;
    Ok(done.rows_affected())
}

/// Reads every row of a query that holds no value from outside.
pub(super) async fn rows(connection: &mut PgConnection, sql: String) -> Result<Vec<PgRow>> {
    raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.map_err(sqlx_error)
}

/// Sends rows into `table`.
pub(super) async fn copy<R: Row>(connection: &mut PgConnection, table: &str, rows: &[R]) -> Result<u64> {
    let sql = format!("COPY {table} ({}) FROM STDIN (FORMAT BINARY)", R::COLUMNS);
    let mut copy = connection.copy_in_raw(&sql).await.map_err(sqlx_error)?;
    let width = i16::try_from(R::WIDTH).map_err(|_| Error::Invariant("a table is too wide".into()))?;
    let mut buffer = Buffer(Vec::with_capacity(SEND_BYTES + SEND_BYTES / 8));
    buffer.0.extend_from_slice(HEADER);
    for row in rows {
        buffer.0.extend_from_slice(&width.to_be_bytes());
        row.cells(&mut buffer)?;
        if buffer.0.len() >= SEND_BYTES {
            copy.send(buffer.0.as_slice()).await.map_err(sqlx_error)?;
            buffer.0.clear();
        }
    }
    buffer.0.extend_from_slice(&(-1_i16).to_be_bytes());
    copy.send(buffer.0.as_slice()).await.map_err(sqlx_error)?;
    copy.finish().await.map_err(sqlx_error)
}

/// Sends a few rows in one statement.
async fn insert<R: Row>(connection: &mut PgConnection, rows: &[R]) -> Result<u64> {
    let mut text = Literals(format!("INSERT INTO {} ({}) VALUES ", R::TABLE, R::COLUMNS));
    for (n, row) in rows.iter().enumerate() {
        text.0 += if n == 0 { "(" } else { ",(" };
        row.cells(&mut text)?;
        text.0.pop();
        text.0.push(')');
    }
    run(connection, format!("{} {}", text.0, R::CONFLICT)).await
}

/// Values as SQL writes them, each with a comma behind it.
struct Literals(String);

impl Literals {
    fn push(&mut self, value: impl std::fmt::Display) -> Result<()> {
        self.0 += &format!("{value},");
        Ok(())
    }
}

impl Cells for Literals {
    fn i16(&mut self, value: i16) -> Result<()> {
        self.push(value)
    }
    fn i32(&mut self, value: i32) -> Result<()> {
        self.push(value)
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.push(value)
    }
    fn bool(&mut self, value: bool) -> Result<()> {
        self.push(value)
    }
    fn text(&mut self, value: Option<&str>) -> Result<()> {
        match value {
            // However the server reads backslashes in plain strings.
            Some(text) => self.push(format_args!("E'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))),
            None => self.push("NULL"),
        }
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.push(format_args!("decode('{}','hex')", hex(value)))
    }
    fn maybe_i64(&mut self, value: Option<i64>) -> Result<()> {
        match value {
            Some(value) => self.i64(value),
            None => self.push("NULL"),
        }
    }
}

struct Buffer(Vec<u8>);

impl Buffer {
    fn field(&mut self, bytes: &[u8]) -> Result<()> {
        let length =
            i32::try_from(bytes.len()).map_err(|_| Error::Invariant("a value is too long".into()))?;
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

impl Cells for Buffer {
    fn i16(&mut self, value: i16) -> Result<()> {
        self.field(&value.to_be_bytes())
    }
    fn i32(&mut self, value: i32) -> Result<()> {
        self.field(&value.to_be_bytes())
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.field(&value.to_be_bytes())
    }
    fn bool(&mut self, value: bool) -> Result<()> {
        self.field(&[u8::from(value)])
    }
    fn text(&mut self, value: Option<&str>) -> Result<()> {
        match value {
            Some(text) => self.field(text.as_bytes()),
            None => {
                self.0.extend_from_slice(&NULL);
                Ok(())
            }
        }
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.field(value)
    }
    fn maybe_i64(&mut self, value: Option<i64>) -> Result<()> {
        match value {
            Some(value) => self.i64(value),
            None => {
                self.0.extend_from_slice(&NULL);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_what_it_is_between_quotes() {
        let mut row = Literals(String::new());
        row.text(Some("it's a \\ '; DROP TABLE x; --")).unwrap();
        row.text(None).unwrap();
        row.bytes(&[0, 255]).unwrap();
        row.maybe_i64(None).unwrap();
        row.i64(i64::MIN).unwrap();
        row.bool(true).unwrap();
        let expected = "E'it\\'s a \\\\ \\'; DROP TABLE x; --',NULL,decode('00ff','hex'),NULL,-9223372036854775808,true,";
        assert_eq!(row.0, expected);
    }
}
