//! Filters of lists: fields with the condition that each becomes, and `and` and `or` of the same.

use async_graphql::registry::Registry;
use async_graphql::{Enum, InputType, Value};
use domain::reading::Predicate;

use super::describe::{self, Input};

/// Values a filter may compare with, all parts together: a statement's limit is far above.
pub(crate) const FILTER_VALUES_LIMIT: usize = 500;

/// A condition, or what is wrong with a filter.
pub(crate) type Condition = Result<Predicate, String>;

/// Which way a list is ordered.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

/// A field of a filter.
struct FilterField {
    name: &'static str,
    doc: &'static str,
    kind: String,
    describe: fn(&mut Registry) -> String,
    condition: Box<dyn Fn(&Value) -> Condition + Send + Sync>,
}

/// The filter of a list.
pub(crate) struct Filter {
    /// The type's name in the schema.
    pub(crate) name: &'static str,
    doc: &'static str,
    fields: Vec<FilterField>,
}

impl Filter {
    /// A filter without fields.
    pub(crate) fn new(name: &'static str, doc: &'static str) -> Self {
        Self { name, doc, fields: vec![] }
    }

    /// Adds a field that takes an `F`, and what it becomes.
    pub(crate) fn by<F: InputType + 'static>(
        mut self,
        name: &'static str,
        doc: &'static str,
        on: fn(&F) -> Condition,
    ) -> Self {
        let condition = move |value: &Value| {
            let compared = F::parse(Some(value.clone())).map_err(|wrong| {
                let message = wrong.into_server_error(Default::default()).message;
                format!("`{name}`: {message}")
            })?;
            on(&compared)
        };
        let kind = F::type_name().into_owned();
        self.fields.push(FilterField {
            name,
            doc,
            kind,
            describe: F::create_type_info,
            condition: Box::new(condition),
        });
        self
    }

    /// The condition of what was sent, within the limits.
    pub(crate) fn read(&self, sent: Option<&Value>) -> Condition {
        let condition = sent.map_or_else(|| Ok(Predicate::always()), |value| self.condition(value))?;
        if condition.size() > FILTER_VALUES_LIMIT {
            return Err(format!("A filter compares with at most {FILTER_VALUES_LIMIT} values."));
        }
        Ok(condition)
    }

    fn condition(&self, value: &Value) -> Condition {
        let Value::Object(parts) = value else { return Ok(Predicate::always()) };
        let mut all = Vec::with_capacity(parts.len());
        for (name, value) in parts {
            let inside = || match value {
                Value::List(items) => items.iter().map(|item| self.condition(item)).collect(),
                other => Ok(vec![self.condition(other)?]),
            };
            match (name.as_str(), value) {
                (_, Value::Null) => {}
                ("and", _) => all.push(Predicate::all(inside()?)),
                ("or", _) => all.push(Predicate::any(inside()?)),
                (name, value) => {
                    let field = self.fields.iter().find(|field| field.name == name);
                    let field = field.ok_or_else(|| format!("{} has no field `{name}`.", self.name))?;
                    all.push((field.condition)(value)?);
                }
            }
        }
        Ok(Predicate::all(all))
    }

    /// Adds its type to the registry.
    pub(crate) fn describe(&self, registry: &mut Registry) {
        if registry.types.contains_key(self.name) {
            return;
        }
        let mut inputs = vec![
            Input::new("and", "All of these hold too.", format!("[{}!]", self.name)),
            Input::new("or", "At least one of these holds too.", format!("[{}!]", self.name)),
        ];
        for field in &self.fields {
            (field.describe)(registry);
            inputs.push(Input::new(field.name, field.doc, field.kind.clone()));
        }
        let described = describe::input_object(self.name, self.doc, inputs, None);
        registry.types.insert(self.name.to_owned(), described);
    }
}
