//! Interfaces, and anything by its id.

use std::collections::HashMap;
use std::hash::Hash;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use async_graphql::ID;
use async_graphql::dataloader::Loader;
use futures_util::future::{BoxFuture, try_join_all};

use super::args::Args;
use super::env::Env;
use super::failure::Outcome;
use super::leaf::Leaf;
use super::loaders::Rows as Loaders;
use super::object::{Object, Shown};
use super::relation::{ForAll, part};
use super::rows::{Column, Part, Place, Span};
use super::table::{Child, Table, table_of};

/// An interface of the schema: fields that several types share.
pub(crate) struct Interface {
    /// Its name in the schema.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) doc: &'static str,
    /// Its fields: name, and what each is.
    pub(crate) fields: Vec<(&'static str, &'static str)>,
    /// The types that have it.
    pub(crate) tables: Vec<fn() -> &'static Table>,
}

/// Finds the rows of ids, and which id has which.
type Find = for<'a> fn(&'a Env, Vec<&'a str>) -> BoxFuture<'a, Outcome<(Part, Vec<Option<usize>>)>>;

/// A kind of things that have ids.
pub(crate) struct NodeKind {
    /// What ids of this kind begin with.
    prefix: &'static str,
    /// The root field that whoever asks must be allowed to use.
    guard: &'static str,
    /// The type.
    pub(crate) table: fn() -> &'static Table,
    find: Find,
}

impl NodeKind {
    /// The things that have keys `K`.
    pub(crate) fn of<K, C>(prefix: &'static str, guard: &'static str) -> Self
    where
        K: FromStr + Hash + Eq + Clone + Send + Sync + 'static,
        Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
        C: Shown + Clone,
    {
        Self { prefix, guard, table: table_of::<C>, find: |env, ids| Box::pin(find_kind::<K, C>(env, ids)) }
    }
}

async fn find_kind<K, C>(env: &Env, ids: Vec<&str>) -> Outcome<(Part, Vec<Option<usize>>)>
where
    K: FromStr + Hash + Eq + Clone + Send + Sync + 'static,
    Loaders: Loader<K, Value = C, Error = Arc<domain::Error>>,
    C: Shown + Clone,
{
    let keys: Vec<Option<K>> = ids.iter().map(|id| id.parse().ok()).collect();
    let found = env.load(keys.iter().flatten().cloned().collect()).await?;
    let mut rows = Vec::with_capacity(found.len());
    let mut places = HashMap::with_capacity(found.len());
    for (key, row) in found {
        places.insert(key, rows.len());
        rows.push(row);
    }
    let place = |key: Option<K>| key.and_then(|key| places.get(&key).copied());
    Ok((part(rows), keys.into_iter().map(place).collect()))
}

/// The kinds of things that have ids.
pub(crate) fn kinds() -> &'static [NodeKind] {
    static KINDS: OnceLock<Vec<NodeKind>> = OnceLock::new();
    KINDS.get_or_init(crate::graphql::nouns::kinds)
}

/// The interface of everything that has an id.
pub(crate) fn interface() -> &'static Interface {
    static NODE: OnceLock<Interface> = OnceLock::new();
    NODE.get_or_init(|| Interface {
        name: "Node",
        doc: "Something with a stable id.",
        fields: vec![("id", "Stable id.")],
        tables: kinds().iter().map(|kind| kind.table).collect(),
    })
}

