//! The schema, as introspection over HTTP tells it.

use std::collections::HashMap;

use api::http::FrontConfig;
use domain::Store;
use serde_json::{Value, json};

use crate::api::administrator;
use crate::api::served::Served;

const QUERY: &str = "{ __schema { types { kind name interfaces { name } possibleTypes { name } enumValues { name }
    inputFields { name type { ...t } } fields { name type { ...t } args { name defaultValue type { ...t } } } } } }
    fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// A type by what it is at the end, and whether it may be left out.
#[derive(Clone, Debug)]
pub(super) struct Ref {
    pub(super) name: String,
    pub(super) list: bool,
    pub(super) required: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Arg {
    pub(super) name: String,
    pub(super) kind: Ref,
    pub(super) required: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Ref,
    pub(super) args: Vec<Arg>,
}

#[derive(Debug)]
pub(super) struct Type {
    pub(super) kind: String,
    pub(super) node: bool,
    pub(super) fields: Vec<Field>,
    pub(super) inputs: Vec<Arg>,
    pub(super) values: Vec<String>,
    pub(super) possible: Vec<String>,
}

pub(super) struct Schema(HashMap<String, Type>);

impl Schema {
    pub(super) async fn read(store: &Store) -> Schema {
        let served = Served::with(store, FrontConfig::development()).await;
        let (status, answer) = served.ask(&administrator(), QUERY, &json!({})).await;
        assert_eq!(status, 200, "{answer}");
        let types = answer["data"]["__schema"]["types"].as_array().unwrap().clone();
        Schema(types.iter().map(|of| (text(&of["name"]), read(of))).collect())
    }

    pub(super) fn of(&self, name: &str) -> &Type {
        self.0.get(name).unwrap_or_else(|| panic!("no type {name}"))
    }

    pub(super) fn roots(&self) -> &[Field] {
        &self.of("Query").fields
    }
}

impl Type {
    pub(super) fn is_leaf(&self) -> bool {
        matches!(self.kind.as_str(), "SCALAR" | "ENUM")
    }
}

fn read(of: &Value) -> Type {
    let list = |key: &str| of[key].as_array().cloned().unwrap_or_default();
    let field = |field: &Value| Field {
        name: text(&field["name"]),
        kind: kind(&field["type"]),
        args: field["args"].as_array().unwrap().iter().map(arg).collect(),
    };
    Type {
        kind: text(&of["kind"]),
        node: list("interfaces").iter().any(|interface| interface["name"] == "Node"),
        fields: list("fields").iter().map(field).collect(),
        inputs: list("inputFields").iter().map(arg).collect(),
        values: list("enumValues").iter().map(|value| text(&value["name"])).collect(),
        possible: list("possibleTypes").iter().map(|of| text(&of["name"])).collect(),
    }
}

fn arg(of: &Value) -> Arg {
    let kind = kind(&of["type"]);
    let required = kind.required && of["defaultValue"].is_null();
    Arg { name: text(&of["name"]), kind, required }
}

fn kind(of: &Value) -> Ref {
    let (mut at, mut list) = (of, false);
    let required = of["kind"] == "NON_NULL";
    while !at["ofType"].is_null() {
        list |= at["kind"] == "LIST";
        at = &at["ofType"];
    }
    Ref { name: text(&at["name"]), list, required }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
