//! Pages: cursors that carry order and key, what the arguments of paging ask for, and where a page lies.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::reading::list::page::{PAGE_DEFAULT, PAGE_LIMIT};
use domain::reading::{KeyValue, Order, Page, PageArgs};

use super::args::Args;
use super::failure::{Failure, Outcome};
use super::object::{Object, Shown};
use super::wrong::Wrong;

/// Longest cursor taken, in bytes: ten keys with room to spare.
const CURSOR_LIMIT: usize = 1024;

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

/// The page that `first`, `after`, `last` and `before` ask for, or what is wrong with them.
pub(crate) fn page_args(args: &Args, order: &Order) -> Outcome<PageArgs> {
    page_args_up_to(args, order, PAGE_LIMIT)
}

/// The same, of pages of at most `most` rows.
pub(crate) fn page_args_up_to(args: &Args, order: &Order, most: u64) -> Outcome<PageArgs> {
    let (first, last): (Option<i32>, Option<i32>) = (args.get("first")?, args.get("last")?);
    let (count, backward) = match (first, last) {
        (Some(_), Some(_)) => {
            let wrong = Wrong::new("Give `first` or `last`, not both.", "`first` 与 `last` 只能给出一个。");
            return Err(Failure::BadInput(wrong));
        }
        (None, Some(last)) => (Some(last), true),
        (first, None) => (first, false),
    };
    let limit = match count {
        None => PAGE_DEFAULT,
        Some(count) => u64::try_from(count).ok().filter(|count| *count <= most).ok_or_else(|| {
            Wrong::new(
                format!("`first` and `last` are from 0 to {most}."),
                format!("`first` 与 `last` 的取值范围为 0 到 {most}。"),
            )
        })?,
    };
    let key = |name: &str| -> Outcome<_> {
        let Some(text) = args.get::<Option<String>>(name)? else { return Ok(None) };
        let wrong = || {
            Failure::BadInput(Wrong::new(
                format!("`{name}` is not a cursor of this list and order."),
                format!("`{name}` 不是该列表及排序的游标。"),
            ))
        };
        read_cursor(order, &text).map(Some).ok_or_else(wrong)
    };
    Ok(PageArgs { limit, backward, after: key("after")?, before: key("before")? })
}

/// The page of `rows` that `args` ask for; the key of a row is its place. PURE.
pub(super) fn cut<T>(rows: Vec<T>, args: &PageArgs) -> Page<T> {
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

/// Where a page lies in its list.
#[derive(Clone, Debug)]
pub(crate) struct PageInfo {
    /// There are rows before the page.
    pub(crate) has_previous: bool,
    /// There are rows behind the page.
    pub(crate) has_next: bool,
    /// The cursor of its first row.
    pub(crate) start: Option<String>,
    /// The cursor of its last row.
    pub(crate) end: Option<String>,
}

impl Shown for PageInfo {
    const NAME: &'static str = "PageInfo";

    fn object() -> Object<Self> {
        Object::<Self>::new("Where a page lies in its list.")
            .field(
                "hasPreviousPage",
                "There are rows before this page. Reading forward it is true behind a cursor.",
                |page| page.has_previous,
            )
            .field(
                "hasNextPage",
                "There are rows behind this page. Reading backward it is true before a cursor.",
                |page| page.has_next,
            )
            .maybe_text("startCursor", "The cursor of the first row; null on an empty page.", |page| {
                page.start.as_deref()
            })
            .maybe_text("endCursor", "The cursor of the last row; null on an empty page.", |page| {
                page.end.as_deref()
            })
    }
}
