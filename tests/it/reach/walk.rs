//! The walk: documents made from the schema, and what they bring.

use std::collections::{BTreeMap, BTreeSet};

use domain::Actor;
use serde_json::{Value, json};

use super::schema::{Arg, Field, Schema};
use crate::api::{TestApi, code, data_of};

/// Months in which something happens in the worlds of these tests.
const MONTHS: [&str; 2] = ["2026-08", "2026-09"];
/// Ids in one document.
const AT_ONCE: usize = 20;

/// Everything that was brought, by the document that brought it.
pub(super) type Reached = BTreeMap<String, Value>;

pub(super) struct Walk<'a> {
    pub(super) api: &'a TestApi,
    pub(super) schema: &'a Schema,
}

impl Walk<'_> {
    /// Everything that `who` reaches: all lists, and then whatever of `known` and of what was met has an id.
    pub(super) async fn reach(&self, who: &Actor, known: &BTreeSet<String>) -> Reached {
        let mut reached = Reached::new();
        for root in self.schema.roots() {
            if matches!(root.name.as_str(), "node" | "nodes") {
                continue;
            }
            if let Some(call) = self.call(root) {
                let document = format!("{{ it: {call}{} }}", self.below(root, 1));
                reached.insert(root.name.clone(), self.ask(who, &document).await);
            } else if root.args.iter().any(|arg| arg.name == "id" && arg.required) {
                reached.insert(root.name.clone(), self.by_id(who, root, known).await);
            }
        }
        let mut asked = BTreeSet::new();
        let mut waiting = known.clone();
        waiting.extend(ids_of(reached.values()));
        while !waiting.is_empty() {
            let ids: Vec<String> = std::mem::take(&mut waiting).into_iter().collect();
            for some in ids.chunks(AT_ONCE) {
                let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {} }}", self.node(1));
                let brought = self.data(who, &query, json!({ "ids": some })).await;
                for (id, node) in some.iter().zip(brought["nodes"].as_array().unwrap()) {
                    reached.insert(format!("node {id}"), node.clone());
                }
            }
            asked.extend(ids);
            waiting = ids_of(reached.values()).difference(&asked).cloned().collect();
        }
        reached
    }

    /// The rows that lists bring when they are filtered by each of `ids`, in whichever field takes an id: how many rows.
    pub(super) async fn filtered(&self, who: &Actor, ids: &BTreeSet<String>) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for root in self.schema.roots() {
            let Some(filter) = root.args.iter().find(|arg| arg.name == "filter") else { continue };
            let fields = &self.schema.of(&filter.kind.name).inputs;
            for field in fields.iter().filter(|field| field.kind.name == "IDFilter") {
                for comparison in ["eq", "in"] {
                    let calls = ids.iter().enumerate().map(|(n, id)| {
                        let value =
                            if comparison == "eq" { format!("\"{id}\"") } else { format!("[\"{id}\"]") };
                        let filter = format!("filter: {{ {}: {{ {comparison}: {value} }} }}", field.name);
                        let arguments = self.arguments(root, Some(&filter)).unwrap();
                        let rows =
                            if self.is_page(root) { "{ nodes { __typename } }" } else { "{ __typename }" };
                        format!("a{n}: {}{arguments}{rows}", root.name)
                    });
                    let document = format!("{{ {} }}", calls.collect::<Vec<_>>().join(" "));
                    let answer = self.ask(who, &document).await;
                    for (n, id) in ids.iter().enumerate() {
                        let of = &answer[format!("a{n}")];
                        let rows = if self.is_page(root) { &of["nodes"] } else { of };
                        let rows = rows.as_array().map_or(0, Vec::len);
                        found.insert(format!("{}({} {comparison} {id})", root.name, field.name), rows);
                    }
                }
            }
        }
        found
    }

    /// Those of `known` that a root field finds. What they are is asked of `nodes`, which finds by the same rule.
    async fn by_id(&self, who: &Actor, root: &Field, known: &BTreeSet<String>) -> Value {
        if known.is_empty() {
            return json!([]);
        }
        let rest = if self.schema.of(&root.kind.name).is_leaf() { "" } else { " { __typename }" };
        let call = |(n, id): (usize, &String)| format!("a{n}: {}(id: \"{id}\"){rest}", root.name);
        let calls: Vec<_> = known.iter().enumerate().map(call).collect();
        let answer = self.ask(who, &format!("{{ {} }}", calls.join(" "))).await;
        let found = known.iter().enumerate().filter(|(n, _)| !answer[format!("a{n}")].is_null());
        found.map(|(_, id)| id.as_str()).collect()
    }

    /// The way to call a root field that wants nothing nobody here knows.
    fn call(&self, root: &Field) -> Option<String> {
        Some(format!("{}{}", root.name, self.arguments(root, None)?))
    }

    /// The arguments a field wants; nothing if there is one whose value nobody here knows.
    fn arguments(&self, field: &Field, more: Option<&str>) -> Option<String> {
        let mut all: Vec<String> = more.map(ToOwned::to_owned).into_iter().collect();
        if self.is_page(field) {
            all.push("first: 100".into());
        }
        for arg in field.args.iter().filter(|arg| arg.required) {
            all.push(format!("{}: {}", arg.name, self.value(arg)?));
        }
        Some(if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) })
    }

    fn value(&self, arg: &Arg) -> Option<String> {
        let of = self.schema.of(&arg.kind.name);
        if of.kind == "ENUM" {
            return Some(if arg.kind.list {
                format!("[{}]", of.values.join(", "))
            } else {
                of.values[0].clone()
            });
        }
        Some(match arg.kind.name.as_str() {
            "Month" => format!("\"{}\"", MONTHS[1]),
            "Int" => "2026".into(),
            "Date" => "\"2026-09-15\"".into(),
            "CurrencyCode" => "\"USD\"".into(),
            "Boolean" => "true".into(),
            _ => return None,
        })
    }

    fn is_page(&self, field: &Field) -> bool {
        field.kind.name.ends_with("Connection")
    }

    /// The selection below a field that brings objects.
    fn below(&self, field: &Field, hops: usize) -> String {
        let of = self.schema.of(&field.kind.name);
        match of.kind.as_str() {
            "SCALAR" | "ENUM" => String::new(),
            "INTERFACE" if of.fields.iter().any(|field| field.name == "id") => " { __typename id }".into(),
            "INTERFACE" => self.object(&field.kind.name, 0, 0),
            _ if self.is_page(field) => {
                let nodes = of.fields.iter().find(|field| field.name == "nodes").unwrap();
                format!(" {{ totalCount nodes {} }}", self.object(&nodes.kind.name, hops, 0))
            }
            _ => self.object(&field.kind.name, hops, 0),
        }
    }

    /// Every leaf of an object; what it is made of; and as many rows further as there are hops.
    fn object(&self, name: &str, hops: usize, inside: usize) -> String {
        self.named("", name, hops, inside)
    }

    /// The same, where the names of the fields begin with `prefix`.
    fn named(&self, prefix: &str, name: &str, hops: usize, inside: usize) -> String {
        let mut parts = vec!["__typename".to_owned()];
        for field in &self.schema.of(name).fields {
            let of = self.schema.of(&field.kind.name);
            let wants_month = field.args.iter().any(|arg| arg.required && arg.kind.name == "Month");
            let further = of.node || self.is_page(field) || of.kind == "INTERFACE";
            if !of.is_leaf() && ((further && hops == 0) || (!further && inside > 3)) {
                continue;
            }
            let selection = match () {
                () if of.is_leaf() => String::new(),
                () if further => self.below(field, hops - 1),
                () => self.object(&field.kind.name, hops, inside + 1),
            };
            if wants_month {
                for month in MONTHS {
                    let alias = format!("{prefix}{}_{}", field.name, month.replace('-', ""));
                    parts.push(format!("{alias}: {}(month: \"{month}\"){selection}", field.name));
                }
            } else if let Some(arguments) = self.arguments(field, None) {
                let alias =
                    if prefix.is_empty() { String::new() } else { format!("{prefix}{}: ", field.name) };
                parts.push(format!("{alias}{}{arguments}{selection}", field.name));
            }
        }
        format!("{{ {} }}", parts.join(" "))
    }

    /// Whatever a node is.
    fn node(&self, hops: usize) -> String {
        let kinds = self.schema.of("Node").possible.iter();
        // Fields of one name may differ in type from kind to kind: each kind has names of its own.
        let of = |(n, kind): (usize, &String)| {
            format!("... on {kind} {}", self.named(&format!("k{n}_"), kind, hops, 0))
        };
        format!("{{ __typename id {} }}", kinds.enumerate().map(of).collect::<Vec<_>>().join(" "))
    }

    async fn ask(&self, who: &Actor, document: &str) -> Value {
        self.data(who, document, json!({})).await
    }

    /// The data of an answer; the code of what was refused as a whole.
    async fn data(&self, who: &Actor, document: &str, variables: Value) -> Value {
        let response = self.api.ask(who, document, variables).await;
        match code(&response) {
            None => {
                assert!(response.errors.is_empty(), "{document}: {:?}", response.errors);
                without_places(data_of(&response))
            }
            Some(code) => {
                // What a filter may not ask is refused as a whole, as what the caller may not query at all.
                let refused = ["FORBIDDEN", "BAD_USER_INPUT"].contains(&code.as_str());
                assert!(
                    refused && (code == "FORBIDDEN" || document.contains("filter:")),
                    "{document}: {:?}",
                    response.errors
                );
                json!({ "refused": code })
            }
        }
    }
}

/// Leaves places and links out: a place in a list is no fact of anybody, and links end by the clock.
fn without_places(mut value: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| {
                    !["cursor", "startCursor", "endCursor"].iter().any(|of| name.ends_with(of))
                        && !name.to_ascii_lowercase().ends_with("url")
                });
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value
}

/// Every id that stands anywhere in what was brought.
pub(super) fn ids_of<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    fn collect(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(id)
                            if name == "id" || name.ends_with("_id") || name.ends_with("Id") =>
                        {
                            into.insert(id.clone());
                        }
                        other => collect(other, into),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    values.for_each(|value| collect(value, &mut found));
    found
}
