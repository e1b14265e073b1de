//! Rows added up by what the caller names, in one statement. Groups come in pages like any rows.

use std::borrow::Cow;

use entity::RowReader;

use super::listing::{COUNT_LIMIT, Total};
use super::page::{Key, KeyValue, Order, Page, PageArgs};
use super::predicate::Predicate;
use crate::kernel::error::Result;
use crate::kernel::store::{Store, query, query_one};

/// Most groups of one page: those of a year by reason and currency.
pub const GROUPS_LIMIT: u64 = 500;

/// Something that rows can be grouped by.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name in the statement, and in cursors.
    pub key: Key,
    /// Its value for a row, never NULL.
    pub sql: Cow<'static, str>,
    /// The join that it needs; empty for none.
    pub join: &'static str,
}

impl Group {
    /// A group by `sql` of the rows themselves.
    #[must_use]
    pub const fn by(key: Key, sql: &'static str) -> Self {
        Self { key, sql: Cow::Borrowed(sql), join: "" }
    }
}

/// Sums of rows by groups.
#[derive(Clone, Debug)]
pub struct Grouped<T> {
    from: String,
    scope: Predicate,
    groups: Vec<Group>,
    sums: &'static str,
    columns: String,
    read: fn(&mut RowReader<'_>) -> Result<T>,
}

impl<T> Grouped<T> {
    /// The rows of `from` by `groups`, each once. `sums` names what is added up, `columns` what is read of each group.
    #[must_use]
    pub fn new(
        from: &str,
        scope: Predicate,
        groups: Vec<Group>,
        sums: &'static str,
        columns: String,
        read: fn(&mut RowReader<'_>) -> Result<T>,
    ) -> Self {
        let mut joins: Vec<&str> =
            groups.iter().map(|group| group.join).filter(|join| !join.is_empty()).collect();
        joins.dedup();
        let from = std::iter::once(from).chain(joins).collect::<Vec<_>>().join(" ");
        Self { from, scope, groups, sums, columns, read }
    }

    /// The order `wish`, in which the groups decide between equals.
    #[must_use]
    pub fn order(&self, wish: Order) -> Order {
        let keys: Vec<Key> = self.groups.iter().map(|group| group.key).collect();
        let names: Vec<_> = keys.iter().map(|key| key.column).collect();
        Order {
            name: format!("{}:{}", wish.name, names.join(",")),
            keys: wish.keys.into_iter().chain(keys).collect(),
            descending: wish.descending,
        }
    }

    /// One page of the groups of the rows that `filter` lets through.
    pub async fn page(
        &self,
        store: &Store,
        filter: &Predicate,
        order: &Order,
        page: &PageArgs,
    ) -> Result<Page<T>> {
        let inner: Vec<_> =
            self.groups.iter().map(|group| format!("{} AS {}", group.sql, group.key.column)).collect();
        let frame = format!(
            "SELECT {}, {} FROM (SELECT {}, {} FROM {} WHERE {{}} GROUP BY {}) grouped WHERE ",
            self.columns,
            order.select(),
            inner.join(", "),
            self.sums,
            self.from,
            self.by()
        );
        let asked = self.scope.clone().and(filter.clone()).within(&frame).followed_by(order.between(page));
        let (sql, values) = asked.into_sql();
        let sql = format!("{sql} ORDER BY {} LIMIT {}", order.by(page.backward), page.limit + 1);
        let rows = query(store.db(), &sql, values).await?;
        let read = |row| -> Result<(Vec<KeyValue>, T)> {
            let mut row = RowReader::of(row);
            let group = (self.read)(&mut row)?;
            Ok((order.read(&mut row)?, group))
        };
        Ok(Page::from_read(rows.iter().map(read).collect::<Result<_>>()?, page))
    }

    /// The number of groups that there are.
    pub async fn count(&self, store: &Store, filter: &Predicate) -> Result<Total> {
        let (condition, values) = self.scope.clone().and(filter.clone()).into_sql();
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM {} WHERE {condition} GROUP BY {} LIMIT {}) counted",
            self.from,
            self.by(),
            COUNT_LIMIT + 1
        );
        let row = query_one(store.db(), &sql, values).await?;
        row.map_or(Ok(Total::of(0)), |row| Ok(Total::of(row.try_get_by_index(0)?)))
    }

    fn by(&self) -> String {
        self.groups.iter().map(|group| group.sql.as_ref()).collect::<Vec<_>>().join(", ")
    }
}

/// The columns of `all` groups as they are read: NULL for each that is not asked for.
#[must_use]
pub(crate) fn read_columns(all: &[Key], groups: &[Group]) -> String {
    let column = |key: &Key| {
        let asked = groups.iter().any(|group| group.key.column == key.column);
        if asked { key.column } else { "NULL" }
    };
    all.iter().map(column).collect::<Vec<_>>().join(", ")
}
