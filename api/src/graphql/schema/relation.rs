//! Fields whose objects are other rows: held by the row, found by a key, or read for the whole list.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use futures_util::future::{BoxFuture, ready};

use super::args::Args;
use super::env::Env;
use super::failure::Outcome;
use super::leaf::Leaf;
use super::loaders::Rows as Loaders;
use super::object::{Object, Shown};
use super::rows::{Column, Part, Span};
use super::table::{Child, table_of};

/// Reads something for all rows of a list.
pub(crate) type ForAll<R, T> = for<'a> fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Vec<T>>>;

/// An object at most for each row.
pub(super) fn column<C: Shown>(found: impl IntoIterator<Item = Option<C>>) -> Column {
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    for object in found {
        spans.push(match object {
            None => Span::Null,
            Some(object) => {
                rows.push(object);
                Span::one(rows.len() - 1)
            }
        });
    }
    Column::Objects { spans, parts: vec![part(rows)] }
}

/// A list of objects for each row.
pub(super) fn lists<C: Shown>(found: impl IntoIterator<Item = Vec<C>>) -> Column {
    maybe_lists(found.into_iter().map(Some))
}

/// A list of objects for each row that has one.
fn maybe_lists<C: Shown>(found: impl IntoIterator<Item = Option<Vec<C>>>) -> Column {
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    for objects in found {
        spans.push(match objects {
            None => Span::Null,
            Some(objects) => {
                let from = rows.len();
                rows.extend(objects);
                Span::Many(from..rows.len())
            }
        });
    }
    Column::Objects { spans, parts: vec![part(rows)] }
}

/// Objects of one type.
pub(super) fn part<C: Shown>(rows: Vec<C>) -> Part {
    Part { table: table_of::<C>(), rows: Arc::new(rows) }
}

/// Every key once, in the order in which they first stand.
fn distinct<K: Hash + Eq + Clone>(keys: impl Iterator<Item = K>) -> Vec<K> {
    let mut seen = std::collections::HashSet::new();
    keys.filter(|key| seen.insert(key.clone())).collect()
}

/// The objects of `keys`, each once, and which row has which.
async fn by_key<K, C>(env: &Env, keys: Vec<Option<K>>) -> Outcome<Column>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
    C: Shown + Clone,
{
    let mut places = HashMap::new();
    let mut rows = Vec::new();
    for (key, object) in env.load(distinct(keys.iter().flatten().cloned())).await? {
        places.insert(key, rows.len());
        rows.push(object);
    }
    let span =
        |key: Option<K>| key.and_then(|key| places.get(&key)).map_or(Span::Null, |row| Span::one(*row));
    Ok(Column::Objects { spans: keys.into_iter().map(span).collect(), parts: vec![part(rows)] })
}

/// The few objects of each of `keys`.
async fn few<K, C>(env: &Env, keys: Vec<K>) -> Outcome<Vec<Vec<C>>>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    Loaders: Loader<K, Value = Vec<C>, Error = Arc<domain::Error>>,
    C: Shown + Clone,
{
    let found = env.load(distinct(keys.iter().cloned())).await?;
    Ok(keys.iter().map(|key| found.get(key).cloned().unwrap_or_default()).collect())
}

impl<R: Shown> Object<R> {
    /// An object made from the row.
    pub(crate) fn object<C: Shown>(self, name: &'static str, doc: &'static str, get: fn(&R) -> C) -> Self {
        self.objects_by(name, doc, format!("{}!", C::name()), one_table::<C>(), move |_, rows, _| {
            Box::pin(ready(Ok(column(rows.iter().map(|row| Some(get(row)))))))
        })
    }

