//! A type of the schema as a table of its fields.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{OnceLock, PoisonError, RwLock};

use async_graphql::InputType;
use async_graphql::registry::Registry;
use futures_util::future::BoxFuture;

use super::args::{Arg, Args};
use super::env::Env;
use super::failure::Outcome;
use super::json::Json;
use super::leaf::Leaf;
use super::node::Interface;
use super::rows::{Column, RowSet};

/// Rows that the API shows as objects of one type.
pub(crate) trait Shown: Sized + Send + Sync + 'static {
    /// The type's name in the schema.
    const NAME: &'static str = "";

    /// The type's name, where it is put together from another.
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(Self::NAME)
    }

    /// The type with its fields.
    fn object() -> Object<Self>;
}

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
    fn of(kind: &str) -> Self {
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
    numbers: HashMap<&'static str, usize>,
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
    let table: &'static Table = Box::leak(Box::new(R::object().table()));
    tables.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(table)
}

/// A type of the schema over rows of `R`.
pub(crate) struct Object<R> {
    doc: Cow<'static, str>,
    fields: Vec<Field>,
    interfaces: Vec<fn() -> &'static Interface>,
    rows: PhantomData<fn(R)>,
}

impl<R: Shown> Object<R> {
    /// A type without fields.
    pub(crate) fn new(doc: impl Into<Cow<'static, str>>) -> Self {
        Self { doc: doc.into(), fields: vec![], interfaces: vec![], rows: PhantomData }
    }

    fn table(self) -> Table {
        let numbers = self.fields.iter().enumerate().map(|(number, field)| (field.name, number)).collect();
        Table {
            name: R::name(),
            doc: self.doc,
            fields: self.fields,
            interfaces: self.interfaces,
            rust_name: std::any::type_name::<R>(),
            numbers,
        }
    }

    /// Adds a field.
    pub(super) fn add(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// Adds an interface.
    pub(super) fn implements(mut self, interface: fn() -> &'static Interface) -> Self {
        self.interfaces.push(interface);
        self
    }

    /// A value that the row holds.
    pub(crate) fn field<V: Leaf + 'static>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R) -> V,
    ) -> Self {
        self.leaf::<V>(name, doc, move |row, _, out| get(row).put(out))
    }

    /// A text that the row holds.
    pub(crate) fn text(self, name: &'static str, doc: &'static str, get: fn(&R) -> &str) -> Self {
        self.leaf::<String>(name, doc, move |row, _, out| {
            out.text(get(row));
            true
        })
    }

    /// A text that the row may hold.
    pub(crate) fn maybe_text(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R) -> Option<&str>,
    ) -> Self {
        self.leaf::<Option<String>>(name, doc, move |row, _, out| match get(row) {
            Some(text) => {
                out.text(text);
                true
            }
            None => {
                out.null();
                false
            }
        })
    }

    /// A value that depends on who asks, or in which language.
    pub(crate) fn said<V: Leaf + 'static>(
        self,
        name: &'static str,
        doc: &'static str,
        get: fn(&R, &Env) -> V,
    ) -> Self {
        self.said_by(name, doc, get)
    }

    /// The same, of a function that holds something.
    pub(super) fn said_by<V: Leaf + 'static>(
        self,
        name: &'static str,
        doc: &'static str,
        get: impl Fn(&R, &Env) -> V + Send + Sync + 'static,
    ) -> Self {
        self.leaf::<V>(name, doc, move |row, env, out| get(row, env).put(out))
    }

    fn leaf<V: Leaf + 'static>(
        self,
        name: &'static str,
        doc: &'static str,
        put: impl Fn(&R, &Env, &mut Json) -> bool + Send + Sync + 'static,
    ) -> Self {
        let put = move |row: &dyn Any, env: &Env, out: &mut Json| match row.downcast_ref::<R>() {
            Some(row) => put(row, env, out),
            // Rows of a table are of its type: there is no other way to make them.
            None => {
                out.null();
                false
            }
        };
        let kind = V::name();
        self.add(Field {
            name,
            doc: doc.into(),
            sure: Sure::of(&kind),
            kind,
            args: vec![],
            get: Get::Row(Box::new(put)),
            child: None,
            describe: Some(V::describe),
        })
    }

    /// A field of objects of type `kind`, which `read` reads for all rows at once.
    pub(super) fn objects_by<F>(
        self,
        name: &'static str,
        doc: &'static str,
        kind: String,
        child: Child,
        read: F,
    ) -> Self
    where
        F: for<'a> Fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Column>> + Send + Sync + 'static,
    {
        self.add(Field {
            name,
            doc: doc.into(),
            sure: Sure::of(&kind),
            kind,
            args: vec![],
            get: Get::Column(Box::new(typed(read))),
            child: Some(child),
            describe: None,
        })
    }

    /// A field of values, which `read` reads for all rows at once.
    pub(super) fn values_by<V, F>(self, name: &'static str, doc: &'static str, read: F) -> Self
    where
        V: Leaf + 'static,
        F: for<'a> Fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Column>> + Send + Sync + 'static,
    {
        let kind = V::name();
        self.add(Field {
            name,
            doc: doc.into(),
            sure: Sure::of(&kind),
            kind,
            args: vec![],
            get: Get::Column(Box::new(typed(read))),
            child: None,
            describe: Some(V::describe),
        })
    }

    /// Lets the field before take an argument.
    pub(crate) fn arg<T: InputType>(self, name: &'static str, doc: &'static str) -> Self {
        self.with_arg(Arg::new::<T>(name, doc))
    }

    /// Lets the field before take an argument that has a default.
    pub(crate) fn arg_or<T: InputType>(self, name: &'static str, doc: &'static str, default: &T) -> Self {
        self.with_arg(Arg::new::<T>(name, doc).or(default))
    }

    /// Lets the field before take `arg`.
    pub(super) fn with_arg(mut self, arg: Arg) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.args.push(arg);
        }
        self
    }

    /// Takes arguments away from the field before.
    pub(super) fn without_args(mut self, names: &[&str]) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.args.retain(|arg| !names.contains(&arg.name));
        }
        self
    }

    /// Says something else of an argument of the field before.
    pub(crate) fn describe_arg(mut self, name: &str, doc: &'static str) -> Self {
        let args = self.fields.last_mut().into_iter().flat_map(|field| &mut field.args);
        for arg in args.filter(|arg| arg.name == name) {
            arg.doc = doc;
        }
        self
    }

    /// Says that the field before is never null.
    pub(crate) fn sure(mut self) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.kind = format!("{}!", field.kind.trim_end_matches('!'));
            field.sure = Sure::of(&field.kind);
        }
        self
    }
}

/// `read` over rows without their type.
fn typed<R, F>(
    read: F,
) -> impl for<'a> Fn(&'a Env, &'a dyn RowSet, &'a Args) -> BoxFuture<'a, Outcome<Column>> + Send + Sync + 'static
where
    R: 'static,
    F: for<'a> Fn(&'a Env, &'a [R], &'a Args) -> BoxFuture<'a, Outcome<Column>> + Send + Sync + 'static,
{
    move |env, rows, args| {
        let rows: &[R] = rows.all().downcast_ref::<Vec<R>>().map_or(&[], Vec::as_slice);
        read(env, rows, args)
    }
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
