//! Entries of the registry of async-graphql, made from tables.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaEnumValue, MetaField, MetaInputValue, MetaType, Registry};

use super::args::Arg;
use super::node::Interface;
use super::table::{Child, Field, Table};

/// A field of an input object.
pub(crate) struct Input {
    name: &'static str,
    doc: Cow<'static, str>,
    kind: String,
    default: Option<String>,
}

impl Input {
    /// A field that takes a `kind`, e.g. `[ID!]`.
    pub(crate) fn new(name: &'static str, doc: impl Into<Cow<'static, str>>, kind: String) -> Self {
        Self { name, doc: doc.into(), kind, default: None }
    }

    /// The same, with a value for when it is not sent.
    pub(crate) fn or(self, default: String) -> Self {
        Self { default: Some(default), ..self }
    }
}

fn said(doc: &str) -> Option<String> {
    (!doc.is_empty()).then(|| doc.to_owned())
}

fn input_value(name: &str, doc: &str, kind: &str, default: Option<String>) -> MetaInputValue {
    MetaInputValue {
        name: name.to_owned(),
        description: said(doc),
        ty: kind.to_owned(),
        deprecation: Default::default(),
        default_value: default,
        visible: None,
        inaccessible: false,
        tags: vec![],
        is_secret: false,
        directive_invocations: vec![],
    }
}

/// An input object.
pub(crate) fn input_object(
    name: &str,
    doc: &str,
    fields: impl IntoIterator<Item = Input>,
    rust_typename: Option<&'static str>,
) -> MetaType {
    let field = |field: Input| {
        (field.name.to_owned(), input_value(field.name, &field.doc, &field.kind, field.default))
    };
    MetaType::InputObject {
        name: name.to_owned(),
        description: said(doc),
        input_fields: fields.into_iter().map(field).collect(),
        visible: None,
        inaccessible: false,
        tags: vec![],
        rust_typename,
        oneof: false,
        directive_invocations: vec![],
    }
}

/// An enum with the names of its values and what they mean.
pub(crate) fn enumeration<'v>(
    name: &str,
    doc: &str,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> MetaType {
    let value = |(name, doc): (&str, &str)| {
        let value = MetaEnumValue {
            name: name.to_owned(),
            description: said(doc),
            deprecation: Default::default(),
            visible: None,
            inaccessible: false,
            tags: vec![],
            directive_invocations: vec![],
        };
        (name.to_owned(), value)
    };
    MetaType::Enum {
        name: name.to_owned(),
        description: said(doc),
        enum_values: values.into_iter().map(value).collect(),
        visible: None,
        inaccessible: false,
        tags: vec![],
        rust_typename: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}

/// Adds a type, and everything it leads to.
pub(crate) fn object(registry: &mut Registry, table: &'static Table) {
    if registry.types.contains_key(&*table.name) {
        return;
    }
    registry.types.insert(table.name.to_string(), object_type(table, IndexMap::new()));
    for interface in &table.interfaces {
        let interface = interface();
        registry.add_implements(&table.name, interface.name);
        self::interface(registry, interface);
    }
    let fields =
        table.fields.iter().map(|field| (field.name.to_owned(), described(registry, field))).collect();
    registry.types.insert(table.name.to_string(), object_type(table, fields));
}

/// Adds an interface, and the types that have it.
pub(crate) fn interface(registry: &mut Registry, interface: &'static Interface) {
    if registry.types.contains_key(interface.name) {
        return;
    }
    let tables: Vec<_> = interface.tables.iter().map(|table| table()).collect();
    let known = tables.first();
    let shared = |(name, doc): &(&'static str, &'static str)| {
        let field = known.and_then(|table| table.field(name));
        let kind = field.map_or("", |field| field.kind.as_str());
        ((*name).to_owned(), meta_field(name, doc, IndexMap::new(), kind.to_owned()))
    };
    let described = MetaType::Interface {
        name: interface.name.to_owned(),
        description: said(interface.doc),
        fields: interface.fields.iter().map(shared).collect(),
        possible_types: tables.iter().map(|table| table.name.to_string()).collect(),
        extends: false,
        keys: None,
        visible: None,
        inaccessible: false,
        tags: vec![],
        rust_typename: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    };
    registry.types.insert(interface.name.to_owned(), described);
    for table in tables {
        object(registry, table);
    }
}

fn object_type(table: &Table, fields: IndexMap<String, MetaField>) -> MetaType {
    MetaType::Object {
        name: table.name.to_string(),
        description: said(&table.doc),
        fields,
        cache_control: Default::default(),
        extends: false,
        shareable: false,
        resolvable: true,
        keys: None,
        visible: None,
        inaccessible: false,
        interface_object: false,
        tags: vec![],
        is_subscription: false,
        rust_typename: Some(table.rust_name),
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}

fn described(registry: &mut Registry, field: &'static Field) -> MetaField {
    if let Some(describe) = field.describe {
        describe(registry);
    }
    match field.child {
        Some(Child::Table(table)) => object(registry, table()),
        Some(Child::Interface(found)) => interface(registry, found()),
        None => {}
    }
    let args = field.args.iter().map(|arg| (arg.name.to_owned(), argument(registry, arg))).collect();
    meta_field(field.name, &field.doc, args, field.kind.clone())
}

fn argument(registry: &mut Registry, arg: &Arg) -> MetaInputValue {
    (arg.describe)(registry);
    input_value(arg.name, arg.doc, &arg.kind, arg.default.as_ref().map(ToString::to_string))
}

fn meta_field(name: &str, doc: &str, args: IndexMap<String, MetaInputValue>, ty: String) -> MetaField {
    MetaField {
        name: name.to_owned(),
        description: said(doc),
        args,
        ty,
        deprecation: Default::default(),
        cache_control: Default::default(),
        external: false,
        requires: None,
        provides: None,
        visible: None,
        shareable: false,
        inaccessible: false,
        tags: vec![],
        override_from: None,
        compute_complexity: None,
        directive_invocations: vec![],
        requires_scopes: vec![],
    }
}
