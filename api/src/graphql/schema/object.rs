//! A type of the schema as a table of its fields.

use std::any::Any;
use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::InputType;
use futures_util::future::BoxFuture;

use super::args::{Arg, Args};
use super::env::Env;
use super::failure::Outcome;
use super::leaf::Leaf;
use super::node::Interface;
use super::rows::{Column, RowSet};
use super::table::{Child, Field, Get, Sure, Table};
use crate::json::Json;

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

    /// The type without the type of its rows.
    pub(super) fn into_table(self) -> Table {
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
