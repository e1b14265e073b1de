//! Lists: rows that come in pages, with the filter and the orders they have everywhere.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use async_graphql::ID;
use async_graphql::dataloader::Loader;
use domain::reading::list::grouped_sql::{GROUPS_LIMIT, Grouped};
use domain::reading::{Listing, Order, Page, PageArgs, Predicate};

use super::args::{Arg, Args};
use super::connection::{Counter, Counting, Found, Paged};
use super::env::Env;
use super::failure::Outcome;
use super::filter::Filter;
use super::loaders::Rows as Loaders;
use super::object::{Object, Shown};
use super::order::OrderBy;
use super::paging::{page_args, page_args_up_to};

/// How rows of one type are listed.
pub(crate) struct List {
    /// What can be asked of them.
    pub(crate) filter: Filter,
    /// What they can be ordered by.
    pub(crate) order: OrderBy,
}

/// Rows that are listed.
pub(crate) trait Listable: Paged {
    /// Their filter and orders.
    fn list() -> List;
}

/// The list of a type; made once.
pub(crate) fn list_of<C: Listable>() -> &'static List {
    static LISTS: OnceLock<RwLock<HashMap<TypeId, &'static List>>> = OnceLock::new();
    let lists = LISTS.get_or_init(RwLock::default);
    let key = TypeId::of::<C>();
    if let Some(list) = lists.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return list;
    }
    // A list lives as long as the program: there are as many as the schema has types that are listed.
    let list: &'static List = Box::leak(Box::new(C::list()));
    lists.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(list)
}

/// What the arguments of a list ask for.
pub(crate) struct Asked {
    /// The rows that are wanted.
    pub(crate) filter: Predicate,
    /// Their order.
    pub(crate) order: Order,
    /// The page.
    pub(crate) page: PageArgs,
}

impl Asked {
    /// Reads the arguments of a list without a filter, which is always in `order`.
    pub(crate) fn in_order(args: &Args, order: Order) -> Outcome<Self> {
        let page = page_args(args, &order)?;
        Ok(Self { filter: Predicate::always(), order, page })
    }

    /// The same with what the caller sees in the place of the names that filters use.
    fn seen_by(self, env: &Env) -> Self {
        Self { filter: self.filter.seen_by(env.scope), ..self }
    }

    /// Reads the arguments of a list of `C`.
    pub(crate) fn of<C: Listable>(args: &Args) -> Outcome<Self> {
        let list = list_of::<C>();
        let filter = list.filter.read(args.sent("filter"))?;
        let order = list.order.read(args.sent("orderBy"))?;
        let page = page_args(args, &order)?;
        Ok(Self { filter, order, page })
    }
}

/// One page of `listing`, as asked for.
pub(crate) async fn page<C: Paged>(env: &Env, listing: Listing<C>, asked: Asked) -> Outcome<Found<C>> {
    let Asked { filter, order, page } = asked.seen_by(env);
    let found = listing.page(&env.store, &filter, &order, &page).await?;
    let counter = Counter::new(move |env| {
        let (listing, filter) = (listing.clone(), filter.clone());
        Box::pin(async move { Ok(HashMap::from([(0, listing.count(&env.store, &filter).await?)])) })
    });
    Ok(Found::new(found, &order, Counting::Later(counter, 0)))
}

/// A page of `listing` below each of `parents`, in one statement. `column` of the list holds the parent.
pub(crate) async fn pages<C: Paged>(
    env: &Env,
    listing: Listing<C>,
    column: &'static str,
    parents: Vec<i64>,
    asked: Asked,
) -> Outcome<Vec<Found<C>>> {
    let Asked { filter, order, page } = asked.seen_by(env);
    let mut distinct = parents.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let found = listing.pages(&env.store, (column, &distinct), &filter, &order, &page).await?;
    let counter = Counter::new(move |env| {
        let (listing, filter, parents) = (listing.clone(), filter.clone(), distinct.clone());
        Box::pin(async move { Ok(listing.counts(&env.store, (column, &parents), &filter).await?) })
    });
    let empty = || Page { rows: vec![], has_previous: false, has_next: false };
    let of = |parent: i64| {
        let page = found.get(&parent).cloned().unwrap_or_else(empty);
        Found::new(page, &order, Counting::Later(Arc::clone(&counter), parent))
    };
    Ok(parents.into_iter().map(of).collect())
}

