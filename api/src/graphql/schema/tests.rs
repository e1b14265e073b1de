//! How the tables answer, held against the specification: what is selected, and what becomes of what fails.

use async_graphql::{EmptyMutation, EmptySubscription, Request, Schema};
use domain::money::payout::Gateway;
use domain::{Actor, Clock, Ids, Lang, Principal, Role, StoppedClock, Store};
use entity::Timestamp;
use serde_json::{Value, json};

use super::caller::{Caller, attach};
use super::failure::Failure;
use super::object::{Object, Shown};
use super::root::Root;
use super::wrong::Wrong;
use crate::json::Json;

/// A tree of numbered things, in which what can fail does.
#[derive(Clone)]
struct Thing(i32);

/// The root, with names that the permission table knows.
#[derive(Clone, Copy, Default)]
struct Asked;

fn broken<T>() -> Result<T, Failure> {
    Err(Failure::BadInput(Wrong::new("it broke", "坏了")))
}

impl Shown for Thing {
    const NAME: &'static str = "Thing";

    fn object() -> Object<Self> {
        Object::<Self>::new("A thing.")
            .field("number", "Its number.", |thing| thing.0)
            .text("name", "Its name.", |_| "a \"thing\"")
            .values::<Option<i32>>("fails", "Null in place.", |_, _, _| Box::pin(async { broken() }))
            .values::<i32>("failsSurely", "Takes its object with it.", |_, _, _| Box::pin(async { broken() }))
            .values::<i32>("twice", "Its number twice.", |_, things, args| {
                Box::pin(async move {
                    let by = args.get::<i32>("by")?;
                    Ok(things.iter().map(|thing| thing.0 * by).collect())
                })
            })
            .arg_or("by", "How often.", &2)
            .column("next", "The next one; none after the third.", |_, things, _| {
                Box::pin(
                    async move { Ok(things.iter().map(|t| (t.0 < 3).then_some(Thing(t.0 + 1))).collect()) },
                )
            })
            .column("nextSurely", "The next one; there has to be one.", |_, things, _| {
                Box::pin(
                    async move { Ok(things.iter().map(|t| (t.0 < 3).then_some(Thing(t.0 + 1))).collect()) },
                )
            })
            .sure()
            .lists("parts", "As many parts as its number.", |_, things, _| {
                Box::pin(async move { Ok(things.iter().map(|t| (1..=t.0).map(Thing).collect()).collect()) })
            })
            .lists("partsSurely", "The same, never null.", |_, things, _| {
                Box::pin(async move { Ok(things.iter().map(|t| (1..=t.0).map(Thing).collect()).collect()) })
            })
            .sure()
            .column::<Thing>("lost", "Fails.", |_, _, _| Box::pin(async { broken() }))
    }
}

impl Shown for Asked {
    const NAME: &'static str = "Query";

    fn object() -> Object<Self> {
        let one = "Thing number two.";
        Object::<Self>::new("The root.")
            .column("partner", one, |_, _, _| Box::pin(async { Ok(vec![Some(Thing(2))]) }))
            .column("customer", one, |_, _, _| Box::pin(async { Ok(vec![Some(Thing(2))]) }))
            .sure()
            .lists("partners", "Three things.", |_, _, _| {
                Box::pin(async { Ok(vec![(1..=3).map(Thing).collect()]) })
            })
            .column::<Thing>("nobodyMayAskThis", "Not in the permission table.", |_, _, _| {
                Box::pin(async { Ok(vec![Some(Thing(1))]) })
            })
    }
}

async fn answer(query: &str) -> (Value, Value) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", directory.path().join("empty.db").display());
    let clock = StoppedClock::at(Timestamp(0));
    let store = Store::connect(&url, 1, Clock::stopped(&clock), Ids::seeded(1)).await.unwrap();
    let schema = Schema::build(Root::<Asked>::default(), EmptyMutation, EmptySubscription)
        .data(store.clone())
        .data(Gateway::None)
        .finish();
    let actor =
        Actor { subject: "op".into(), principal: Principal::Operator { roles: vec![Role::Administrator] } };
    let caller = Caller { actor, lang: Lang::En, request_id: None };
    let response = schema.execute(attach(&store, caller, Request::new(query))).await;
    let mut json = Json::default();
    json.executed(&response.data);
    let data = serde_json::from_slice(&json.into_bytes()).unwrap();
    let errors = response.errors.iter().map(|error| json!(error.path)).collect();
    (data, Value::Array(errors))
}

