//! A client plays an opportunity of the vendor over the API: shared, explained, offered, refused, accepted, delivered.

use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::World;

use super::vendor::office;
use crate::api::{TestApi, made, member_of, operations};

const ALL: [&str; 4] = ["REAL_OPPORTUNITIES", "CUSTOMER_CONSENT", "CONFIDENTIALITY", "REGULAR_PROGRESS"];

pub(super) async fn mutated(api: &TestApi, who: &domain::Actor, query: &str, input: Value) -> Value {
    let data = api.data(who, query, json!({ "input": input })).await;
    let payload = data.as_object().unwrap().values().next().unwrap().clone();
    assert_eq!(payload["userErrors"], json!([]), "{query}");
    payload
}

/// A partner that joined, was validated, and offers something.
pub(super) async fn partner(api: &TestApi, name: &str) -> String {
    let input = json!({ "kind": "SOLUTION_PROVIDER", "name": name, "region": "CN-EAST" });
    let id = made(api, "partnerCreate", "partner", input).await;
    let member = member_of(&id);
    let terms = api.data(&member, "{ pceTerms { terms commitments { commitment text } } }", json!({})).await;
    let version = &terms["pceTerms"]["terms"];
    let query = "mutation($input: PceJoinInput!) { pceJoin(input: $input) { partner { id } userErrors { code path } } }";
    let input = json!({ "idempotencyKey": "half", "terms": version, "commitments": [ALL[0]] });
    let half = api.data(&member, query, json!({ "input": input })).await;
    assert_eq!(
        half["pceJoin"]["userErrors"],
        json!([{ "code": "COMMITMENT_MISSING", "path": ["commitments"] }])
    );
    let input = json!({ "idempotencyKey": "all", "terms": version, "commitments": ALL });
    mutated(api, &member, query, input).await;
    let query = "mutation($input: PceProfileSetInput!) { pceProfileSet(input: $input) {
        partner { pceProfile { stage coreMap terms version } } userErrors { code } } }";
    let input = json!({ "idempotencyKey": id, "partnerId": id, "expectedVersion": 1, "stage": "DIFFERENTIATED", "coreMap": true });
    let set = mutated(api, &operations(), query, input).await;
    let expected = json!({ "stage": "DIFFERENTIATED", "coreMap": true, "terms": version, "version": 2 });
    assert_eq!(set["partner"]["pceProfile"], expected);
    let query = "mutation($input: PartnerOfferingCreateInput!) { partnerOfferingCreate(input: $input) {
        partnerOffering { demandTag whiteListed } userErrors { code } } }";
    let input = json!({ "idempotencyKey": "offer", "kind": "BASELINE_SOLUTION", "name": "Lake", "demandTag": "big_data" });
    let made = mutated(api, &member, query, input).await;
    assert_eq!(made["partnerOffering"], json!({ "demandTag": "BIG_DATA", "whiteListed": false }));
    id
}

pub(super) async fn moved(api: &TestApi, who: &domain::Actor, id: &str, version: i64, rest: Value) -> Value {
    let query = "mutation($input: OpportunityMoveInput!) { opportunityMove(input: $input) {
        results { opportunity { state partner { name } } userErrors { code } } userErrors { code } } }";
    let mut input = json!({ "idempotencyKey": format!("move-{version}"), "opportunities": [{ "id": id, "expectedVersion": version }] });
    input.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    mutated(api, who, query, input).await
}

/// Progress is told, the customer signs, it is delivered.
pub(super) async fn deliver(api: &TestApi, who: &domain::Actor, id: &str, version: i64) {
    let query = "mutation($input: OpportunityProgressAddInput!) { opportunityProgressAdd(input: $input) {
        opportunity { state version stage winPercent progress { nodes { side detail nextStep } } } userErrors { code path } } }";
    let input = json!({ "idempotencyKey": "progress", "id": id, "stage": "SOLUTION", "winPercent": 60,
        "detail": "The solution was shown.", "nextStep": "An offer." });
    let told = mutated(api, who, query, input).await["opportunity"].clone();
    let expected = json!({ "state": "IN_PROGRESS", "version": version + 2, "stage": "SOLUTION", "winPercent": 60,
        "progress": { "nodes": [{ "side": "PARTNER", "detail": "The solution was shown.", "nextStep": "An offer." }] } });
    assert_eq!(told, expected);
    let won = moved(api, who, id, version + 2, json!({ "operation": "WIN" })).await;
    assert_eq!(won["results"][0]["opportunity"]["state"], "WON");
    let delivered = moved(api, who, id, version + 3, json!({ "operation": "DELIVER" })).await;
    assert_eq!(delivered["results"][0]["opportunity"]["state"], "DELIVERED");
}

