//! Orders as the API shows them.

use serde_json::json;
use tests::on_both_databases;

use super::gateway::{Mode, TestGateway};
use super::*;
use crate::api::{TestApi, administrator, member_of, operations};

const ORDERS: &str = "query($filter: PayoutOrderFilter) { payoutOrders(filter: $filter) { totalCount nodes {
    step cycle state attempts reasonCode idempotencyKey httpStatus paymentRequest { state payoutOrders { state } } } } }";

on_both_databases!(staff_sees_orders_and_sends_one_now_and_partners_see_none, |db| async move {
    let world = World::open(&db).await;
    let gateway = TestGateway::start().await;
    let payouts = gateway.of(&world.store);
    let (owner, id) = waiting(&world, "Owner", PayoutStep::Pay).await;
    let (_, other) = waiting(&world, "Other", PayoutStep::Create).await;
    gateway.will(&[Mode::Says(503), Mode::Says(503)]);
    round(&world.store, &payouts).await.unwrap();
    let api = TestApi::at(&db.url).await;
    let filter = json!({ "paymentRequest": { "eq": id }, "state": { "in": ["PENDING", "SENT"] } });
    let data = api.data(&operations(), ORDERS, json!({ "filter": filter })).await;
    let wanted = json!({ "totalCount": 1, "nodes": [{
        "step": "PAY", "cycle": 1, "state": "PENDING", "attempts": 1, "reasonCode": "NO_ANSWER",
        "idempotencyKey": format!("{id}-PAY-1"), "httpStatus": 503,
        "paymentRequest": { "state": "PAYING", "payoutOrders": [{ "state": "PENDING" }] } }] });
    assert_eq!(data["payoutOrders"], wanted);
    let all = api.data(&administrator(), ORDERS, json!({})).await;
    assert_eq!(all["payoutOrders"]["totalCount"], json!(2));

    let query = "query($id: ID!) { paymentRequest(id: $id) { state payoutOrders { id } } }";
    let seen = api.data(&member_of(&owner.to_string()), query, json!({ "id": id })).await;
    assert_eq!(seen["paymentRequest"], json!({ "state": "PAYING", "payoutOrders": null }));
    let orders_of = api.data(&operations(), query, json!({ "id": id })).await;
    let order = orders_of["paymentRequest"]["payoutOrders"][0]["id"].clone();

    let retry = "mutation($input: PayoutOrderRetryInput!) { payoutOrderRetry(input: $input) { payoutOrder { state } userErrors { code } } }";
    let input = json!({ "input": { "idempotencyKey": "now", "id": order } });
    // The store of the API stands at another time: it is due at once for ours.
    let done = api.data(&operations(), retry, input).await;
    assert_eq!(done["payoutOrderRetry"], json!({ "payoutOrder": { "state": "PENDING" }, "userErrors": [] }));
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paying);
    assert_eq!(orders(&world, id).await, ["PAY 1 SENT 0 -"]);
    assert_eq!(load(&world, other).await.state, PaymentState::AwaitPayout);
    world.clock.advance(domain::money::payout::POLL_EVERY);
    assert_eq!(work(&payouts, &world, id).await, PaymentState::Paid);
    let again = json!({ "input": { "idempotencyKey": "again", "id": order } });
    let refused = api.data(&operations(), retry, again).await;
    assert_eq!(refused["payoutOrderRetry"]["userErrors"], json!([{ "code": "WRONG_STATE" }]));

    let tell = "mutation($input: PayoutSandboxTellInput!) { payoutSandboxTell(input: $input) { outcome userErrors { code } } }";
    let input = json!({ "input": { "idempotencyKey": "tell", "outcome": "LOST_CALLBACK" } });
    let refused = api.data(&administrator(), tell, input).await;
    assert_eq!(
        refused["payoutSandboxTell"],
        json!({ "outcome": null, "userErrors": [{ "code": "NO_SANDBOX" }] })
    );
});
