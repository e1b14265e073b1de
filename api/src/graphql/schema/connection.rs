//! Relay connections: pages of lists, with what is known of the whole.

use std::borrow::Cow;
use std::collections::HashMap;
use std::future::ready;
use std::sync::Arc;

use domain::reading::{KeyValue, Order, Page, Total};
use futures_util::future::BoxFuture;
use tokio::sync::OnceCell;

use super::args::Args;
use super::env::Env;
use super::failure::Outcome;
use super::object::{Object, Shown};
use super::paging::{PageInfo, cursor, cut, page_args};
use super::relation::ForAll;
use super::rows::{Column, Part, Span};
use super::table::{Child, table_of};

type Counts = HashMap<i64, Total>;
type Count = dyn for<'a> Fn(&'a Env) -> BoxFuture<'a, Outcome<Counts>> + Send + Sync;

/// Counts the lists of all parents of a level in one statement, once, when somebody asks.
pub(crate) struct Counter {
    read: Box<Count>,
    counts: OnceCell<Counts>,
}

impl Counter {
    /// A counter that has not counted yet.
    pub(crate) fn new<F>(read: F) -> Arc<Self>
    where
        F: for<'a> Fn(&'a Env) -> BoxFuture<'a, Outcome<Counts>> + Send + Sync + 'static,
    {
        Arc::new(Self { read: Box::new(read), counts: OnceCell::new() })
    }

    async fn total(&self, env: &Env, parent: i64) -> Outcome<Total> {
        let counts = self.counts.get_or_try_init(|| (self.read)(env)).await?;
        Ok(counts.get(&parent).copied().unwrap_or(Total { count: 0, exact: true }))
    }
}

/// How a whole list is counted.
#[derive(Clone)]
pub(crate) enum Counting {
    /// Together with the lists of its parent's siblings: the counter, and the parent.
    Later(Arc<Counter>, i64),
    /// It is known already.
    Known(Total),
    /// Not at all: too long to count.
    Never,
}

/// A page that was read, and how to count the whole.
pub(crate) struct Found<C> {
    page: Page<C>,
    order: String,
    counting: Counting,
}

impl<C> Found<C> {
    /// A page of a list in `order`.
    pub(crate) fn new(page: Page<C>, order: &Order, counting: Counting) -> Self {
        Self { page, order: order.name.clone(), counting }
    }

    /// The page of `rows`, which are all there are, that `args` ask for.
    pub(crate) fn at_hand(rows: Vec<C>, order: &Order, args: &Args) -> Outcome<Self> {
        let asked = page_args(args, order)?;
        let total = Total { count: i64::try_from(rows.len()).unwrap_or(i64::MAX), exact: true };
        Ok(Self::new(cut(rows, &asked), order, Counting::Known(total)))
    }
}

/// A page as an object: the row of a connection. The pages of a level share their rows.
pub(crate) struct Connected<C> {
    rows: Arc<Vec<C>>,
    from: usize,
    keys: Vec<Vec<KeyValue>>,
    order: String,
    has_previous: bool,
    has_next: bool,
    counting: Counting,
}

impl<C> Connected<C> {
    fn cursor(&self, at: usize) -> Option<String> {
        self.keys.get(at).map(|key| cursor(&self.order, key))
    }

    fn info(&self) -> PageInfo {
        PageInfo {
            has_previous: self.has_previous,
            has_next: self.has_next,
            start: self.cursor(0),
            end: self.keys.len().checked_sub(1).and_then(|last| self.cursor(last)),
        }
    }
}

/// Rows that come in pages.
pub(crate) trait Paged: Shown + Clone {
    /// What a page of them is.
    const PAGE: &'static str;
    /// What one of them with its cursor is.
    const EDGE: &'static str;

    /// Adds what the connection has besides rows and count.
    fn connection(fields: Object<Connected<Self>>) -> Object<Connected<Self>> {
        fields
    }
}

impl<C: Paged> Shown for Connected<C> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", C::name()))
    }

    fn object() -> Object<Self> {
        let edges = (format!("[{}!]!", Edge::<C>::name()), Child::Table(table_of::<Edge<C>>));
        let nodes = (format!("[{}!]!", C::name()), Child::Table(table_of::<C>));
        let object = Object::<Self>::new(C::PAGE)
            .objects_by("edges", "The rows of this page with their cursors.", edges.0, edges.1, |_, pages: &[Self], _| {
                Box::pin(ready(Ok(edges_of(pages))))
            })
            .objects_by("nodes", "The rows of this page.", nodes.0, nodes.1, |_, pages: &[Self], _| {
                Box::pin(ready(Ok(nodes_of(pages))))
            })
            .object("pageInfo", "Where this page lies in the list.", Self::info)
            .values(
                "totalCount",
                "How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list \
                 cannot be counted.",
                |env, pages, _| {
                    Box::pin(async move {
                        let totals = totals(env, pages).await?.into_iter();
                        Ok(totals.map(|t| t.map(|t| i32::try_from(t.count).unwrap_or(i32::MAX))).collect())
                    })
                },
            )
            .values(
                "totalCountExact",
                "False if the list has more rows than totalCount says.",
                |env, pages, _| {
                    Box::pin(async move {
                        Ok(totals(env, pages).await?.into_iter().map(|t| t.map(|t| t.exact)).collect())
                    })
                },
            );
        C::connection(object)
    }
}