/// One page of the groups of `grouped`, of the rows that `filter` lets through.
pub(crate) async fn groups<C: Listable>(
    env: &Env,
    grouped: Grouped<C>,
    filter: Predicate,
    args: &Args,
) -> Outcome<Found<C>> {
    let order = grouped.order(list_of::<C>().order.read(args.sent("orderBy"))?);
    let filter = filter.seen_by(env.scope);
    let asked = page_args_up_to(args, &order, GROUPS_LIMIT)?;
    let page = grouped.page(&env.store, &filter, &order, &asked).await?;
    let counter = Counter::new(move |env| {
        let (grouped, filter) = (grouped.clone(), filter.clone());
        Box::pin(async move { Ok(HashMap::from([(0, grouped.count(&env.store, &filter).await?)])) })
    });
    Ok(Found::new(page, &order, Counting::Later(counter, 0)))
}

impl<R: Shown> Object<R> {
    /// The list of `listing` below each row: `column` of the list holds what `key` gives.
    pub(crate) fn below<C: Listable>(
        self,
        name: &'static str,
        doc: &'static str,
        column: &'static str,
        key: fn(&R) -> i64,
        listing: fn(&Env) -> Listing<C>,
    ) -> Self {
        self.pages_by(name, doc, move |env, rows, args| {
            Box::pin(async move {
                let asked = Asked::of::<C>(args)?;
                pages(env, listing(env), column, rows.iter().map(key).collect(), asked).await
            })
        })
        .asked::<C>()
    }

    /// The list of `listing` below each row, without a filter and always in one order: the column of `at` holds
    /// what its key gives.
    pub(crate) fn below_in_order<C: Paged>(
        self,
        name: &'static str,
        doc: &'static str,
        at: (&'static str, fn(&R) -> i64),
        listing: fn(&Env) -> Listing<C>,
        order: fn() -> Order,
    ) -> Self {
        let (column, key) = at;
        self.pages_by(name, doc, move |env, rows, args| {
            Box::pin(async move {
                let asked = Asked::in_order(args, order())?;
                pages(env, listing(env), column, rows.iter().map(key).collect(), asked).await
            })
        })
    }

    /// Lets the field before take the filter and the order of a list.
    pub(crate) fn asked<C: Listable>(self) -> Self {
        self.filtered::<C>().with_arg(Arg {
            name: "orderBy",
            doc: "The order of the list.",
            kind: list_of::<C>().order.name.to_owned(),
            default: None,
            describe: Box::new(|registry| list_of::<C>().order.describe(registry)),
        })
    }

    /// Lets the field before take the filter and the order of groups, of which a page has more than of rows.
    pub(crate) fn grouped<C: Listable>(self) -> Self {
        self.asked::<C>()
            .describe_arg(
                "first",
                "Groups from the start, at most 500; 20 if neither first nor last is given.",
            )
            .describe_arg("last", "Groups from the end, at most 500.")
    }

    /// Lets the field before take the filter of a list.
    pub(crate) fn filtered<C: Listable>(self) -> Self {
        self.with_arg(Arg {
            name: "filter",
            doc: "Only rows for which this holds.",
            kind: list_of::<C>().filter.name.to_owned(),
            default: None,
            describe: Box::new(|registry| list_of::<C>().filter.describe(registry)),
        })
    }
}

/// The row of `Query`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Queries;

impl Object<Queries> {
    /// A list of everything that the caller sees of `listing`.
    pub(crate) fn list<C: Listable>(
        self,
        name: &'static str,
        doc: &'static str,
        listing: fn(&Env) -> Listing<C>,
    ) -> Self {
        self.pages_by(name, doc, move |env, _, args| {
            Box::pin(async move { Ok(vec![page(env, listing(env), Asked::of::<C>(args)?).await?]) })
        })
        .asked::<C>()
    }

    /// One row by its id; null for what is unknown, foreign or malformed.
    pub(crate) fn find<K, C>(self, name: &'static str, doc: &'static str, id_doc: &'static str) -> Self
    where
        K: std::str::FromStr + std::hash::Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.column(name, doc, |env, _, args| {
            Box::pin(async move {
                let Ok(key) = args.get::<ID>("id")?.parse::<K>() else { return Ok(vec![None]) };
                Ok(vec![env.load(vec![key]).await?.into_values().next()])
            })
        })
        .arg::<ID>("id", id_doc)
    }
}
