//! Orders of lists.

use async_graphql::registry::Registry;
use async_graphql::{InputType, Value};
use domain::reading::{Key, Order};

use super::describe::{self, Input};
use super::filter::OrderDirection;
use super::wrong::Wrong;

/// One thing a list can be ordered by.
struct OrderField {
    name: &'static str,
    doc: &'static str,
    keys: Vec<Key>,
}

/// What a list can be ordered by.
pub(crate) struct OrderBy {
    /// The input type's name in the schema.
    pub(crate) name: &'static str,
    doc: &'static str,
    /// The list's name, which stands in its cursors.
    list: &'static str,
    fields: Vec<OrderField>,
    descending: bool,
}

impl OrderBy {
    /// The orders of `list`, without any yet. The first that is added is the list's own.
    pub(crate) fn new(list: &'static str, name: &'static str, doc: &'static str) -> Self {
        Self { name, doc, list, fields: vec![], descending: false }
    }

    /// Adds an order by `keys`, which end with what makes rows distinct.
    pub(crate) fn by(mut self, name: &'static str, doc: &'static str, keys: impl Into<Vec<Key>>) -> Self {
        self.fields.push(OrderField { name, doc, keys: keys.into() });
        self
    }

    /// The list's own order has the largest first.
    pub(crate) fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// The order that was sent, or the list's own.
    pub(crate) fn read(&self, sent: Option<&Value>) -> Result<Order, Wrong> {
        let part = |name: &str| match sent {
            Some(Value::Object(parts)) => parts.get(name),
            _ => None,
        };
        let text = |value: &Value| match value {
            Value::Enum(name) => name.to_string(),
            Value::String(name) => name.clone(),
            other => other.to_string(),
        };
        let field = match part("field").map(text) {
            None => self.fields.first(),
            Some(name) => self.fields.iter().find(|field| field.name == name),
        };
        let field = field.ok_or_else(|| Wrong::misfit(self.name, "it has no such field."))?;
        let descending = match (sent, part("direction").map(text)) {
            (None | Some(Value::Null), _) => self.descending,
            (_, direction) => direction.is_some_and(|name| name == "DESC"),
        };
        let way = if descending { "DESC" } else { "ASC" };
        Ok(Order {
            name: format!("{}:{}:{way}", self.list, field.name),
            keys: field.keys.clone(),
            descending,
        })
    }

    /// Adds its types to the registry.
    pub(crate) fn describe(&self, registry: &mut Registry) {
        if registry.types.contains_key(self.name) {
            return;
        }
        let fields = format!("{}Field", self.name);
        let values = self.fields.iter().map(|field| (field.name, field.doc));
        let doc = format!("What `{}` can be ordered by.", self.list);
        let described = describe::enumeration(&fields, &doc, values);
        registry.types.insert(fields.clone(), described);
        <OrderDirection as InputType>::create_type_info(registry);
        let way = "Which way; the id or key decides between equals, the same way.";
        let inputs = [
            Input::new("field", "What rows are ordered by.", format!("{fields}!")),
            Input::new("direction", way, "OrderDirection!".into()).or("ASC".into()),
        ];
        let described = describe::input_object(self.name, self.doc, inputs, None);
        registry.types.insert(self.name.to_owned(), described);
    }
}
