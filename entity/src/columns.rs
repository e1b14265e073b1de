//! Rows whose columns are listed once: the same declaration makes the SELECT list and the reader.

use std::borrow::Cow;

pub use entity_columns::Columns;
use sea_orm::{DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryResult, TryGetable};

/// Error of reading a row: the database failed, or a column holds what its type does not allow.
pub type RowError = DbErr;

/// A row of a statement that selects [`Self::list`]. The database checks the names once, when it prepares the statement;
/// values are then read by their position, at a fraction of what looking names up costs for every row.
pub trait Columns: Sized {
    /// The SELECT list, in the order in which [`Self::read`] takes the columns.
    fn list() -> Cow<'static, str>;

    /// Takes its own columns, and leaves those behind them to others.
    fn read(row: &mut RowReader<'_>) -> Result<Self, RowError>;

    /// Reads a row that begins with its columns.
    fn of(row: &QueryResult) -> Result<Self, RowError> {
        Self::read(&mut RowReader::of(row))
    }
}

/// A row that is read from its first column to its last.
#[derive(Debug)]
pub struct RowReader<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl<'a> RowReader<'a> {
    /// Begins with the first column.
    #[must_use]
    pub const fn of(row: &'a QueryResult) -> Self {
        Self { row, next: 0 }
    }

    /// Reads the next column.
    pub fn take<T: TryGetable>(&mut self) -> Result<T, RowError> {
        let value = self.row.try_get_by_index(self.next)?;
        self.next += 1;
        Ok(value)
    }
}

/// The SELECT list of a table's model where the statement calls the table `alias`.
#[must_use]
pub fn columns_as<M: ModelTrait + Columns>(alias: &str) -> String {
    let columns = <M::Entity as EntityTrait>::Column::iter();
    columns.map(|column| format!("{alias}.{}", column.as_str())).collect::<Vec<_>>().join(", ")
}
