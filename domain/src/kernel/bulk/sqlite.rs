//! Rows through one prepared statement, value by value.

use rusqlite::{CachedStatement, Connection, ToSql};

use super::{Cells, Row};
use crate::kernel::error::Result;
use crate::kernel::raw::sqlite_error;

/// Inserts rows one by one; returns how many were inserted or changed.
pub(super) fn write<R: Row>(connection: &mut Connection, rows: &[R]) -> Result<u64> {
    let marks = vec!["?"; R::WIDTH].join(",");
    let sql = format!("INSERT INTO {} ({}) VALUES ({marks}) {}", R::TABLE, R::COLUMNS, R::CONFLICT);
    let statement = connection.prepare_cached(&sql).map_err(sqlite_error)?;
    let (mut values, mut changed) = (Values { statement, at: 0 }, 0);
    for row in rows {
        values.at = 0;
        row.cells(&mut values)?;
        changed += values.statement.raw_execute().map_err(sqlite_error)? as u64;
    }
    Ok(changed)
}

/// Reads the first column of every row.
pub(super) fn numbers(connection: &mut Connection, sql: &str) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(sql).map_err(sqlite_error)?;
    let rows = statement.query_map([], |row| row.get(0)).map_err(sqlite_error)?;
    rows.collect::<Result<_, _>>().map_err(sqlite_error)
}

struct Values<'a> {
    statement: CachedStatement<'a>,
    at: usize,
}

impl Values<'_> {
    fn bind(&mut self, value: impl ToSql) -> Result<()> {
        self.at += 1;
        self.statement.raw_bind_parameter(self.at, value).map_err(sqlite_error)
    }
}

impl Cells for Values<'_> {
    fn i16(&mut self, value: i16) -> Result<()> {
        self.bind(value)
    }
    fn i32(&mut self, value: i32) -> Result<()> {
        self.bind(value)
    }
    fn i64(&mut self, value: i64) -> Result<()> {
        self.bind(value)
    }
    fn bool(&mut self, value: bool) -> Result<()> {
        self.bind(value)
    }
    fn text(&mut self, value: Option<&str>) -> Result<()> {
        self.bind(value)
    }
    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.bind(value)
    }
    fn maybe_i64(&mut self, value: Option<i64>) -> Result<()> {
        self.bind(value)
    }
}
