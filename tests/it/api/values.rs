//! Values that do not fit the schema, over HTTP: refused before anything runs, at their place.

use api::http::FrontConfig;
use serde_json::{Value, json};
use tests::db::{Backend, TestDatabase};

use crate::api::served::Served;
use crate::api::{TestApi, administrator};

/// Values that each scalar of ours refuses, as they stand in a document.
const BAD: [(&str, &[&str]); 6] = [
    ("Month", &["\"2026-13\"", "2026", "1.5", "true", "MAY", "{a: 1}"]),
    ("Date", &["\"2026-02-30\"", "20260230", "\"2026-2-3\""]),
    ("DateTime", &["\"2026-08-01\"", "1785542400", "\"yesterday\""]),
    ("Decimal", &["1.5", "1", "\"1e3\"", "\"1,5\"", "\"\""]),
    ("BigInt", &["5", "5000000000", "\"1.5\"", "\"9223372036854775808\""]),
    ("CurrencyCode", &["\"XXY\"", "\"cny\"", "CNY", "156"]),
];

const INPUTS: &str = "{ __schema { types { kind name inputFields { name type { ...T } }
    fields { name args { name type { ...T } } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

async fn served() -> (TestApi, Served) {
    let api = TestApi::over(TestDatabase::fresh(Backend::Sqlite).await.unwrap()).await;
    let served = Served::with(&api.store, FrontConfig::development()).await;
    (api, served)
}

/// Name and named type of each member.
fn members(of: &Value) -> Vec<(String, String)> {
    let named = |ty: &Value| {
        let mut ty = ty;
        while !ty["ofType"].is_null() {
            ty = &ty["ofType"];
        }
        ty["name"].as_str().unwrap().to_owned()
    };
    let list = of.as_array().cloned().unwrap_or_default();
    list.iter().map(|m| (m["name"].as_str().unwrap().to_owned(), named(&m["type"]))).collect()
}

/// Each list of `Query` with the fields of its filter, and what those are.
async fn filters(served: &Served) -> Vec<(String, String, String, Vec<(String, String)>)> {
    let schema = served.ask(&administrator(), INPUTS, &json!({})).await.1;
    let types = schema["data"]["__schema"]["types"].as_array().unwrap().clone();
    let find = |name: &str| types.iter().find(|t| t["name"] == name).unwrap();
    let mut found = Vec::new();
    for list in find("Query")["fields"].as_array().unwrap() {
        let arguments = members(&list["args"]);
        let asks_more =
            |argument: &Value| argument["name"] != "filter" && argument["type"]["kind"] == "NON_NULL";
        if list["args"].as_array().unwrap().iter().any(asks_more) {
            continue;
        }
        let Some((_, filter)) = arguments.into_iter().find(|(name, _)| name == "filter") else { continue };
        let list = list["name"].as_str().unwrap().to_owned();
        for (field, comparator) in members(&find(&filter)["inputFields"]) {
            let compared = members(&find(&comparator)["inputFields"]);
            found.push((list.clone(), filter.clone(), field, compared));
        }
    }
    assert!(found.len() > 50, "{}", found.len());
    found
}

fn refused((status, answer): (u16, Value), asked: &str) {
    let error = &answer["errors"][0];
    assert_eq!((status, &error["extensions"]["code"]), (400, &json!("BAD_USER_INPUT")), "{asked} {answer}");
    assert!(answer.get("data").is_none(), "{asked} {answer}");
    assert!(error["locations"][0]["column"].as_u64().unwrap() > 1, "{asked} {answer}");
    assert!(error["extensions"]["requestId"].is_string(), "{asked} {answer}");
}

#[tokio::test]
async fn null_in_any_comparator_of_any_list_is_refused() {
    let (_api, served) = served().await;
    let who = administrator();
    for (list, filter, field, compared) in filters(&served).await {
        let query = format!("{{ {list}(filter: {{ {field}: null }}) {{ __typename }} }}");
        refused(served.ask(&who, &query, &json!({})).await, &query);
        let query = format!("query($f: {filter}) {{ {list}(filter: $f) {{ __typename }} }}");
        for (comparator, _) in compared {
            let by_literal =
                format!("{{ {list}(filter: {{ {field}: {{ {comparator}: null }} }}) {{ __typename }} }}");
            refused(served.ask(&who, &by_literal, &json!({})).await, &by_literal);
            let variables = json!({ "f": { &field: { &comparator: null } } });
            refused(served.ask(&who, &query, &variables).await, &format!("{query} {variables}"));
        }
    }
}

#[tokio::test]
async fn a_bad_scalar_in_any_comparator_is_refused_in_literals_and_variables() {
    let (_api, served) = served().await;
    let who = administrator();
    let mut met = std::collections::BTreeSet::new();
    for (list, filter, field, compared) in filters(&served).await {
        for (comparator, scalar) in compared {
            let Some((_, values)) = BAD.iter().find(|(name, _)| *name == scalar) else { continue };
            met.insert(scalar);
            for value in *values {
                let query = format!(
                    "{{ {list}(filter: {{ {field}: {{ {comparator}: {value} }} }}) {{ __typename }} }}"
                );
                refused(served.ask(&who, &query, &json!({})).await, &query);
                let Ok(value) = serde_json::from_str::<Value>(value) else { continue };
                let query = format!("query($f: {filter}) {{ {list}(filter: $f) {{ __typename }} }}");
                let variables = json!({ "f": { &field: { &comparator: value } } });
                refused(served.ask(&who, &query, &variables).await, &format!("{query} {variables}"));
            }
        }
    }
    assert!(met.len() >= 4, "{met:?}");
}

#[tokio::test]
async fn a_bad_scalar_deep_in_the_input_of_a_mutation_is_a_request_error() {
    let (_api, served) = served().await;
    let who = administrator();
    let cases = [
        (
            "importCreate",
            "ImportCreateInput",
            json!({ "idempotencyKey": "k", "fileName": "a.csv", "totalBytes": 5 }),
            "totalBytes",
        ),
        (
            "calendarImport",
            "CalendarImportInput",
            json!({ "idempotencyKey": "k", "days": [{ "day": "2026-02-28" }, { "day": "2026-02-30" }] }),
            "days[1].day",
        ),
        (
            "settlementRunStart",
            "SettlementRunStartInput",
            json!({ "idempotencyKey": "k", "kind": "DRAFT", "month": "2026-13" }),
            "month",
        ),
    ];
    let schema = api::graphql::sdl();
    for (mutation, input, value, path) in cases {
        assert!(schema.contains(&format!("input {input} ")), "{input}");
        let query = format!("mutation($i: {input}!) {{ {mutation}(input: $i) {{ __typename }} }}");
        let answer = served.ask(&who, &query, &json!({ "i": value })).await;
        let said = answer.1.to_string();
        assert!(said.contains(&format!("`$i.{path}`")), "{said}");
        refused(answer, &query);
    }
}
