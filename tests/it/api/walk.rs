//! Reads the schema by introspection.

use serde_json::{Value, json};
use tests::db::{Backend, TestDatabase};

use crate::api::{TestApi, administrator};

pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// Fields, their arguments as `field(argument)`, input fields and enum values.
    pub(crate) members: Vec<Member>,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

const QUERY: &str = "{ __schema { types { name description
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";

/// Every type of ours.
pub(crate) async fn types() -> Vec<Type> {
    let api = TestApi::over(TestDatabase::fresh(Backend::Sqlite).await.unwrap()).await;
    let schema = api.data(&administrator(), QUERY, json!({})).await;
    let list = schema["__schema"]["types"].as_array().unwrap().clone();
    list.iter().filter(|t| !t["name"].as_str().unwrap().starts_with("__")).map(read).collect()
}

/// The fields of a root type.
pub(crate) async fn fields_of(root: &str) -> Vec<String> {
    let found = types().await.into_iter().find(|t| t.name == root).unwrap();
    found.members.into_iter().map(|m| m.name).filter(|name| !name.contains('(')).collect()
}

fn read(of: &Value) -> Type {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let member = |value: &Value, name: String| Member { name, description: text(&value["description"]) };
    let list = |key: &str| of[key].as_array().cloned().unwrap_or_default();
    let mut members = Vec::new();
    for field in list("fields") {
        let name = text(&field["name"]).unwrap();
        for argument in field["args"].as_array().unwrap() {
            members.push(member(argument, format!("{name}({})", argument["name"].as_str().unwrap())));
        }
        members.push(member(&field, name));
    }
    for key in ["inputFields", "enumValues"] {
        members.extend(list(key).iter().map(|value| member(value, text(&value["name"]).unwrap())));
    }
    Type { name: text(&of["name"]).unwrap(), description: text(&of["description"]), members }
}
