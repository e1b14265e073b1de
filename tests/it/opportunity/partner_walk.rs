//! A client plays an opportunity of a partner over the API, from draft to delivery.

use domain::{Actor, Principal, Role};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::World;

use super::vendor_walk::{deliver, moved, mutated, partner};
use crate::api::{TestApi, member_of, operations};

/// A reviewer of the vendor by name.
fn reviewer(subject: &str) -> Actor {
    Actor {
        subject: subject.into(),
        principal: Principal::Operator { roles: vec![Role::OpportunityReviewer] },
    }
}

/// An office for Shanghai with one person.
async fn office(api: &TestApi) {
    let query = "mutation($input: OfficeImportInput!) { officeImport(input: $input) {
        offices { offices { code areas { province } members { subject role } } } userErrors { code path } } }";
    let person =
        json!({ "subject": "anna", "name": "Anna", "email": "anna@vendor.example", "language": "en" });
    let office = json!({ "code": "SH", "name": "Shanghai", "nameZhCn": "上海", "region": "CN-EAST",
        "areas": [{ "province": "Shanghai" }], "members": [{ "person": person, "role": "PSM" }] });
    let made =
        mutated(api, &operations(), query, json!({ "idempotencyKey": "office", "offices": [office] })).await;
    let expected = json!([{ "code": "SH", "areas": [{ "province": "上海" }],
        "members": [{ "subject": "anna", "role": "PSM" }] }]);
    assert_eq!(made["offices"]["offices"], expected);
}

/// A draft, made complete after what it lacked was said.
async fn complete(api: &TestApi, me: &Actor) -> String {
    let query = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) {
        opportunity { id state version editableFields } userErrors { code path } } }";
    let input = json!({ "idempotencyKey": "draft", "fields": { "name": "A lake", "creditCode": "91350100M000100Y43" } });
    let draft = mutated(api, me, query, input).await["opportunity"].clone();
    assert_eq!((&draft["state"], &draft["version"]), (&json!("DRAFT"), &json!(1)));
    let id = draft["id"].as_str().unwrap().to_owned();

    let submit = "mutation($input: OpportunityMoveInput!) { opportunityMove(input: $input) { userErrors { code path field message } } }";
    let input = json!({ "idempotencyKey": "early", "operation": "SUBMIT", "opportunities": [{ "id": id, "expectedVersion": 1 }] });
    let early = api.data(me, submit, json!({ "input": input })).await;
    let errors = early["opportunityMove"]["userErrors"].as_array().unwrap();
    assert_eq!(errors.len(), 12, "{errors:?}");
    assert_eq!(
        (&errors[0]["path"], &errors[0]["field"]),
        (&json!(["opportunities", "0"]), &json!("customerName"))
    );

    let offering = api.data(me, "{ partnerOfferings { nodes { id } } }", json!({})).await;
    let query = "mutation($input: OpportunityUpdateInput!) { opportunityUpdate(input: $input) {
        opportunity { demandTag offering { name } creditCode presalesActivities expectedAmount { amount currencyCode } contact { name phone } }
        userErrors { code path } } }";
    let fields = json!({ "customerName": "Acme Ltd", "creditCode": null, "province": "上海市", "contactName": "Zhang San",
        "contactPhone": "13812345678", "presalesActivities": ["CUSTOMER_MEETING"], "description": "The board granted the budget; a lake by spring.",
        "budgetState": "APPROVED", "decisionMaker": "The board", "need": "A lake", "expectedSignOn": "2027-03-31",
        "expectedAmount": "250000.50", "currencyCode": "CNY", "customerConsent": true,
        "offeringId": offering["partnerOfferings"]["nodes"][0]["id"] });
    let input = json!({ "idempotencyKey": "full", "id": id, "expectedVersion": 1, "fields": fields });
    let full = mutated(api, me, query, input).await["opportunity"].clone();
    let expected = json!({ "demandTag": "BIG_DATA", "offering": { "name": "Lake" }, "creditCode": null,
        "presalesActivities": ["CUSTOMER_MEETING"], "expectedAmount": { "amount": "250000.50", "currencyCode": "CNY" },
        "contact": { "name": "Zhang San", "phone": "13812345678" } });
    assert_eq!(full, expected);
    id
}

on_both_databases!(an_opportunity_of_a_partner_goes_from_draft_to_delivery, |db| async move {
    let world = World::open(&db).await;
    let api = TestApi::over_store(world.store.clone());
    office(&api).await;
    let me = member_of(&partner(&api, "Sharer").await);
    let anna = reviewer("anna");
    let id = complete(&api, &me).await;

    let look = "query($id: ID!) { opportunity(id: $id) { state } }";
    assert_eq!(api.data(&anna, look, json!({ "id": id })).await["opportunity"], Value::Null, "a draft");
    moved(&api, &me, &id, 2, json!({ "operation": "SUBMIT" })).await;
    let list = "{ opportunities(awaitingMyReview: true) { nodes { name label office { code } route whyHere contact { phone }
        allowedOperations { operation allowed } } } }";
    let waits = api.data(&anna, list, json!({})).await;
    let expected = json!([{ "name": "A lake", "label": "In review", "office": { "code": "SH" }, "route": "CUSTOMER_LOCATION",
        "whyHere": "this office looks after the customer's place (上海)", "contact": { "phone": "138****5678" },
        "allowedOperations": [{ "operation": "WITHDRAW", "allowed": false }, { "operation": "PASS_REVIEW", "allowed": true },
            { "operation": "SEND_BACK", "allowed": true }, { "operation": "YIELD_TO_OTHER", "allowed": false }] }]);
    assert_eq!(waits["opportunities"]["nodes"], expected);

    let claim = "mutation($input: OpportunityClaimInput!) { opportunityClaim(input: $input) {
        opportunity { claimedBy contact { phone } } userErrors { code path } } }";
    let input = json!({ "idempotencyKey": "claim", "id": id, "expectedVersion": 3 });
    let claimed = mutated(&api, &anna, claim, input).await;
    assert_eq!(claimed["opportunity"], json!({ "claimedBy": "anna", "contact": { "phone": "13812345678" } }));
    moved(&api, &anna, &id, 4, json!({ "operation": "PASS_REVIEW" })).await;
    let verified = moved(&api, &anna, &id, 5, json!({ "operation": "VERIFY" })).await;
    assert_eq!(verified["results"][0]["opportunity"]["state"], "VERIFIED");

    deliver(&api, &me, &id, 6).await;
    let timeline =
        "query($id: ID!) { opportunity(id: $id) { timeline(first: 20) { nodes { operation actorKind } } } }";
    let told = api.data(&me, timeline, json!({ "id": id })).await;
    let told: Vec<_> = told["opportunity"]["timeline"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            format!("{} {}", node["operation"].as_str().unwrap(), node["actorKind"].as_str().unwrap())
        })
        .collect();
    let expected = [
        "CREATE PARTNER",
        "EDIT PARTNER",
        "SUBMIT PARTNER",
        "PASS_REVIEW REVIEWER",
        "VERIFY REVIEWER",
        "START PARTNER",
        "PROGRESS PARTNER",
        "WIN PARTNER",
        "DELIVER PARTNER",
    ];
    assert_eq!(told, expected);
});
