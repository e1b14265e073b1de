//! A sheet can be written out: a table of named columns, filled from one statement.

use sea_orm::Value;

use super::cells::Cells;
use super::filter::ExportFilter;
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::stream::{Reader, Row};
use crate::reading::Predicate;

/// Something that can be written out. A new one is a file with this, a value of `ExportWhat`, and its line in
/// `rows.rs`.
pub(super) trait Sheet: Sized {
    /// Names of the columns, which stay what they are.
    const COLUMNS: &'static [&'static str];

    /// Reads what rows refer to, as of the instant of the reader.
    fn open(reader: &mut Reader, scope: Scope) -> Result<Self>;

    /// The rows of the caller.
    fn select(scope: Scope, filter: &ExportFilter) -> Result<Select>;

    /// Takes every column that was selected, and writes every cell.
    fn row(&mut self, row: &mut Row<'_>, cells: &mut Cells) -> Result<()>;
}

/// A statement with the numbers of its placeholders.
#[derive(Debug)]
pub(super) struct Select {
    /// Statement that selects the rows, in the order of the file.
    pub(super) sql: String,
    /// Statement that counts the rows, with its own numbers, where counting is cheap beside reading.
    pub(super) count: Option<(String, Vec<i64>)>,
    /// The numbers of the rows.
    pub(super) numbers: Vec<i64>,
}

/// A condition as text, and its values as the numbers they are.
pub(super) fn numbered(predicate: Predicate) -> Result<(String, Vec<i64>)> {
    let (sql, values) = predicate.into_sql();
    Ok((sql, numbers(values)?))
}

/// Keys, months and codes as numbers.
pub(super) fn numbers(values: Vec<Value>) -> Result<Vec<i64>> {
    let number = |value| match value {
        Value::BigInt(Some(number)) => Ok(number),
        Value::Int(Some(number)) => Ok(number.into()),
        Value::SmallInt(Some(number)) => Ok(number.into()),
        other => Err(Error::Invariant(format!("{other:?} is no number"))),
    };
    values.into_iter().map(number).collect()
}

/// A code that the enum does not have.
pub(super) fn unknown(what: &str, code: i16) -> Error {
    Error::Invariant(format!("{what} {code}"))
}
