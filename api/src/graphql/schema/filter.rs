//! Filters of lists: fields with the condition that each becomes, and `and` and `or` of the same.

use async_graphql::registry::Registry;
use async_graphql::{Enum, InputType, Value};
use domain::reading::Predicate;

use super::describe::{self, Input};
use super::wrong::Wrong;

/// Values a filter may compare with, all parts together: a statement's limit is far above.
pub(crate) const FILTER_VALUES_LIMIT: usize = 500;

/// A condition, or what is wrong with a filter.
pub(crate) type Condition = Result<Predicate, Wrong>;

/// Which way a list is ordered.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderDirection {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

/// Whether a condition, or anything it compares with, is null.
fn is_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(parts) => parts.values().any(is_null),
        Value::List(items) => items.iter().any(is_null),
        _ => false,
    }
}

/// Null in a filter would mean everything to one and nothing to another.
fn null(name: &str) -> Wrong {
    Wrong::new(
        format!("`{name}`: nothing is compared with null. Leave it out, or ask with `isNull`."),
        format!("`{name}`：不能与 null 比较。请省略该条件，或使用 `isNull`。"),
    )
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
            if is_null(value) {
                return Err(null(name));
            }
            let compared = F::parse(Some(value.clone()))
                .map_err(|wrong| Wrong::misfit(name, &wrong.into_server_error(Default::default()).message))?;
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
            return Err(Wrong::new(
                format!("A filter compares with at most {FILTER_VALUES_LIMIT} values."),
                format!("筛选条件最多比较 {FILTER_VALUES_LIMIT} 个值。"),
            ));
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
                ("and" | "or", Value::Null) => return Err(null(name)),
                ("and", _) => all.push(Predicate::all(inside()?)),
                ("or", _) => all.push(Predicate::any(inside()?)),
                (name, value) => {
                    let field = self.fields.iter().find(|field| field.name == name);
                    let field = field
                        .ok_or_else(|| Wrong::misfit(name, &format!("{} has no such field.", self.name)))?;
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