#[tokio::test]
async fn a_selection_is_answered_in_its_own_order_and_under_its_own_names() {
    let (data, errors) = answer(
        "query { b: partner { __typename n: number name ...More next { number } next { name } twice six: twice(by: 3) } } \
         fragment More on Thing { next { kind: __typename } ... on Thing { also: number } ... { number } }",
    )
    .await;
    assert_eq!(errors, json!([]));
    let expected = json!({ "b": {
        "__typename": "Thing", "n": 2, "name": "a \"thing\"",
        "next": { "kind": "Thing", "number": 3, "name": "a \"thing\"" },
        "also": 2, "number": 2, "twice": 4, "six": 6
    } });
    assert_eq!(data.to_string(), expected.to_string());
}

#[tokio::test]
async fn equal_fields_of_the_root_are_one_field() {
    let (data, errors) =
        answer("{ partner { number } ...F partner { name } } fragment F on Query { partner { twice } }")
            .await;
    assert_eq!(errors, json!([]));
    assert_eq!(data, json!({ "partner": { "number": 2, "twice": 4, "name": "a \"thing\"" } }));
}

#[tokio::test]
async fn directives_leave_out_what_they_say() {
    let (data, _) =
        answer("{ partner { number @skip(if: true) name @include(if: true) twice @include(if: false) } }")
            .await;
    assert_eq!(data, json!({ "partner": { "name": "a \"thing\"" } }));
}

#[tokio::test]
async fn what_fails_is_null_up_to_where_it_may_be_and_every_error_has_its_place() {
    let cases: [(&str, Value, Value); 16] = [
        // A field that may be null.
        (
            "{ partner { fails number } }",
            json!({ "partner": { "fails": null, "number": 2 } }),
            json!([["partner", "fails"]]),
        ),
        ("{ a: partner { b: fails } }", json!({ "a": { "b": null } }), json!([["a", "b"]])),
        // One that may not: its object goes.
        (
            "{ partner { number failsSurely } }",
            json!({ "partner": null }),
            json!([["partner", "failsSurely"]]),
        ),
        (
            "{ partner { next { failsSurely } number } }",
            json!({ "partner": { "next": null, "number": 2 } }),
            json!([["partner", "next", "failsSurely"]]),
        ),
        (
            "{ partner { nextSurely { failsSurely } } }",
            json!({ "partner": null }),
            json!([["partner", "nextSurely", "failsSurely"]]),
        ),
        // Up to the data.
        ("{ customer { failsSurely } }", json!(null), json!([["customer", "failsSurely"]])),
        (
            "{ customer { nextSurely { failsSurely } } }",
            json!(null),
            json!([["customer", "nextSurely", "failsSurely"]]),
        ),
        ("{ customer { fails } }", json!({ "customer": { "fails": null } }), json!([["customer", "fails"]])),
        // Inside lists.
        (
            "{ partner { parts { fails } } }",
            json!({ "partner": { "parts": [{ "fails": null }, { "fails": null }] } }),
            json!([["partner", "parts", 0, "fails"], ["partner", "parts", 1, "fails"]]),
        ),
        (
            "{ partner { parts { failsSurely } number } }",
            json!({ "partner": { "parts": null, "number": 2 } }),
            json!([["partner", "parts", 0, "failsSurely"]]),
        ),
        (
            "{ partner { partsSurely { failsSurely } } }",
            json!({ "partner": null }),
            json!([["partner", "partsSurely", 0, "failsSurely"]]),
        ),
        (
            "{ partners { number lost { number } } }",
            json!({ "partners": [{ "number": 1, "lost": null }, { "number": 2, "lost": null }, { "number": 3, "lost": null }] }),
            json!([["partners", 0, "lost"], ["partners", 1, "lost"], ["partners", 2, "lost"]]),
        ),
        // Null without an error where null may not be.
        (
            "{ partners { nextSurely { number } } }",
            json!({ "partners": null }),
            json!([["partners", 2, "nextSurely"]]),
        ),
        (
            "{ partner { next { nextSurely { number } } } }",
            json!({ "partner": { "next": null } }),
            json!([["partner", "next", "nextSurely"]]),
        ),
        // A field beside it stays.
        (
            "{ a: partner { failsSurely } b: partner { number } }",
            json!({ "a": null, "b": { "number": 2 } }),
            json!([["a", "failsSurely"]]),
        ),
        (
            "{ nobodyMayAskThis { number } partner { number } }",
            json!({ "nobodyMayAskThis": null, "partner": { "number": 2 } }),
            json!([["nobodyMayAskThis"]]),
        ),
    ];
    for (query, data, errors) in cases {
        assert_eq!(answer(query).await, (data, errors), "{query}");
    }
}
