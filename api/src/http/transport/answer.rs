//! The body of an answer, and what of an error may leave the house.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};

use crate::http::gate::caller::Caller;
use crate::http::limits::{COST_MAX, ERRORS_MAX};
use crate::http::refusal::{Code, Refusal, extensions};
use crate::json::Json;

/// A GraphQL response as it is written.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Errors in the form that may leave the house.
    pub(crate) errors: Vec<ServerError>,
    /// Missing when the operation did not run at all. Bytes in it are JSON that is written already.
    pub(crate) data: Option<Value>,
    extensions: BTreeMap<String, Value>,
    /// The event it tells of, by which its client can go on.
    pub(crate) event_id: Option<String>,
}

impl Answer {
    /// The answer to a refused request.
    pub(crate) fn refused(refusal: &Refusal, caller: &Caller) -> Self {
        let errors = refusal.errors(caller.lang, &caller.request_id.0);
        Self { errors, data: None, extensions: BTreeMap::new(), event_id: None }
    }

    /// The same answer, told of an event by which its client can go on.
    pub(crate) fn of_event(self, event_id: Option<String>) -> Self {
        Self { event_id, ..self }
    }

    /// The answer of the executor: errors cleaned and cut, the cost shown.
    pub(crate) fn executed(response: Response, cost: Cost, caller: &Caller) -> Self {
        let mut errors = response.errors;
        errors.truncate(ERRORS_MAX);
        for error in &mut errors {
            clean(error, caller);
        }
        // The executor refused before it ran a field: no `data` key, as for our own refusals.
        let ran =
            errors.is_empty() || response.data != Value::Null || errors.iter().any(|e| !e.path.is_empty());
        let mut extensions = response.extensions;
        extensions.insert("cost".to_owned(), cost.value());
        Self { errors, data: ran.then_some(response.data), extensions, event_id: None }
    }

    /// Whether there is nothing in it because something needed is away or busy: proxies and clients understand a
    /// status better than an error inside of an answer.
    pub(crate) fn is_unavailable(&self) -> bool {
        let nothing = match &self.data {
            None | Some(Value::Null) => true,
            Some(Value::Object(fields)) => fields.values().all(|value| *value == Value::Null),
            Some(_) => false,
        };
        let away = |error: &ServerError| {
            let code = error.extensions.as_ref().and_then(|values| values.get("code"));
            matches!(code, Some(Value::String(code)) if code == Code::Unavailable.as_str())
        };
        nothing && !self.errors.is_empty() && self.errors.iter().all(away)
    }

    /// The answer as JSON: errors first, so that readers of a stream see them at once.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut json = Json::with_capacity(self.size());
        json.open_object();
        if !self.errors.is_empty() {
            json.key("errors");
            json.value(&self.errors);
        }
        if let Some(data) = &self.data {
            json.key("data");
            json.executed(data);
        }
        if !self.extensions.is_empty() {
            json.key("extensions");
            json.value(&self.extensions);
        }
        json.close_object();
        json.into_bytes()
    }

    /// Bytes that most answers of this data fit in.
    fn size(&self) -> usize {
        /// Room for the braces, the cost and an error.
        const AROUND: usize = 512;
        let written = |value: &Value| if let Value::Binary(bytes) = value { bytes.len() } else { 0 };
        let fields = match &self.data {
            Some(Value::Object(fields)) => fields.values().map(written).sum(),
            _ => 0,
        };
        fields + AROUND
    }
}

/// Cost of an operation for its caller, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) requested: u64,
    /// Points the caller has left.
    pub(crate) remaining: u64,
}

impl Cost {
    fn value(self) -> Value {
        let pairs = [("requested", self.requested), ("limit", COST_MAX), ("remaining", self.remaining)];
        Value::Object(
            pairs.into_iter().map(|(name, n)| (async_graphql::Name::new(name), Value::from(n))).collect(),
        )
    }
}

/// Beginnings of the executor's own messages about values and documents. Everything else without a
/// code is unforeseen and may carry SQL or paths.
const HARMLESS: [&str; 3] =
    ["Failed to parse \"", "Invalid value for argument", "The recursion depth of the query"];

fn clean(error: &mut ServerError, caller: &Caller) {
    let code = error.extensions.as_ref().and_then(|e| e.get("code")).map(ToString::to_string);
    let internal = match code.as_deref() {
        Some(code) => code.trim_matches('"') == Code::Internal.as_str(),
        None if error.source.is_none() && HARMLESS.iter().any(|h| error.message.starts_with(h)) => {
            error.extensions = Some(extensions(Code::BadUserInput, &caller.request_id.0));
            false
        }
        None => true,
    };
    if internal {
        tracing::error!(
            request_id = caller.request_id.0,
            path = ?error.path,
            error = error.message,
            "an operation failed unexpectedly"
        );
        error.message = Code::Internal.message(caller.lang).to_owned();
        error.extensions = Some(extensions(Code::Internal, &caller.request_id.0));
    }
    complete(error, caller);
    error.source = None;
}

/// Adds what every error of ours carries to a resolver's error that only named its code.
fn complete(error: &mut ServerError, caller: &Caller) {
    let Some(values) = &mut error.extensions else { return };
    let Some(Value::String(name)) = values.get("code") else { return };
    let Some(code) = Code::TOP_LEVEL.into_iter().find(|c| c.as_str() == name) else { return };
    let ours = extensions(code, &caller.request_id.0);
    fill(values, &ours);
}

fn fill(values: &mut ErrorExtensionValues, ours: &ErrorExtensionValues) {
    for name in ["cbcCode", "retryable", "requestId"] {
        if let (None, Some(value)) = (values.get(name), ours.get(name)) {
            values.set(name, value.clone());
        }
    }
}
