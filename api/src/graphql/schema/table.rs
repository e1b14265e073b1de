//! Types of the schema without the type of their rows.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use async_graphql::registry::Registry;
use futures_util::future::BoxFuture;

use super::args::{Arg, Args};
use super::env::Env;
use super::failure::Outcome;
use super::node::Interface;
use super::object::Shown;
use super::rows::{Column, RowSet};
use crate::json::Json;

/// Reads a field for all rows of a level.
type Read = dyn for<'a> Fn(&'a Env, &'a dyn RowSet, &'a Args) -> BoxFuture<'a, Outcome<Column>> + Send + Sync;
/// Writes a field of one row; false if it is null.
type Put = dyn Fn(&dyn Any, &Env, &mut Json) -> bool + Send + Sync;

/// Where the value of a field comes from.
pub(crate) enum Get {
    /// From the row itself.
    Row(Box<Put>),
    /// Read for all rows at once.
    Column(Box<Read>),
}

/// The objects below a field.
#[derive(Clone, Copy)]
pub(crate) enum Child {
    /// Objects of one type.
    Table(fn() -> &'static Table),
    /// Objects of the types of an interface.
    Interface(fn() -> &'static Interface),
}

/// Which parts of a field are never null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sure {
    /// The field itself.
    pub(crate) whole: bool,
    /// The items, if it is a list.
    pub(crate) items: bool,
}

impl Sure {
    /// Reads a type as it stands in the schema, e.g. `[Partner!]!`.
    pub(super) fn of(kind: &str) -> Self {
        let inside = kind.trim_end_matches('!');
        Self { whole: kind.ends_with('!'), items: inside.ends_with("!]") }
    }
}

/// One field of a type.
pub(crate) struct Field {
    /// Its name in the schema.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) doc: Cow<'static, str>,
    /// Its type in the schema, e.g. `[Partner!]!`.
    pub(crate) kind: String,
    /// Which parts of it are never null.
    pub(crate) sure: Sure,
    /// Its arguments.
    pub(crate) args: Vec<Arg>,
    /// Where its value comes from.
    pub(crate) get: Get,
    /// The objects below it, if it has fields.
    pub(crate) child: Option<Child>,
    /// Adds the type of a value without fields to the registry.
    pub(crate) describe: Option<fn(&mut Registry)>,
}

/// A type of the schema without the type of its rows.
pub(crate) struct Table {
    /// Its name in the schema.
    pub(crate) name: Cow<'static, str>,
    /// What it is.
    pub(crate) doc: Cow<'static, str>,
    /// Its fields.
    pub(crate) fields: Vec<Field>,
    /// The interfaces it has.
    pub(crate) interfaces: Vec<fn() -> &'static Interface>,
    /// The type of its rows, to tell two types of one name apart.
    pub(crate) rust_name: &'static str,
    pub(super) numbers: HashMap<&'static str, usize>,
}

impl Table {
    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.numbers.get(name).and_then(|number| self.fields.get(*number))
    }
}

/// The table of a type; made once.
pub(crate) fn table_of<R: Shown>() -> &'static Table {
    static TABLES: OnceLock<RwLock<HashMap<TypeId, &'static Table>>> = OnceLock::new();
    let tables = TABLES.get_or_init(RwLock::default);
    let key = TypeId::of::<R>();
    if let Some(table) = tables.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return table;
    }
    // A table lives as long as the program: there are as many as the schema has types.
    let table: &'static Table = Box::leak(Box::new(R::object().into_table()));
    tables.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_null_stands_in_the_type() {
        for (kind, whole, items) in [
            ("Int", false, false),
            ("Int!", true, false),
            ("[Int]", false, false),
            ("[Int!]", false, true),
            ("[Int!]!", true, true),
            ("[Int]!", true, false),
        ] {
            assert_eq!(Sure::of(kind), Sure { whole, items }, "{kind}");
        }
    }
}
