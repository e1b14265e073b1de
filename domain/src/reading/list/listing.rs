//! A list of rows that one caller may see.

use std::borrow::Cow;
use std::collections::HashMap;

use entity::{Columns, RowReader};
use sea_orm::Value;

use crate::kernel::error::Result;
use crate::kernel::store::{Store, query, query_one};
use crate::reading::list::kept_total;
use crate::reading::list::page::{KeyValue, Order, Page, PageArgs};
use crate::reading::list::predicate::Predicate;

/// Rows counted exactly; of longer lists is only known that they are longer. A count reads every row.
pub const COUNT_LIMIT: i64 = 100_000;

/// How many rows a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// Rows, at most [`COUNT_LIMIT`].
    pub count: i64,
    /// `false` if there are more.
    pub exact: bool,
}

impl Total {
    pub(super) fn of(counted: i64) -> Self {
        Self { count: counted.min(COUNT_LIMIT), exact: counted <= COUNT_LIMIT }
    }
}

/// A list: where its rows come from, which of them the caller sees, and how one is read.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    columns: Cow<'static, str>,
    from: Predicate,
    scope: Predicate,
    group_by: Option<String>,
    read: fn(&mut RowReader<'_>) -> Result<T>,
}

impl<T: Columns> Listing<T> {
    /// The rows of `from`: the table of `T`, or a join of it with what the list hangs on.
    #[must_use]
    pub fn of(from: impl Into<Predicate>, scope: impl Into<Predicate>) -> Self {
        Self::new(T::list(), from, scope, |row| Ok(T::read(row)?))
    }
}

impl<T> Listing<T> {
    /// `columns` of `from`, read by `read` in the same order.
    #[must_use]
    pub fn new(
        columns: impl Into<Cow<'static, str>>,
        from: impl Into<Predicate>,
        scope: impl Into<Predicate>,
        read: fn(&mut RowReader<'_>) -> Result<T>,
    ) -> Self {
        Self { columns: columns.into(), from: from.into(), scope: scope.into(), group_by: None, read }
    }

    /// One row for each value of `columns`.
    #[must_use]
    pub fn grouped_by(mut self, columns: String) -> Self {
        self.group_by = Some(columns);
        self
    }

    /// Tells lists of the same `T` apart: equal for the same rows of the same caller.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{:?} {:?} {:?}", self.from, self.scope, self.group_by)
    }

    /// Narrows the list.
    #[must_use]
    pub fn only(mut self, predicate: Predicate) -> Self {
        self.scope = self.scope.and(predicate);
        self
    }

    /// One page of the rows that `filter` lets through.
    pub async fn page(
        &self,
        store: &Store,
        filter: &Predicate,
        order: &Order,
        page: &PageArgs,
    ) -> Result<Page<T>> {
        let (rows, values) = self.rows(filter.clone().and(order.between(page)));
        let sql = format!(
            "SELECT {}, {} FROM {rows}{} ORDER BY {} LIMIT {}",
            self.columns,
            order.select(),
            self.grouping(),
            order.by(page.backward),
            page.limit + 1
        );
        let rows = query(store.db(), &sql, values).await?;
        let rows = rows.iter().map(|row| self.read_keyed(&mut RowReader::of(row), order));
        Ok(Page::from_read(rows.collect::<Result<_>>()?, page))
    }