async fn totals<C>(env: &Env, pages: &[Connected<C>]) -> Outcome<Vec<Option<Total>>> {
    let mut totals = Vec::with_capacity(pages.len());
    for page in pages {
        totals.push(match &page.counting {
            Counting::Later(counter, parent) => Some(counter.total(env, *parent).await?),
            Counting::Known(total) => Some(*total),
            Counting::Never => None,
        });
    }
    Ok(totals)
}

/// The rows that the pages of a level share.
fn shared<C: Paged>(rows: Option<&Arc<Vec<C>>>) -> Vec<Part> {
    let rows = rows.map_or_else(|| Arc::new(Vec::new()), Arc::clone);
    vec![Part { table: table_of::<C>(), rows }]
}

fn nodes_of<C: Paged>(pages: &[Connected<C>]) -> Column {
    let span = |page: &Connected<C>| Span::Many(page.from..page.from + page.keys.len());
    Column::Objects {
        spans: pages.iter().map(span).collect(),
        parts: shared(pages.first().map(|page| &page.rows)),
    }
}

fn edges_of<C: Paged>(pages: &[Connected<C>]) -> Column {
    super::relation::lists(pages.iter().map(|page| {
        let edge = |(at, key): (usize, &Vec<KeyValue>)| Edge {
            cursor: cursor(&page.order, key),
            rows: Arc::clone(&page.rows),
            at: page.from + at,
        };
        page.keys.iter().enumerate().map(edge).collect()
    }))
}

/// A row with its cursor.
pub(crate) struct Edge<C> {
    cursor: String,
    rows: Arc<Vec<C>>,
    at: usize,
}

impl<C: Paged> Shown for Edge<C> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Edge", C::name()))
    }

    fn object() -> Object<Self> {
        let (kind, child) = (format!("{}!", C::name()), Child::Table(table_of::<C>));
        Object::<Self>::new(C::EDGE)
            .text("cursor", "Where to go on: an argument of the same list in the same order.", |edge| {
                &edge.cursor
            })
            .objects_by("node", "The row.", kind, child, |_, edges: &[Self], _| {
                let spans = edges.iter().map(|edge| Span::one(edge.at)).collect();
                let parts = shared(edges.first().map(|edge| &edge.rows));
                Box::pin(ready(Ok(Column::Objects { spans, parts })))
            })
    }
}

impl<R: Shown> Object<R> {
    /// A page of a list for each row; the arguments of paging are added.
    pub(crate) fn pages<C: Paged>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Found<C>>,
    ) -> Self {
        self.pages_by(name, doc, move |env, rows, args| read(env, rows, args))
    }

    /// A page of a list for each row that has one; null for the others.
    pub(crate) fn maybe_pages<C: Paged>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Option<Found<C>>>,
    ) -> Self {
        self.maybe_pages_by(name, doc, move |env, rows, args| read(env, rows, args))
    }

    /// A page of a list for each row.
    pub(super) fn pages_by<C, F>(self, name: &'static str, doc: &'static str, read: F) -> Self
    where
        C: Paged,
        F: for<'a> Fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Vec<Found<C>>>>
            + Send
            + Sync
            + 'static,
    {
        self.maybe_pages_by(name, doc, move |env, rows, args| {
            let found = read(env, rows, args);
            Box::pin(async move { Ok(found.await?.into_iter().map(Some).collect()) })
        })
    }

    fn maybe_pages_by<C, F>(self, name: &'static str, doc: &'static str, read: F) -> Self
    where
        C: Paged,
        F: for<'a> Fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Vec<Option<Found<C>>>>>
            + Send
            + Sync
            + 'static,
    {
        let (kind, child) = (Connected::<C>::name().into_owned(), Child::Table(table_of::<Connected<C>>));
        self.objects_by(name, doc, kind, child, move |env, rows, args| {
            let found = read(env, rows, args);
            Box::pin(async move { Ok(connected(found.await?)) })
        })
        .arg::<Option<i32>>(
            "first",
            "Rows from the start of the list, at most 100; 20 if neither first nor last is given.",
        )
        .arg::<Option<String>>("after", "Only rows behind this cursor.")
        .arg::<Option<i32>>("last", "Rows from the end of the list, at most 100.")
        .arg::<Option<String>>("before", "Only rows before this cursor.")
    }

    /// Leaves the field before with `first` and `after` only: its list is read forward.
    pub(crate) fn forward(self) -> Self {
        self.without_args(&["last", "before"])
            .describe_arg("first", "Rows from the start of the list, at most 100; 20 if not given.")
    }
}

/// One connection for each page, over rows that all of them share.
fn connected<C: Paged>(found: Vec<Option<Found<C>>>) -> Column {
    let mut rows = Vec::with_capacity(found.iter().flatten().map(|found| found.page.rows.len()).sum());
    let mut pages = Vec::with_capacity(found.len());
    for found in found {
        pages.push(found.map(|Found { page, order, counting }| {
            let from = rows.len();
            let (keys, page_rows): (Vec<_>, Vec<_>) = page.rows.into_iter().unzip();
            rows.extend(page_rows);
            (from, keys, order, page.has_previous, page.has_next, counting)
        }));
    }
    let rows = Arc::new(rows);
    super::relation::column(pages.into_iter().map(|page| {
        let (from, keys, order, has_previous, has_next, counting) = page?;
        let rows = Arc::clone(&rows);
        Some(Connected { rows, from, keys, order, has_previous, has_next, counting })
    }))
}