    /// An object made from the row, where there is one.
    pub(crate) fn maybe_object<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R) -> Option<C>,
    ) -> Self {
        self.objects_by(name, doc, C::name().into_owned(), one_table::<C>(), move |_, rows, _| {
            Box::pin(ready(Ok(column(rows.iter().map(get)))))
        })
    }

    /// A list of objects made from the row.
    pub(crate) fn objects<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R) -> Vec<C>,
    ) -> Self {
        self.objects_by(name, doc, format!("[{}!]!", C::name()), one_table::<C>(), move |_, rows, _| {
            Box::pin(ready(Ok(lists(rows.iter().map(get)))))
        })
    }

    /// An object made from the row that depends on who asks, or in which language.
    pub(crate) fn said_object<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R, &Env) -> C,
    ) -> Self {
        self.objects_by(name, doc, format!("{}!", C::name()), one_table::<C>(), move |env, rows, _| {
            Box::pin(ready(Ok(column(rows.iter().map(|row| Some(get(row, env)))))))
        })
    }

    /// A list of objects made from the row that depends on who asks, or in which language.
    pub(crate) fn said_objects<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R, &Env) -> Vec<C>,
    ) -> Self {
        self.objects_by(name, doc, format!("[{}!]!", C::name()), one_table::<C>(), move |env, rows, _| {
            Box::pin(ready(Ok(lists(rows.iter().map(|row| get(row, env))))))
        })
    }

    /// The object of a key that the row holds; null for no key, and for a row the caller does not see.
    pub(crate) fn one<K, C>(self, name: &'static str, doc: &'static str, key: fn(&R) -> Option<K>) -> Self
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.objects_by(name, doc, C::name().into_owned(), one_table::<C>(), move |env, rows, _| {
            Box::pin(by_key(env, rows.iter().map(key).collect()))
        })
    }

    /// The first of the few objects below a key of the row.
    pub(crate) fn first<K, C>(self, name: &'static str, doc: &'static str, key: fn(&R) -> K) -> Self
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = Vec<C>, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.objects_by(name, doc, C::name().into_owned(), one_table::<C>(), move |env, rows, _| {
            Box::pin(async move {
                let found = few(env, rows.iter().map(key).collect()).await?;
                Ok(column(found.into_iter().map(|few| few.into_iter().next())))
            })
        })
    }

    /// The few objects below a key of the row.
    pub(crate) fn many<K, C>(self, name: &'static str, doc: &'static str, key: fn(&R) -> K) -> Self
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = Vec<C>, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.objects_by(name, doc, format!("[{}!]", C::name()), one_table::<C>(), move |env, rows, _| {
            Box::pin(async move { Ok(lists(few(env, rows.iter().map(key).collect()).await?)) })
        })
    }

    /// The few objects below a key of the row, for whoever may see them; null where there is no key.
    pub(crate) fn many_if<K, C>(
        self,
        name: &'static str,
        doc: &'static str,
        key: fn(&R, &Env) -> Option<K>,
    ) -> Self
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = Vec<C>, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.objects_by(name, doc, format!("[{}!]", C::name()), one_table::<C>(), move |env, rows, _| {
            Box::pin(async move {
                let keys: Vec<Option<K>> = rows.iter().map(|row| key(row, env)).collect();
                let found = env.load(distinct(keys.iter().flatten().cloned())).await?;
                Ok(maybe_lists(
                    keys.into_iter().map(|key| key.map(|key| found.get(&key).cloned().unwrap_or_default())),
                ))
            })
        })
    }

    /// The few objects below a key that is made of the row and the arguments.
    pub(crate) fn many_by<K, C>(
        self,
        name: &'static str,
        doc: &'static str,
        key: fn(&R, &Args) -> Outcome<K>,
    ) -> Self
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = Vec<C>, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        self.objects_by(name, doc, format!("[{}!]", C::name()), one_table::<C>(), move |env, rows, args| {
            Box::pin(async move {
                let keys = rows.iter().map(|row| key(row, args)).collect::<Outcome<_>>()?;
                Ok(lists(few(env, keys).await?))
            })
        })
    }

    /// An object at most for each row, read for all of them.
    pub(crate) fn column<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Option<C>>,
    ) -> Self {
        self.objects_by(name, doc, C::name().into_owned(), one_table::<C>(), move |env, rows, args| {
            Box::pin(async move { Ok(column(read(env, rows, args).await?)) })
        })
    }

    /// A list of objects for each row, read for all of them.
    pub(crate) fn lists<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Vec<C>>,
    ) -> Self {
        self.objects_by(name, doc, format!("[{}!]", C::name()), one_table::<C>(), move |env, rows, args| {
            Box::pin(async move { Ok(lists(read(env, rows, args).await?)) })
        })
    }

    /// A list of objects for each row that has one, read for all of them; null for the others.
    pub(crate) fn maybe_lists<C: Shown>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Option<Vec<C>>>,
    ) -> Self {
        self.objects_by(name, doc, format!("[{}!]", C::name()), one_table::<C>(), move |env, rows, args| {
            Box::pin(async move { Ok(maybe_lists(read(env, rows, args).await?)) })
        })
    }

    /// A value for each row, read for all of them.
    pub(crate) fn values<V: Leaf + Send + Sync + 'static>(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, V>,
    ) -> Self {
        self.values_by::<V, _>(name, doc, move |env, rows, args| {
            Box::pin(async move { Ok(Column::Leaves(Box::new(read(env, rows, args).await?))) })
        })
    }
}

fn one_table<C: Shown>() -> Child {
    Child::Table(table_of::<C>)
}
