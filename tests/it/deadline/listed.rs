//! Deadlines as the API lists them.

use serde_json::{Value, json};

use super::*;
use crate::api::{TestApi, code, member_of, operations, user_of};

const LIST: &str = "query($filter: DeadlineFilter, $by: DeadlineOrder) { deadlines(filter: $filter, orderBy: $by) { totalCount nodes {
    id kind audience state dueAt remindAt remindedAt fellDueAt closedAt entityId
    partner { name } entity { __typename id } } } }";

fn kinds(seen: &Value) -> Vec<&str> {
    let nodes = seen["deadlines"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["kind"].as_str().unwrap()).collect()
}

on_both_databases!(deadlines_are_listed_by_kind_state_instant_and_partner, |db| async move {
    let world = billed(&db, 2).await;
    let bills = incentive_bill::Entity::find().all(world.store.db()).await.unwrap();
    set_now(&world, DeadlineKind::Payment, "request_a", Some(at("2026-10-16T00:00:00Z"))).await;
    set_now(&world, DeadlineKind::Countersign, "request_b", Some(at("2026-11-20T00:00:00Z"))).await;
    world.clock.set(at("2026-10-17T00:00:00Z"));
    world.tick().await.unwrap();
    close_now(&world, DeadlineKind::Countersign, "request_b").await;
    let api = TestApi::over(db).await;
    let all = ["PAYMENT", "BILL_CONFIRM", "BILL_CONFIRM", "COUNTERSIGN"];
    for (filter, expected) in [
        (json!({}), all.to_vec()),
        (json!({ "open": true }), all[..3].to_vec()),
        (json!({ "open": false }), vec!["COUNTERSIGN"]),
        (json!({ "overdue": true }), vec!["PAYMENT"]),
        (json!({ "overdue": false }), all[1..].to_vec()),
        (json!({ "kind": { "in": ["PAYMENT", "COUNTERSIGN"] } }), vec!["PAYMENT", "COUNTERSIGN"]),
        (json!({ "audience": { "eq": "PARTNER" } }), all[1..3].to_vec()),
        (json!({ "dueAt": { "lt": "2026-10-25T00:00:00Z" } }), vec!["PAYMENT"]),
        (
            json!({ "dueAt": { "gte": "2026-10-25T00:00:00Z", "lt": "2026-10-25T00:00:00.001Z" } }),
            all[1..3].to_vec(),
        ),
        (json!({ "partner": { "eq": bills[0].partner_id.to_string() } }), vec!["BILL_CONFIRM"]),
        (json!({ "entity": { "eq": "request_a" } }), vec!["PAYMENT"]),
    ] {
        let seen = api.data(&operations(), LIST, json!({ "filter": filter })).await;
        assert_eq!(kinds(&seen), expected, "{filter}");
        assert_eq!(seen["deadlines"]["totalCount"], expected.len());
    }
    let seen =
        api.data(&operations(), LIST, json!({ "by": { "field": "DUE_AT", "direction": "DESC" } })).await;
    let states: Vec<_> =
        seen["deadlines"]["nodes"].as_array().unwrap().iter().map(|node| node["state"].clone()).collect();
    assert_eq!(json!(states), json!(["CLOSED", "WAITING", "WAITING", "OVERDUE"]));
});

on_both_databases!(a_partner_sees_the_deadlines_that_concern_it, |db| async move {
    let world = billed(&db, 2).await;
    let bills = incentive_bill::Entity::find().all(world.store.db()).await.unwrap();
    set_now(&world, DeadlineKind::Payment, "request_a", None).await;
    let customer = query(world.store.db(), "SELECT id FROM customer LIMIT 1", []).await.unwrap();
    let customer = entity::CustomerId(customer[0].try_get_by_index(0).unwrap());
    let api = TestApi::over(db).await;
    let own = member_of(&bills[0].partner_id.to_string());
    let seen = api.data(&own, LIST, json!({})).await;
    assert_eq!(seen["deadlines"]["totalCount"], 1);
    let deadline = &seen["deadlines"]["nodes"][0];
    let id = deadline["id"].clone();
    assert_eq!(
        *deadline,
        json!({ "id": id, "kind": "BILL_CONFIRM", "audience": "PARTNER", "state": "WAITING",
            "dueAt": "2026-10-25T00:00:00.000Z", "remindAt": "2026-10-20T16:00:00.000Z",
            "remindedAt": null, "fellDueAt": null, "closedAt": null,
            "entityId": bills[0].id.to_string(), "partner": { "name": "P000" },
            "entity": { "__typename": "IncentiveBill", "id": bills[0].id.to_string() } })
    );
    let node = "query($id: ID!) { node(id: $id) { __typename ... on Deadline { entity { id } } } }";
    let mine = api.data(&own, node, json!({ "id": id })).await;
    assert_eq!(mine["node"]["__typename"], "Deadline");
    let other = member_of(&bills[1].partner_id.to_string());
    assert_eq!(api.data(&other, node, json!({ "id": id })).await["node"], json!(null));
    assert_eq!(api.data(&other, LIST, json!({})).await["deadlines"]["totalCount"], 1);
    let refused = api.ask(&user_of(&customer.to_string()), LIST, json!({})).await;
    assert_eq!(code(&refused).as_deref(), Some("FORBIDDEN"));
});
