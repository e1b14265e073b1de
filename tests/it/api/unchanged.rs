//! Versions: an update that changes nothing makes none, and whoever was too late is shown what it is now.

use api::http::FrontConfig;
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, administrator, made, member_of, world};

/// An edit: the mutation, what it gives, its input, and a field that can be changed.
struct Edit {
    mutation: &'static str,
    /// The version in the payload.
    version: &'static str,
    input: Value,
    changed: (&'static str, Value),
    /// The version before the first edit.
    begins: i64,
}

async fn edits(api: &TestApi) -> Vec<(domain::Actor, Edit)> {
    let world = world(api).await;
    let (me, partner) = (member_of(&world.reseller), json!(world.reseller));
    let offering = json!({ "kind": "BASELINE_SOLUTION", "name": "Lake", "demandTag": "BIG_DATA", "partnerId": world.provider });
    let offering = made(api, "partnerOfferingCreate", "partnerOffering", offering).await;
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } } }";
    let draft = json!({ "input": { "idempotencyKey": "draft", "fields": { "name": "A lake" } } });
    let draft = api.data(&me, create, draft).await["opportunityCreate"]["opportunity"]["id"].clone();
    let edit = |mutation, version, input, changed, begins| Edit { mutation, version, input, changed, begins };
    let own = |edit| (me.clone(), edit);
    let theirs = |edit| (administrator(), edit);
    let ways = json!({ "partnerId": partner, "automatic": true });
    let business = json!({ "partnerId": partner, "certification": "CERTIFIED", "legalName": "Reseller Ltd", "taxpayerNo": "91310000MA1K35XH0A",
        "bankAccount": "1234567890" });
    let profile = json!({ "customerId": world.customer, "legalName": "Customer Ltd" });
    let pce = json!({ "partnerId": partner, "stage": "ROLE_SELECTED", "coreMap": false });
    vec![
        theirs(edit(
            "programmeUpdate",
            "programme { version }",
            json!({ "confirmDays": 11 }),
            ("confirmDays", json!(12)),
            1,
        )),
        theirs(edit(
            "payoutTermsSet",
            "payoutTerms { version }",
            json!({ "holdingDays": 3 }),
            ("holdingDays", json!(4)),
            1,
        )),
        theirs(edit(
            "businessInformationSet",
            "partner { businessInformation { version } }",
            business,
            ("legalName", json!("Other Ltd")),
            0,
        )),
        theirs(edit(
            "payoutPreferenceSet",
            "partner { payoutPreference { version } }",
            ways,
            ("automatic", json!(false)),
            0,
        )),
        theirs(edit("pceProfileSet", "partner { pceProfile { version } }", pce, ("coreMap", json!(true)), 0)),
        theirs(edit(
            "customerProfileSet",
            "customer { profile { version } }",
            profile,
            ("legalName", json!("Other Ltd")),
            0,
        )),
        theirs(edit(
            "partnerOfferingUpdate",
            "partnerOffering { version }",
            json!({ "id": offering, "name": "Sea" }),
            ("name", json!("Ocean")),
            1,
        )),
        own(edit(
            "opportunityUpdate",
            "opportunity { version }",
            json!({ "id": draft, "fields": { "need": "Water" } }),
            ("fields", json!({ "need": "Rain" })),
            1,
        )),
    ]
}

/// The one number in an object of objects.
fn number(value: &Value) -> i64 {
    match value {
        Value::Object(fields) => fields.values().next().map_or(-1, number),
        other => other.as_i64().unwrap_or(-1),
    }
}

on_both_databases!(
    an_update_that_changes_nothing_makes_no_version_and_one_that_comes_late_is_shown_the_present,
    |db| async move {
        let api = TestApi::over(db).await;
        let served = Served::with(&api.store, FrontConfig::production()).await;
        for (who, Edit { mutation, version, input, changed, begins }) in edits(&api).await {
            let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
            let query = format!(
                "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {version} userErrors {{ code
                ... on VersionConflict {{ current {{ __typename id }} }} }} }} }}"
            );
            let set = async |key: &str, seen: i64, change: Option<&(&str, Value)>| {
                let mut input = input.clone();
                input["idempotencyKey"] = json!(format!("{mutation}-{key}"));
                input["expectedVersion"] = json!(seen);
                if let Some((field, value)) = change {
                    input[*field] = value.clone();
                }
                let answer = served.ask(&who, &query, &json!({ "input": input })).await.1;
                assert_eq!(answer["errors"], Value::Null, "{mutation} {answer}");
                answer["data"][mutation].clone()
            };
            let at = |payload: &Value| number(&payload[version.split_whitespace().next().unwrap()]);
            let first = set("first", begins, None).await;
            assert_eq!((&first["userErrors"], at(&first)), (&json!([]), begins + 1), "{mutation} {first}");
            let same = set("same", begins + 1, None).await;
            assert_eq!((&same["userErrors"], at(&same)), (&json!([]), begins + 1), "{mutation} {same}");
            let other = set("other", begins + 1, Some(&changed)).await;
            assert_eq!((&other["userErrors"], at(&other)), (&json!([]), begins + 2), "{mutation} {other}");
            let late = set("late", begins + 1, None).await;
            let error = &late["userErrors"][0];
            assert_eq!(error["code"], "VERSION_CONFLICT", "{mutation} {late}");
            let node = "query($id: ID!) { node(id: $id) { id __typename } }";
            let current = &error["current"];
            assert!(current["id"].is_string(), "{mutation} {late}");
            let found = served.ask(&who, node, &json!({ "id": current["id"] })).await.1;
            assert_eq!(found["data"]["node"], *current, "{mutation}");
        }
    }
);

on_both_databases!(whoever_follows_opportunities_hears_of_drafts_made_and_deleted, |db| async move {
    let api = TestApi::over(db).await;
    let me = member_of(&world(&api).await.reseller);
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } } }";
    let draft = json!({ "input": { "idempotencyKey": "a", "fields": { "name": "A lake" } } });
    let id = api.data(&me, create, draft).await["opportunityCreate"]["opportunity"]["id"].clone();
    let delete = "mutation($input: OpportunityDeleteInput!) { opportunityDelete(input: $input) { deletedId userErrors { code } } }";
    let input = json!({ "input": { "idempotencyKey": "b", "id": id, "expectedVersion": 1 } });
    assert_eq!(
        api.data(&me, delete, input).await["opportunityDelete"],
        json!({ "deletedId": id, "userErrors": [] })
    );
    let events =
        "query($id: ID!) { events(filter: { entity: { eq: $id } }) { nodes { kind topic entityId } } }";
    let data = api.data(&me, events, json!({ "id": id })).await;
    let event = |kind: &str| json!({ "kind": kind, "topic": "OPPORTUNITY", "entityId": id });
    assert_eq!(data["events"]["nodes"], json!([event("DRAFT_DELETED"), event("DRAFT_CREATED")]));
    let staff = api.data(&administrator(), events, json!({ "id": id })).await;
    assert_eq!(staff["events"]["nodes"], json!([]), "drafts are their partner's");
});
