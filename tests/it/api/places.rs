//! Refusals lead somewhere: into the input as it was sent.

use std::collections::BTreeSet;

use api::http::FrontConfig;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, Selection};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::World;

use crate::api::inputs::full_documents;
use crate::api::served::Served;
use crate::api::{TestApi, administrator, member_of, operations, world};
use crate::opportunity::joined;

/// Mutations of whose refusals at least one leads somewhere: about as many as there are.
const MUTATIONS_AT_LEAST: usize = 60;

/// The input that a document of one mutation sends.
fn sent(document: &str) -> Value {
    let DocumentOperations::Single(operation) = parse_query(document).unwrap().operations else {
        panic!("several operations")
    };
    let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
        panic!("no field")
    };
    let input = field.node.get_argument("input").unwrap().node.clone();
    input.into_const().unwrap().into_json().unwrap()
}

/// The value that `path` leads to in `input`.
fn at<'v>(input: &'v Value, path: &Value) -> Option<&'v Value> {
    path.as_array().unwrap().iter().try_fold(input, |value, step| {
        let step = step.as_str().unwrap();
        match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            object => object.get(step),
        }
    })
}

on_both_databases!(every_refusal_of_every_mutation_leads_into_the_input_as_it_was_sent, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let (mut led, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for (document, mutation) in full_documents("userErrors { code path field }") {
        let input = sent(&document);
        for who in [administrator(), member_of(&world.reseller)] {
            let answer = api.ask(&who, &document, json!({})).await;
            let data = crate::api::data_of(&answer);
            for error in data[&mutation]["userErrors"].as_array().into_iter().flatten() {
                if error["path"].is_null() {
                    lost.extend(error["field"].as_str().map(|field| format!("{mutation}.{field}")));
                    continue;
                }
                assert!(at(&input, &error["path"]).is_some(), "{mutation}: {error} in {input}");
                led.insert(mutation.clone());
            }
        }
    }
    assert_eq!(lost, BTreeSet::new(), "fields that inputs do not have");
    assert!(led.len() >= MUTATIONS_AT_LEAST, "only {}: {led:?}", led.len());
});

on_both_databases!(a_field_of_a_named_thing_is_told_beside_the_way_to_it, |db| async move {
    let world = World::open(&db).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let me = member_of(&joined(&world, "Partner").await.0.to_string());
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) {
        opportunity { id } userErrors { code path field } } }";
    let wrong =
        json!({ "input": { "idempotencyKey": "a", "fields": { "name": "A lake", "customerId": "nobody" } } });
    let (_, answer) = served.ask(&me, create, &wrong).await;
    let errors = &answer["data"]["opportunityCreate"]["userErrors"];
    let expected = json!([{ "code": "NOT_FOUND", "path": ["fields", "customerId"], "field": null }]);
    assert_eq!(*errors, expected, "{answer}");

    let right = json!({ "input": { "idempotencyKey": "b", "fields": { "name": "A lake" } } });
    let (_, answer) = served.ask(&me, create, &right).await;
    let id = &answer["data"]["opportunityCreate"]["opportunity"]["id"];
    let submit = "mutation($input: OpportunityMoveInput!) { opportunityMove(input: $input) {
        userErrors { code path field } } }";
    let input = json!({ "idempotencyKey": "c", "operation": "SUBMIT", "opportunities": [{ "id": id, "expectedVersion": 1 }] });
    let (_, answer) = served.ask(&me, submit, &json!({ "input": input })).await;
    let errors = answer["data"]["opportunityMove"]["userErrors"].as_array().unwrap();
    assert!(errors.iter().all(|error| error["path"] == json!(["opportunities", "0"])), "{answer}");
    let fields: BTreeSet<_> = errors.iter().filter_map(|error| error["field"].as_str()).collect();
    assert!(fields.contains("customerName") && fields.contains("need"), "{answer}");
});

on_both_databases!(a_wrong_row_of_a_file_leads_to_the_file_with_its_line_and_column, |db| async move {
    let api = TestApi::over(db).await;
    let query = "mutation($input: CustomerProfileImportInput!) { customerProfileImport(input: $input) {
        userErrors { path field } } }";
    let input = json!({ "idempotencyKey": "k", "csv": "customer_id,legal_name\nnobody,Acme\n" });
    let answer = api.data(&operations(), query, json!({ "input": input })).await;
    let errors = &answer["customerProfileImport"]["userErrors"];
    assert_eq!(*errors, json!([{ "path": ["csv"], "field": "2.customerId" }]));
});
