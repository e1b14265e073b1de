//! Relay connections: pages of lists, with cursors that carry order and key.

use async_graphql::{Context, Result, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::reading::page::{PAGE_DEFAULT, PAGE_LIMIT};
use domain::reading::{KeyValue, Listing, Order, Page, PageArgs, Predicate, Total};
use tokio::sync::OnceCell;

use super::caller::{loaders, store};
use super::errors::{OrFail, bad_input};
use super::filter::Condition;
use super::loaders::PageKey;

/// Longest cursor taken, in bytes: ten keys with room to spare.
const CURSOR_LIMIT: usize = 1024;

/// Where a page lies in its list.
#[derive(SimpleObject, Clone, Debug)]
pub struct PageInfo {
    /// There are rows before this page. Reading forward it is true behind a cursor.
    pub has_previous_page: bool,
    /// There are rows behind this page. Reading backward it is true before a cursor.
    pub has_next_page: bool,
    /// The cursor of the first row; null on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last row; null on an empty page.
    pub end_cursor: Option<String>,
}

/// The four arguments of every list, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// The cursor of a row.
pub(crate) fn cursor(order: &str, key: &[KeyValue]) -> String {
    // Numbers, texts and bytes always serialise.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(order, key)).unwrap_or_default())
}

/// The key in a cursor of `order`. PURE.
fn read_cursor(order: &Order, text: &str) -> Option<Vec<KeyValue>> {
    if text.len() > CURSOR_LIMIT {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (name, key): (String, Vec<KeyValue>) = serde_json::from_slice(&bytes).ok()?;
    (name == order.name && order.accepts(&key)).then_some(key)
}

impl Paging {
    /// What is asked for, or what is wrong with it. PURE.
    pub(crate) fn read(&self, order: &Order) -> Result<PageArgs, String> {
        let (count, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err("Give `first` or `last`, not both.".into()),
            (None, Some(last)) => (Some(last), true),
            (first, None) => (first, false),
        };
        let limit = match count {
            None => PAGE_DEFAULT,
            Some(count) => u64::try_from(count)
                .ok()
                .filter(|count| *count <= PAGE_LIMIT)
                .ok_or_else(|| format!("`first` and `last` are from 0 to {PAGE_LIMIT}."))?,
        };
        let key = |name: &str, text: &Option<String>| {
            let Some(text) = text else { return Ok(None) };
            let wrong = || format!("`{name}` is not a cursor of this list and order.");
            read_cursor(order, text).map(Some).ok_or_else(wrong)
        };
        Ok(PageArgs {
            limit,
            backward,
            after: key("after", &self.after)?,
            before: key("before", &self.before)?,
        })
    }
}

/// How the whole list is counted.
#[derive(Clone)]
enum Counting<T> {
    /// By a statement of its own.
    Alone(Listing<T>, Predicate),
    /// Together with the lists of its parent's siblings.
    Together(PageKey<T>),
    /// Together with the page.
    Known(Total),
    /// Not at all: too long to count.
    Never,
}

/// A page that was read, and how to count the whole.
pub(crate) struct Found<T> {
    pub(crate) page: Page<T>,
    pub(crate) order: String,
    counting: Counting<T>,
    total: OnceCell<Total>,
}

impl<T: Clone + Send + Sync + 'static> Found<T> {
    fn new(page: Page<T>, order: Order, counting: Counting<T>) -> Self {
        Self { page, order: order.name, counting, total: OnceCell::new() }
    }

    /// A page of a list that cannot be counted.
    pub(crate) fn uncounted(page: Page<T>, order: Order) -> Self {
        Self::new(page, order, Counting::Never)
    }

    /// A page of rows that are all at hand.
    pub(crate) fn at_hand(ctx: &Context<'_>, rows: Vec<T>, order: Order, paging: &Paging) -> Result<Self> {
        let args = paging.read(&order).map_err(|message| bad_input(ctx, &message))?;
        let total = Total { count: i64::try_from(rows.len()).unwrap_or(i64::MAX), exact: true };
        Ok(Self::new(cut(rows, &args), order, Counting::Known(total)))
    }

    /// Reads a page of a list.
    pub(crate) async fn list(
        ctx: &Context<'_>,
        listing: Listing<T>,
        filter: Condition,
        order: Order,
        paging: Paging,
    ) -> Result<Self> {
        let filter = filter.map_err(|message| bad_input(ctx, &message))?;
        let args = paging.read(&order).map_err(|message| bad_input(ctx, &message))?;
        let page = listing.page(store(ctx)?, &filter, &order, &args).await.or_fail(ctx)?;
        Ok(Self::new(page, order, Counting::Alone(listing, filter)))
    }

    /// Reads a page of the list below `parent`, in one statement with the lists of its siblings.
    pub(crate) async fn below(
        ctx: &Context<'_>,
        (column, parent): (&'static str, i64),
        listing: Listing<T>,
        filter: Condition,
        order: Order,
        paging: Paging,
    ) -> Result<Self> {
        let filter = filter.map_err(|message| bad_input(ctx, &message))?;
        let args = paging.read(&order).map_err(|message| bad_input(ctx, &message))?;
        let key = PageKey::new(column, parent, listing, filter, order.clone(), args);
        let page = loaders(ctx)?.load_one(key.clone()).await.or_fail(ctx)?;
        let page = page.unwrap_or(Page { rows: vec![], has_previous: false, has_next: false });
        Ok(Self::new(page, order, Counting::Together(key)))
    }

    /// How many rows the whole list has; none if it is not counted.
    pub(crate) async fn total(&self, ctx: &Context<'_>) -> Option<Result<Total>> {
        let count = async || match &self.counting {
            Counting::Alone(listing, filter) => listing.count(store(ctx)?, filter).await.or_fail(ctx),
            Counting::Together(key) => {
                let total = loaders(ctx)?.load_one(key.clone().counted()).await.or_fail(ctx)?;
                Ok(total.unwrap_or(Total { count: 0, exact: true }))
            }
            Counting::Known(total) => Ok(*total),
            Counting::Never => Err(async_graphql::Error::new("not counted")),
        };
        if matches!(self.counting, Counting::Never) {
            return None;
        }
        Some(self.total.get_or_try_init(count).await.copied())
    }

    pub(crate) fn info(&self) -> PageInfo {
        let cursor = |row: Option<&(Vec<KeyValue>, T)>| row.map(|(key, _)| cursor(&self.order, key));
        PageInfo {
            has_previous_page: self.page.has_previous,
            has_next_page: self.page.has_next,
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        }
    }

    /// The rows with their cursors.
    pub(crate) fn edges(&self) -> impl Iterator<Item = (String, T)> + '_ {
        self.page.rows.iter().map(|(key, row)| (cursor(&self.order, key), row.clone()))
    }
}

/// The page of `rows` that `args` ask for; the key of a row is its place. PURE.
fn cut<T>(rows: Vec<T>, args: &PageArgs) -> Page<T> {
    let place = |key: &Option<Vec<KeyValue>>| match key.as_deref() {
        Some([KeyValue::Int(place)]) => usize::try_from(*place).ok(),
        _ => None,
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let (first, end) = (place(&args.after).map_or(0, |p| p.saturating_add(1)), place(&args.before));
    let end = end.unwrap_or(rows.len()).min(rows.len());
    let (from, to) = if args.backward {
        (end.saturating_sub(limit).max(first), end)
    } else {
        (first, first.saturating_add(limit).min(end))
    };
    let count = rows.len();
    let kept = rows.into_iter().enumerate().skip(from).take(to.saturating_sub(from));
    let rows =
        kept.map(|(n, row)| (vec![KeyValue::Int(i64::try_from(n).unwrap_or(i64::MAX))], row)).collect();
    Page { rows, has_previous: from > 0, has_next: to < count }
}

/// Declares a connection and its edge over rows that a node is made of.
macro_rules! connection {
    ($(#[doc = $doc:tt])* $connection:ident, $(#[doc = $edge_doc:tt])* $edge:ident, $node:ty, $row:ty) => {
        $(#[doc = $doc])*
        pub struct $connection(pub(crate) $crate::graphql::connection::Found<$row>);

        $(#[doc = $doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The rows of this page with their cursors.
            async fn edges(&self) -> Vec<$edge> {
                self.0.edges().map(|(cursor, row)| $edge { cursor, node: <$node>::from(row) }).collect()
            }

            /// The rows of this page.
            async fn nodes(&self) -> Vec<$node> {
                self.0.edges().map(|(_, row)| <$node>::from(row)).collect()
            }

            /// Where this page lies in the list.
            async fn page_info(&self) -> $crate::graphql::connection::PageInfo {
                self.0.info()
            }

            /// How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the
            /// list cannot be counted.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> Option<async_graphql::Result<i32>> {
                let total = self.0.total(ctx).await?;
                Some(total.map(|total| i32::try_from(total.count).unwrap_or(i32::MAX)))
            }

            /// False if the list has more rows than totalCount says.
            async fn total_count_exact(&self, ctx: &async_graphql::Context<'_>) -> Option<async_graphql::Result<bool>> {
                Some(self.0.total(ctx).await?.map(|total| total.exact))
            }
        }

        $(#[doc = $edge_doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Where to go on: an argument of the same list in the same order.
            cursor: String,
            /// The row.
            node: $node,
        }
    };
}
pub(crate) use connection;

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reading::Key;

    fn by_name() -> Order {
        Order {
            name: "partners:NAME:ASC".into(),
            keys: vec![Key::text("name"), Key::int("id")],
            descending: false,
        }
    }

    #[test]
    fn a_cursor_is_good_for_its_list_and_order_only() {
        let key = vec![KeyValue::Text("Ärger \"x\"".into()), KeyValue::Int(7)];
        let text = cursor("partners:NAME:ASC", &key);
        assert_eq!(read_cursor(&by_name(), &text), Some(key.clone()));
        let other = Order { name: "partners:NAME:DESC".into(), ..by_name() };
        assert_eq!(read_cursor(&other, &text), None);
        for bad in ["", "x", "%%%", &cursor("partners:NAME:ASC", &key[..1]), &"A".repeat(CURSOR_LIMIT + 1)] {
            assert_eq!(read_cursor(&by_name(), bad), None, "{bad}");
        }
    }

    #[test]
    fn rows_at_hand_are_paged_both_ways() {
        let key = |n: Option<i64>| n.map(|n| vec![KeyValue::Int(n)]);
        for (limit, backward, after, before, expected) in [
            (2, false, None, None, (vec!['a', 'b'], false, true)),
            (2, false, Some(1), None, (vec!['c', 'd'], true, true)),
            (9, false, Some(3), None, (vec!['e'], true, false)),
            (9, false, Some(4), None, (vec![], true, false)),
            (2, true, None, None, (vec!['d', 'e'], true, false)),
            (2, true, None, Some(1), (vec!['a'], false, true)),
            (9, true, Some(0), Some(3), (vec!['b', 'c'], true, true)),
            (0, false, None, None, (vec![], false, true)),
        ] {
            let args = PageArgs { limit, backward, after: key(after), before: key(before) };
            let page = cut(vec!['a', 'b', 'c', 'd', 'e'], &args);
            let rows: Vec<char> = page.rows.iter().map(|(_, row)| *row).collect();
            assert_eq!((rows, page.has_previous, page.has_next), expected, "{args:?}");
        }
    }

    #[test]
    fn a_page_has_at_most_a_hundred_rows() {
        let read =
            |first, last| Paging { first, last, ..Paging::default() }.read(&by_name()).map(|a| a.limit);
        assert_eq!(read(None, None), Ok(20));
        assert_eq!(read(Some(0), None), Ok(0));
        assert_eq!(read(Some(100), None), Ok(100));
        assert_eq!(read(None, Some(100)), Ok(100));
        assert!(read(Some(101), None).is_err() && read(None, Some(101)).is_err());
        assert!(read(Some(-1), None).is_err() && read(Some(1), Some(1)).is_err());
    }
}