on_both_databases!(an_opportunity_of_the_vendor_finds_its_partner, |db| async move {
    let world = World::open(&db).await;
    office(&world, "CN-EAST", "Shanghai").await;
    let api = TestApi::over_store(world.store.clone());
    let (first, second) = (partner(&api, "First").await, partner(&api, "Second").await);
    let outside = made(
        &api,
        "partnerCreate",
        "partner",
        json!({ "kind": "SOLUTION_PROVIDER", "name": "Outside", "region": "CN-EAST" }),
    )
    .await;

    let query = "mutation($input: OpportunityShareInput!) { opportunityShare(input: $input) {
        opportunity { id state version partner { id } recipients { partner { name } eligible rank fails } } userErrors { code path } } }";
    let fields = json!({ "name": "Data lake", "customerName": "Acme Ltd", "province": "Shanghai", "expectedSignOn": "2027-03-01" });
    let wrong = json!({ "idempotencyKey": "wrong", "demandTag": "BIG_DATA", "fields": fields, "sharedAt": "2030-01-01T00:00:00Z" });
    let refused = api.data(&operations(), query, json!({ "input": wrong })).await;
    assert_eq!(
        refused["opportunityShare"]["userErrors"],
        json!([{ "code": "INVALID", "path": ["sharedAt"] }])
    );
    let input = json!({ "idempotencyKey": "share", "demandTag": "BIG_DATA", "fields": fields });
    let shared = mutated(&api, &operations(), query, input).await["opportunity"].clone();
    let id = shared["id"].as_str().unwrap();
    assert_eq!((&shared["state"], &shared["partner"]), (&json!("TO_OFFER"), &Value::Null));
    let expected = json!([
        { "partner": { "name": "First" }, "eligible": true, "rank": 1, "fails": [] },
        { "partner": { "name": "Second" }, "eligible": true, "rank": 2, "fails": [] },
        { "partner": { "name": "Outside" }, "eligible": false, "rank": null, "fails": ["JOINED", "DEVELOPED", "OFFERING"] },
    ]);
    assert_eq!(shared["recipients"], expected);

    let query = "mutation($input: OpportunityOfferInput!) { opportunityOffer(input: $input) {
        opportunity { state version } userErrors { code path } } }";
    let input = json!({ "idempotencyKey": "no", "id": id, "expectedVersion": 1, "partnerId": outside });
    let refused = api.data(&operations(), query, json!({ "input": input })).await;
    assert_eq!(
        refused["opportunityOffer"]["userErrors"],
        json!([{ "code": "NOT_ELIGIBLE", "path": ["partnerId"] }])
    );
    let input = json!({ "idempotencyKey": "offer", "id": id, "expectedVersion": 1 });
    let offered = mutated(&api, &operations(), query, input).await;
    assert_eq!(offered["opportunity"], json!({ "state": "PENDING_ACCEPT", "version": 2 }));

    let (one, two) = (member_of(&first), member_of(&second));
    let look = "query($id: ID!) { opportunity(id: $id) { state recipients { rank } timeline { nodes { operation } } } }";
    let own = api.data(&one, look, json!({ "id": id })).await;
    let expected = json!({ "state": "PENDING_ACCEPT", "recipients": [], "timeline": { "nodes": [{ "operation": "OFFER" }] } });
    assert_eq!(own["opportunity"], expected);
    assert_eq!(api.data(&two, look, json!({ "id": id })).await["opportunity"], Value::Null);

    let refuse =
        json!({ "operation": "REFUSE", "reasonCode": "NO_CAPACITY", "reason": "secret of the first" });
    let refused = moved(&api, &one, id, 2, refuse).await;
    assert_eq!(refused["results"][0]["opportunity"], Value::Null, "it is another's now");
    let list = "{ opportunityOffers { nodes { name state offerNo rank reasonCode opportunity { id } } } }";
    let past = api.data(&one, list, json!({})).await;
    let expected = json!([{ "name": "Data lake", "state": "REFUSED", "offerNo": null, "rank": null,
        "reasonCode": "NO_CAPACITY", "opportunity": null }]);
    assert_eq!(past["opportunityOffers"]["nodes"], expected);

    let accepted = moved(&api, &two, id, 4, json!({ "operation": "ACCEPT" })).await;
    let expected = json!({ "state": "ACCEPTED", "partner": { "name": "Second" } });
    assert_eq!(accepted["results"][0]["opportunity"], expected);
    // Nothing of the first is seen by the second.
    let own = api
        .data(
            &two,
            "query($id: ID!) { opportunity(id: $id) { timeline { nodes { operation actor reason } } } }",
            json!({ "id": id }),
        )
        .await;
    let told = own.to_string();
    assert!(!told.contains("secret") && !told.contains("REFUSE") && !told.contains(&first), "{told}");
    let offers = api
        .data(&operations(), "{ opportunityOffers { nodes { offerNo state partner { name } } } }", json!({}))
        .await;
    let expected = json!([
        { "offerNo": 2, "state": "ACCEPTED", "partner": { "name": "Second" } },
        { "offerNo": 1, "state": "REFUSED", "partner": { "name": "First" } },
    ]);
    assert_eq!(offers["opportunityOffers"]["nodes"], expected);
    deliver(&api, &two, id, 5).await;
});