    /// The same page of the rows of each of `parents`, in one statement. `parent` is a column of the list.
    pub async fn pages(
        &self,
        store: &Store,
        (parent, parents): (&'static str, &[i64]),
        filter: &Predicate,
        order: &Order,
        page: &PageArgs,
    ) -> Result<HashMap<i64, Page<T>>> {
        let of_parents = Predicate::key_in(parent, parents.iter().map(|id| (*id).into()).collect());
        let (rows, values) = self.rows(of_parents.and(filter.clone()).and(order.between(page)));
        let by = order.by(page.backward);
        let sql = format!(
            "SELECT * FROM (SELECT {}, {}, CAST({parent} AS BIGINT) AS parent_key, \
             ROW_NUMBER() OVER (PARTITION BY {parent} ORDER BY {by}) AS row_no FROM {rows}) numbered \
             WHERE row_no <= {} ORDER BY parent_key, row_no",
            self.columns,
            order.select(),
            page.limit + 1
        );
        let mut read: HashMap<i64, Vec<_>> = parents.iter().map(|id| (*id, Vec::new())).collect();
        for row in query(store.db(), &sql, values).await? {
            let mut row = RowReader::of(&row);
            let keyed = self.read_keyed(&mut row, order)?;
            read.entry(row.take()?).or_default().push(keyed);
        }
        Ok(read.into_iter().map(|(parent, rows)| (parent, Page::from_read(rows, page))).collect())
    }

    /// How many rows `filter` lets through.
    pub async fn count(&self, store: &Store, filter: &Predicate) -> Result<Total> {
        if self.scope.is_always()
            && filter.is_always()
            && self.group_by.is_none()
            && let Some(kept) = kept_total::of(store, self.from.sql()).await?
        {
            return Ok(Total::of(kept));
        }
        let (rows, values) = self.rows(filter.clone());
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM {rows}{} LIMIT {}) counted",
            self.grouping(),
            COUNT_LIMIT + 1
        );
        let row = query_one(store.db(), &sql, values).await?;
        row.map_or(Ok(Total::of(0)), |row| Ok(Total::of(row.try_get_by_index(0)?)))
    }

    /// How many rows `filter` lets through for each of `parents`, in one statement.
    pub async fn counts(
        &self,
        store: &Store,
        (parent, parents): (&'static str, &[i64]),
        filter: &Predicate,
    ) -> Result<HashMap<i64, Total>> {
        let of_parents = Predicate::key_in(parent, parents.iter().map(|id| (*id).into()).collect());
        let (rows, values) = self.rows(of_parents.and(filter.clone()));
        let sql = format!("SELECT CAST({parent} AS BIGINT), COUNT(*) FROM {rows} GROUP BY {parent}");
        let mut counts: HashMap<i64, Total> = parents.iter().map(|id| (*id, Total::of(0))).collect();
        for row in query(store.db(), &sql, values).await? {
            counts.insert(row.try_get_by_index(0)?, Total::of(row.try_get_by_index(1)?));
        }
        Ok(counts)
    }

    /// Every row that `filter` lets through, in the order of `by`; for bounded results only.
    pub async fn all(&self, store: &Store, filter: Predicate, by: &str) -> Result<Vec<T>> {
        let (rows, values) = self.rows(filter);
        let sql = format!("SELECT {} FROM {rows}{} ORDER BY {by}", self.columns, self.grouping());
        let rows = query(store.db(), &sql, values).await?;
        rows.iter().map(|row| (self.read)(&mut RowReader::of(row))).collect()
    }

    /// The rows with these ids, those the caller sees.
    pub async fn by_ids(&self, store: &Store, column: &str, ids: Vec<Value>) -> Result<Vec<T>> {
        self.all(store, Predicate::key_in(column, ids), column).await
    }

    /// The row with this id, if the caller sees it.
    pub async fn by_id(&self, store: &Store, column: &str, id: impl Into<Value>) -> Result<Option<T>> {
        Ok(self.by_ids(store, column, vec![id.into()]).await?.pop())
    }

    /// Reads a row, and behind it its key in `order`.
    fn read_keyed(&self, row: &mut RowReader<'_>, order: &Order) -> Result<(Vec<KeyValue>, T)> {
        let read = (self.read)(row)?;
        Ok((order.read(row)?, read))
    }

    /// The text behind FROM: the caller's rows for which `condition` holds.
    fn rows(&self, condition: Predicate) -> (String, Vec<Value>) {
        self.from.clone().filtered(self.scope.clone().and(condition)).into_sql()
    }

    fn grouping(&self) -> String {
        self.group_by.as_ref().map_or_else(String::new, |columns| format!(" GROUP BY {columns}"))
    }
}
