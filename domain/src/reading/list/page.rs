//! Pages of a list: where one begins, in which order, and what was read.

use entity::RowReader;
use sea_orm::Value;
use serde::{Deserialize, Serialize};

use crate::kernel::error::Result;
use crate::reading::list::predicate::Predicate;

/// Most rows of one page.
pub const PAGE_LIMIT: u64 = 100;
/// Rows of a page when the caller does not say.
pub const PAGE_DEFAULT: u64 = 20;

/// What a column of an order holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// An integer of any width.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// A column of an order; never NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The column as it stands in SQL.
    pub column: &'static str,
    /// What it holds.
    pub kind: KeyKind,
}

impl Key {
    /// An integer column.
    #[must_use]
    pub const fn int(column: &'static str) -> Self {
        Self { column, kind: KeyKind::Int }
    }

    /// A text column.
    #[must_use]
    pub const fn text(column: &'static str) -> Self {
        Self { column, kind: KeyKind::Text }
    }

    /// A column of bytes.
    #[must_use]
    pub const fn bytes(column: &'static str) -> Self {
        Self { column, kind: KeyKind::Bytes }
    }
}

/// An order of a list. Its last keys make every row distinct, so that no page repeats or skips one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Names the list and the order; a cursor is good only for the same name.
    pub name: String,
    /// The columns, most significant first.
    pub keys: Vec<Key>,
    /// Largest first.
    pub descending: bool,
}

/// The value of one key of one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum KeyValue {
    /// An integer.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl KeyValue {
    fn fits(&self, kind: KeyKind) -> bool {
        matches!(
            (self, kind),
            (Self::Int(_), KeyKind::Int) | (Self::Text(_), KeyKind::Text) | (Self::Bytes(_), KeyKind::Bytes)
        )
    }
}

impl From<&KeyValue> for Value {
    fn from(value: &KeyValue) -> Self {
        match value {
            KeyValue::Int(n) => (*n).into(),
            KeyValue::Text(t) => t.as_str().into(),
            KeyValue::Bytes(b) => b.clone().into(),
        }
    }
}

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageArgs {
    /// Rows at most.
    pub limit: u64,
    /// The last rows instead of the first.
    pub backward: bool,
    /// Only rows behind this one, in the order asked for.
    pub after: Option<Vec<KeyValue>>,
    /// Only rows before this one.
    pub before: Option<Vec<KeyValue>>,
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows in the order asked for, each with its key.
    pub rows: Vec<(Vec<KeyValue>, T)>,
    /// There are rows before these. Reading forward: `true` behind a cursor.
    pub has_previous: bool,
    /// There are rows behind these. Reading backward: `true` before a cursor.
    pub has_next: bool,
}

impl<T> Page<T> {
    /// The page from what was read in reading direction, one row more than asked for if there is one.
    pub(super) fn from_read(mut rows: Vec<(Vec<KeyValue>, T)>, page: &PageArgs) -> Self {
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if page.backward {
            rows.reverse();
            return Self { rows, has_previous: more, has_next: page.before.is_some() };
        }
        Self { rows, has_previous: page.after.is_some(), has_next: more }
    }
}

impl Order {
    /// `true` if `key` can be a row's key in this order.
    #[must_use]
    pub fn accepts(&self, key: &[KeyValue]) -> bool {
        key.len() == self.keys.len() && key.iter().zip(&self.keys).all(|(value, k)| value.fits(k.kind))
    }

    /// The keys as extra columns of a SELECT. The names tell them from the columns of the row.
    pub(super) fn select(&self) -> String {
        let column = |(i, key): (usize, &Key)| match key.kind {
            KeyKind::Int => format!("CAST({} AS BIGINT) AS key_{i}", key.column),
            KeyKind::Text | KeyKind::Bytes => format!("{} AS key_{i}", key.column),
        };
        self.keys.iter().enumerate().map(column).collect::<Vec<_>>().join(", ")
    }

    /// `ORDER BY` in reading direction.
    pub(super) fn by(&self, backward: bool) -> String {
        let direction = if self.descending == backward { "ASC" } else { "DESC" };
        self.keys.iter().map(|k| format!("{} {direction}", k.column)).collect::<Vec<_>>().join(", ")
    }

    /// The rows between the cursors of `page`.
    pub(super) fn between(&self, page: &PageArgs) -> Predicate {
        let behind = |key: &Vec<KeyValue>, greater: bool| {
            let columns = self.keys.iter().map(|k| k.column).collect::<Vec<_>>().join(", ");
            let list = crate::kernel::store::placeholders(1, key.len());
            let sign = if greater { '>' } else { '<' };
            Predicate::new(format!("({columns}) {sign} {list}"), key.iter().map(Value::from).collect())
        };
        let after = page.after.as_ref().map(|key| behind(key, !self.descending));
        let before = page.before.as_ref().map(|key| behind(key, self.descending));
        Predicate::all(after.into_iter().chain(before))
    }

    /// The key of a row that selected [`Self::select`] next.
    pub(super) fn read(&self, row: &mut RowReader<'_>) -> Result<Vec<KeyValue>> {
        let value = |key: &Key| {
            Ok(match key.kind {
                KeyKind::Int => KeyValue::Int(row.take()?),
                KeyKind::Text => KeyValue::Text(row.take()?),
                KeyKind::Bytes => KeyValue::Bytes(row.take()?),
            })
        };
        self.keys.iter().map(value).collect()
    }
}
