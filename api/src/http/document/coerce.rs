//! Variables as they were sent, made to fit their types; what does not fit is named by its path. PURE.

use std::fmt::Write as _;

use apollo_compiler::Schema;
use apollo_compiler::ast::{Type, Value};
use apollo_compiler::executable::Operation;
use apollo_compiler::parser::SourceMap;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::schema::{ExtendedType, InputObjectType};

use crate::http::document::literals::NeverNull;
use crate::http::document::scalars::{NULL_COMPARES, ScalarCheck, compares};
use crate::http::document::translate;
use crate::http::document::variables;
use crate::http::limits::ERRORS_MAX;
use crate::http::refusal::{Code, Detail, Refusal};

/// Longest part of a value repeated in an error, in characters: enough to find it.
const SHOWN_MAX: usize = 60;

/// Types that variables are compared with.
pub(crate) struct Types<'s> {
    pub(crate) schema: &'s Schema,
    pub(crate) scalars: ScalarCheck,
    pub(crate) sources: &'s SourceMap,
    /// The places of the document that refuse null.
    pub(crate) never_null: &'s [NeverNull],
}

impl Types<'_> {
    /// The variables of `operation`, with defaults for those that were not sent. What is neither sent nor has a
    /// default is missing in the result.
    pub(crate) fn coerce(&self, operation: &Operation, sent: &JsonMap) -> Result<JsonMap, Refusal> {
        let mut coerced = JsonMap::new();
        let mut details = Vec::new();
        for variable in &operation.variables {
            let name = variable.name.as_str();
            let mut fitting = Fitting { types: self, path: format!("${name}"), wrong: Vec::new() };
            match (sent.get_key_value(name), &variable.default_value) {
                (Some((key, value)), _) => {
                    let value = fitting.value(value, &variable.ty, false);
                    coerced.insert(key.clone(), value);
                }
                (None, Some(default)) => drop(coerced.insert(name, constant(default))),
                (None, None) if variable.ty.is_non_null() => fitting.wrong("a value is missing"),
                (None, None) => {}
            }
            let place = translate::place(variable.location(), self.sources);
            let detail = |message| Detail { message, locations: vec![place] };
            details.extend(fitting.wrong.into_iter().map(detail));
        }
        details.extend(self.nulls(operation, &coerced));
        if details.is_empty() {
            return Ok(coerced);
        }
        details.truncate(ERRORS_MAX);
        Err(Refusal { details, ..Code::BadUserInput.into() })
    }

    fn nulls(&self, operation: &Operation, coerced: &JsonMap) -> impl Iterator<Item = Detail> {
        let of_this = self.never_null.iter().filter(move |place| place.operation == operation.name);
        let null =
            of_this.filter(|place| coerced.get(place.variable.as_str()).is_some_and(JsonValue::is_null));
        null.map(|place| Detail {
            message: format!("`${}` must not be null here: {}.", place.variable, place.reason),
            locations: vec![place.place],
        })
    }
}

/// One variable on its way into its type.
struct Fitting<'t> {
    types: &'t Types<'t>,
    /// Place in the variable at which we are: `$input.lines[0].month`.
    path: String,
    wrong: Vec<String>,
}

impl Fitting<'_> {
    fn wrong(&mut self, reason: &str) {
        if self.wrong.len() < ERRORS_MAX {
            self.wrong.push(format!("`{}`: {reason}.", self.path));
        }
    }

    fn value(&mut self, value: &JsonValue, ty: &Type, compares: bool) -> JsonValue {
        if value.is_null() {
            if ty.is_non_null() {
                self.wrong(&format!("null is no `{ty}`"));
            } else if compares {
                self.wrong(NULL_COMPARES);
            }
            return JsonValue::Null;
        }
        if !ty.is_list() {
            return self.named(value, ty);
        }
        let item_type = ty.item_type();
        match value.as_array() {
            Some(items) => {
                let fit =
                    |(n, item)| self.below(&format!("[{n}]"), |this| this.value(item, item_type, compares));
                JsonValue::Array(items.iter().enumerate().map(fit).collect())
            }
            // One value stands for a list of one.
            None => JsonValue::Array(vec![self.value(value, item_type, compares)]),
        }
    }

    fn below<T>(&mut self, step: &str, then: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push_str(step);
        let result = then(self);
        self.path.truncate(length);
        result
    }

    fn named(&mut self, value: &JsonValue, ty: &Type) -> JsonValue {
        let name = ty.inner_named_type();
        let fits = match self.types.schema.types.get(name) {
            Some(ExtendedType::InputObject(object)) => match value.as_object() {
                Some(fields) => return self.object(fields, object),
                None => Err(String::new()),
            },
            Some(ExtendedType::Enum(definition)) => {
                let known = value.as_str().is_some_and(|text| definition.values.contains_key(text));
                if known { Ok(()) } else { Err(String::new()) }
            }
            _ => built_in(name, value).unwrap_or_else(|| {
                (self.types.scalars)(name, &variables::value(value.clone()))
                    .map_err(|wanted| format!(": {wanted}"))
            }),
        };
        if let Err(wanted) = fits {
            self.wrong(&format!("{} is no `{name}`{wanted}", shown(value)));
        }
        value.clone()
    }

    fn object(&mut self, given: &JsonMap, object: &InputObjectType) -> JsonValue {
        let compares = compares(&object.name);
        let mut fitted = JsonMap::new();
        for (key, value) in given {
            let key_text = key.as_str();
            match object.fields.get(key_text) {
                Some(field) => {
                    let value =
                        self.below(&format!(".{key_text}"), |this| this.value(value, &field.ty, compares));
                    fitted.insert(key.clone(), value);
                }
                None => self.wrong(&format!("`{}` has no field `{}`", object.name, short(key_text))),
            }
        }
        for (name, field) in &object.fields {
            if given.contains_key(name.as_str()) {
                continue;
            }
            match &field.default_value {
                Some(default) => drop(fitted.insert(name.as_str(), constant(default))),
                None if field.ty.is_non_null() => {
                    self.below(&format!(".{name}"), |this| this.wrong("a value is missing"));
                }
                None => {}
            }
        }
        if object.directives.has("oneOf")
            && !(given.len() == 1 && given.values().all(|value| !value.is_null()))
        {
            self.wrong(&format!("`{}` takes exactly one field, not null", object.name));
        }
        JsonValue::Object(fitted)
    }
}

/// Whether `value` fits the built-in scalar `name`; `None` for the schema's own.
fn built_in(name: &str, value: &JsonValue) -> Option<Result<(), String>> {
    let fits = match name {
        "Int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "ID" => value.is_string() || value.is_i64(),
        _ => return None,
    };
    Some(if fits { Ok(()) } else { Err(String::new()) })
}

/// A default of the document or the schema; both were validated.
fn constant(value: &Value) -> JsonValue {
    match value {
        Value::Null | Value::Variable(_) => JsonValue::Null,
        Value::Enum(name) => name.as_str().into(),
        Value::String(text) => text.as_str().into(),
        Value::Boolean(bool) => (*bool).into(),
        Value::Int(int) => int.as_str().parse().map_or(JsonValue::Null, JsonValue::Number),
        Value::Float(float) => float.as_str().parse().map_or(JsonValue::Null, JsonValue::Number),
        Value::List(items) => items.iter().map(|item| constant(item)).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.as_str(), constant(value))).collect(),
    }
}

fn shown(value: &JsonValue) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(text, "{value}");
    short(&text)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