/// Whatever has these ids, one place for each; none if an id is malformed, unknown, foreign, or of a kind the caller
/// may not query.
pub(crate) async fn find(env: &Env, ids: &[Option<&str>]) -> Outcome<(Vec<Option<Place>>, Vec<Part>)> {
    let kind_of = |id: &str| {
        let prefix = id.split_once('_').map(|(prefix, _)| prefix)?;
        kinds().iter().position(|kind| kind.prefix == prefix && env.allows(kind.guard))
    };
    let mut asked: Vec<(usize, Vec<usize>, Vec<&str>)> = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        let Some((id, kind)) = id.and_then(|id| Some((id, kind_of(id)?))) else { continue };
        match asked.iter_mut().find(|(of, ..)| *of == kind) {
            Some((_, numbers, ids)) => {
                numbers.push(number);
                ids.push(id);
            }
            None => asked.push((kind, vec![number], vec![id])),
        }
    }
    let mut places = vec![None; ids.len()];
    let mut parts = Vec::with_capacity(asked.len());
    let reading = asked.into_iter().filter_map(|(kind, numbers, ids)| {
        let kind = kinds().get(kind)?;
        Some(async move { Ok::<_, super::failure::Failure>((numbers, (kind.find)(env, ids).await?)) })
    });
    for (numbers, (part, rows)) in try_join_all(reading).await? {
        for (number, row) in numbers.into_iter().zip(rows) {
            if let Some(place) = places.get_mut(number) {
                *place = row.map(|row| Place { part: parts.len(), row });
            }
        }
        parts.push(part);
    }
    Ok((places, parts))
}

impl<R: Shown> Object<R> {
    /// The stable id, by which `node` finds the row again.
    pub(crate) fn node<K: Leaf + 'static>(self, get: fn(&R) -> K) -> Self {
        self.field("id", "Stable id.", get).implements(interface)
    }

    /// Whatever has the id that a row holds.
    pub(crate) fn any(self, name: &'static str, doc: &'static str, id: fn(&R) -> Option<&str>) -> Self {
        self.objects_by(name, doc, "Node".into(), Child::Interface(interface), move |env, rows, _| {
            Box::pin(async move {
                let ids: Vec<_> = rows.iter().map(id).collect();
                let (places, parts) = find(env, &ids).await?;
                let span = |place: Option<Place>| place.map_or(Span::Null, Span::One);
                Ok(Column::Objects { spans: places.into_iter().map(span).collect(), parts })
            })
        })
    }

    /// Whatever has the id that `id` reads of the arguments.
    pub(crate) fn any_by(self, name: &'static str, doc: &'static str, id: fn(&Args) -> Outcome<ID>) -> Self {
        self.objects_by(name, doc, "Node".into(), Child::Interface(interface), move |env, _, args| {
            Box::pin(async move {
                let id = id(args)?;
                let (places, parts) = find(env, &[Some(id.as_str())]).await?;
                let span = |place: Option<Place>| place.map_or(Span::Null, Span::One);
                Ok(Column::Objects { spans: places.into_iter().map(span).collect(), parts })
            })
        })
    }

    /// Whatever has the ids that `ids` reads of the arguments, as far as there is something, each once.
    pub(crate) fn things(self, name: &'static str, doc: &'static str, ids: ForAll<R, Vec<ID>>) -> Self {
        self.objects_by(name, doc, "[Node!]".into(), Child::Interface(interface), move |env, rows, args| {
            Box::pin(async move {
                let wanted = ids(env, rows, args).await?;
                let mut spans = Vec::with_capacity(wanted.len());
                let flat: Vec<_> = wanted.iter().flatten().map(|id| Some(id.as_str())).collect();
                let (places, parts) = find(env, &flat).await?;
                let mut places = places.into_iter();
                for ids in &wanted {
                    let mut there: Vec<Option<Place>> = Vec::new();
                    for place in places.by_ref().take(ids.len()).filter(Option::is_some) {
                        if !there.contains(&place) {
                            there.push(place);
                        }
                    }
                    spans.push(Span::Picked(there));
                }
                Ok(Column::Objects { spans, parts })
            })
        })
    }

    /// Whatever has the ids that `ids` reads of the arguments, null for each that is not found.
    pub(crate) fn anything(self, name: &'static str, doc: &'static str, ids: ForAll<R, Vec<ID>>) -> Self {
        self.objects_by(name, doc, "[Node]!".into(), Child::Interface(interface), move |env, rows, args| {
            Box::pin(async move {
                let wanted = ids(env, rows, args).await?;
                let flat: Vec<_> = wanted.iter().flatten().map(|id| Some(id.as_str())).collect();
                let (places, parts) = find(env, &flat).await?;
                let mut places = places.into_iter();
                let span = |ids: Vec<ID>| Span::Picked(places.by_ref().take(ids.len()).collect());
                Ok(Column::Objects { spans: wanted.into_iter().map(span).collect(), parts })
            })
        })
    }
}
