//! Variables from JSON to the executor's values. PURE.

use apollo_compiler::response::{JsonMap, JsonValue};
use async_graphql::{Name, Value, Variables};

/// The coerced variables as the executor takes them.
pub(crate) fn for_executor(map: JsonMap) -> Variables {
    let mut variables = Variables::default();
    for (name, json) in map {
        variables.insert(Name::new(name.as_str()), value(json));
    }
    variables
}

pub(crate) fn value(json: JsonValue) -> Value {
    match json {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(bool) => Value::Boolean(bool),
        JsonValue::Number(number) => Value::Number(number),
        JsonValue::String(text) => Value::String(text.as_str().to_owned()),
        JsonValue::Array(items) => Value::List(items.into_iter().map(value).collect()),
        JsonValue::Object(fields) => {
            Value::Object(fields.into_iter().map(|(k, v)| (Name::new(k.as_str()), value(v))).collect())
        }
    }
}
