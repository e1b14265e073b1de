//! A schema small enough to read, with a field for each thing that can happen.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use api::http::RequestId;
use async_graphql::{
    Context, Error, ID, InputObject, InputValueResult, MaybeUndefined, Object, OneofObject, Result, Scalar,
    ScalarType, Schema, SimpleObject, Subscription, ValidationMode, Value,
};
use domain::{Actor, Lang};
use futures_util::stream::{self, Stream, StreamExt};

pub type TestSchema = Schema<Query, Mutation, Events>;

/// How often `slow` began and `rename` ran; what was attached to requests.
#[derive(Default)]
pub struct Counters {
    pub slow: AtomicU64,
    pub renamed: AtomicU64,
    /// Subscription streams that are open.
    pub open: AtomicU64,
}

pub fn build(counters: Arc<Counters>) -> TestSchema {
    Schema::build(Query, Mutation, Events).data(counters).validation_mode(ValidationMode::Fast).finish()
}

/// A text of small letters.
#[derive(Clone)]
pub struct Letters(String);

#[Scalar]
impl ScalarType for Letters {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.bytes().all(|b| b.is_ascii_lowercase()) => Ok(Self(text)),
            _ => Err("write small letters".into()),
        }
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

pub fn judge(scalar: &str, value: &Value) -> Result<(), String> {
    match scalar {
        "Letters" => Letters::parse(value.clone()).map(drop).map_err(|_| "write small letters".to_owned()),
        _ => Ok(()),
    }
}

#[derive(InputObject)]
pub struct LettersFilter {
    eq: Option<Letters>,
    #[graphql(name = "in")]
    one_of: Option<Vec<Letters>>,
    is_null: Option<bool>,
}

#[derive(InputObject)]
pub struct RowFilter {
    name: Option<LettersFilter>,
    and: Option<Vec<RowFilter>>,
}

#[derive(InputObject)]
pub struct Basket {
    name: Option<Letters>,
    inside: Option<Vec<Basket>>,
}

pub struct Query;

#[derive(InputObject)]
pub struct Note {
    note: MaybeUndefined<String>,
    #[graphql(default = 7)]
    times: i32,
}

#[derive(OneofObject)]
pub enum Choice {
    Id(String),
    Number(i32),
}

#[derive(SimpleObject)]
pub struct PageInfo {
    has_next_page: bool,
}

pub struct RowConnection {
    rows: usize,
}

#[Object]
impl RowConnection {
    async fn nodes(&self) -> Vec<Row> {
        (0..self.rows).map(|_| Row).collect()
    }
    async fn page_info(&self) -> PageInfo {
        PageInfo { has_next_page: false }
    }
}

#[derive(Clone, Copy)]
pub struct Row;

#[Object]
impl Row {
    async fn name(&self) -> &str {
        "row"
    }
    async fn child(&self) -> Row {
        Row
    }
    async fn rows(&self, first: Option<i32>) -> RowConnection {
        RowConnection { rows: usize::try_from(first.unwrap_or(20)).unwrap() }
    }
    /// Nullable, may fail: the shape our conventions ask for.
    async fn fragile(&self) -> Option<Result<String>> {
        Some(Err(Error::new("SELECT secret FROM accounts")))
    }
    /// Not nullable, fails: null climbs to the nearest nullable parent.
    async fn broken(&self) -> Result<String> {
        Err(Error::new("no such table: accounts"))
    }
}

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }
    async fn echo(&self, note: MaybeUndefined<String>, #[graphql(default = 3)] times: i32) -> String {
        format!("{} {times}", undefined(&note))
    }
    async fn echo_input(&self, input: Note) -> String {
        format!("{} {}", undefined(&input.note), input.times)
    }
    async fn choose(&self, choice: Choice) -> String {
        match choice {
            Choice::Id(id) => id,
            Choice::Number(number) => number.to_string(),
        }
    }
    async fn letters(&self, of: Option<Letters>, basket: Option<Basket>) -> Option<String> {
        let inside = basket.and_then(|b| b.inside).map_or(0, |list| list.len());
        Some(format!("{} {inside}", of.map_or_else(String::new, |l| l.0)))
    }
    async fn ids(&self, ids: Vec<ID>) -> usize {
        ids.len()
    }
    async fn maybe_ids(&self, ids: Vec<Option<ID>>) -> String {
        ids.iter().map(|id| id.as_ref().map_or("-", |id| id.as_str())).collect()
    }
    async fn filtered(&self, filter: Option<RowFilter>) -> bool {
        filter.is_some_and(|f| f.name.is_some() || f.and.is_some())
    }
    async fn row(&self) -> Row {
        Row
    }
    async fn maybe_row(&self) -> Option<Row> {
        Some(Row)
    }
    async fn row_list(&self) -> Vec<Option<Row>> {
        vec![Some(Row), None, Some(Row)]
    }
    async fn rows(&self, first: Option<i32>) -> RowConnection {
        RowConnection { rows: usize::try_from(first.unwrap_or(20)).unwrap() }
    }
    async fn fails_unexpectedly(&self) -> Option<Result<String>> {
        Some(Err(Error::from(std::io::Error::other("/var/lib/partner-center/db.sqlite is locked"))))
    }
    async fn forbidden(&self) -> Option<Result<String>> {
        let mut error = Error::new("Not yours.");
        error.extensions.get_or_insert_default().set("code", "FORBIDDEN");
        Some(Err(error))
    }
    async fn slow(&self, ctx: &Context<'_>, #[graphql(default = 60_000)] ms: u64) -> &str {
        ctx.data_unchecked::<Arc<Counters>>().slow.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(ms)).await;
        "done"
    }
    async fn panics(&self) -> Option<String> {
        if true { panic!("a bug") } else { None }
    }
    async fn who(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<Actor>().subject.clone()
    }
    async fn lang(&self, ctx: &Context<'_>) -> &str {
        ctx.data_unchecked::<Lang>().tag()
    }
    async fn request(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<RequestId>().0.clone()
    }
    async fn attached(&self, ctx: &Context<'_>) -> String {
        ctx.data_opt::<super::kit::Attached>().map_or_else(String::new, |a| a.0.clone())
    }
}

fn undefined(note: &MaybeUndefined<String>) -> String {
    match note {
        MaybeUndefined::Undefined => "absent".to_owned(),
        MaybeUndefined::Null => "null".to_owned(),
        MaybeUndefined::Value(text) => format!("'{text}'"),
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn rename(&self, ctx: &Context<'_>, name: String) -> String {
        ctx.data_unchecked::<Arc<Counters>>().renamed.fetch_add(1, Ordering::SeqCst);
        name
    }
}

pub struct Events;

struct Open(Arc<Counters>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn open(ctx: &Context<'_>) -> Open {
    let counters = ctx.data_unchecked::<Arc<Counters>>().clone();
    counters.open.fetch_add(1, Ordering::SeqCst);
    Open(counters)
}

#[Subscription]
impl Events {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }
    /// One event, then silence for ever.
    async fn silence(&self, ctx: &Context<'_>) -> impl Stream<Item = String> {
        let open = open(ctx);
        let who = ctx.data_unchecked::<Actor>().subject.clone();
        stream::once(async { who }).chain(stream::pending()).map(move |event| {
            let _ = &open;
            event
        })
    }
    async fn refuses(&self) -> Result<stream::Empty<i32>> {
        Err(Error::new("connection string: secret"))
    }
    async fn panics_later(&self) -> impl Stream<Item = i32> {
        stream::iter(1..=2).map(|n| if n == 2 { panic!("a bug") } else { n })
    }
}
