//! Operators see what was told and have it tried again.

use domain::notify::deliver::{Carried, Carry, deliver};
use entity::{EventTopic, message};
use futures_util::future::BoxFuture;
use serde_json::json;
use tests::on_both_databases;

use super::Telling;
use crate::api::{TestApi, administrator, code, member_of, operations};

/// A mail server that knows nobody.
struct KnowsNobody;

impl Carry for KnowsNobody {
    fn carry<'a>(&'a self, _: &'a message::Model) -> BoxFuture<'a, Carried> {
        Box::pin(async { Carried::Never("550 no such user".into()) })
    }
}

on_both_databases!(a_message_that_was_given_up_is_found_and_tried_again, |db| async move {
    let telling = Telling::set_up(&db).await;
    telling.paid("PO-1").await;
    telling.fan_out().await;
    telling.address("", "en").await;
    let event = telling.paid("PO-2").await;
    telling.fan_out().await;
    deliver(telling.store(), &KnowsNobody).await.unwrap();

    let api = TestApi::at(&db.url).await;
    let list = "query($f: MessageFilter) { messages(filter: $f) { totalCount nodes { id state attempts recipient lastError retryAt subject
        event { kind entityId partner { name } } } } }";
    let failed = api.data(&operations(), list, json!({ "f": { "state": { "eq": "FAILED" } } })).await;
    let message = &failed["messages"]["nodes"][0];
    assert_eq!((&failed["messages"]["totalCount"], &message["attempts"]), (&json!(1), &json!(1)));
    assert_eq!(message["lastError"], "550 no such user");
    assert_eq!(message["retryAt"], json!(null));
    assert_eq!(
        message["event"],
        json!({ "kind": "PAID", "entityId": "thing_1", "partner": { "name": "蓝天科技" } })
    );
    let filter = json!({ "f": { "event": { "eq": event }, "recipient": { "contains": "partner" } } });
    let suppressed = api.data(&operations(), list, filter).await;
    assert_eq!(suppressed["messages"]["nodes"][0]["lastError"], "No mail address is known.");

    let retry =
        "mutation($input: MessageRetryInput!) { messageRetry(input: $input) { message { id state attempts }
        userErrors { code path } } }";
    let input = |key: &str| json!({ "input": { "idempotencyKey": key, "id": message["id"] } });
    let again = api.data(&operations(), retry, input("k")).await;
    assert_eq!(
        again["messageRetry"]["message"],
        json!({ "id": message["id"], "state": "PENDING", "attempts": 0 })
    );
    let twice = api.data(&operations(), retry, input("other")).await;
    assert_eq!(twice["messageRetry"]["userErrors"], json!([{ "code": "WRONG_STATE", "path": ["id"] }]));

    let partner = member_of(&telling.partner.to_string());
    let refused = api.ask(&partner, "{ messages { totalCount } }", json!({})).await;
    assert_eq!(code(&refused).as_deref(), Some("FORBIDDEN"));
    let node = "query($id: ID!) { node(id: $id) { __typename } }";
    let hidden = api.data(&partner, node, json!({ "id": message["id"] })).await;
    let seen = api.data(&administrator(), node, json!({ "id": message["id"] })).await;
    assert_eq!((&hidden["node"], &seen["node"]["__typename"]), (&json!(null), &json!("Message")));
});

on_both_databases!(a_partner_finds_the_events_that_concern_it, |db| async move {
    let telling = Telling::set_up(&db).await;
    let other = telling.world.partner(entity::PartnerKind::SolutionProvider, "Other").await;
    let event = telling.paid("PO-1").await;
    telling.tell(EventTopic::Export, "READY", json!({})).await;
    let api = TestApi::at(&db.url).await;
    let list = "query($f: EventFilter) { events(filter: $f, orderBy: { field: AT, direction: ASC }) { totalCount nodes { id topic kind } } }";
    let own = member_of(&telling.partner.to_string());
    let seen = api.data(&own, list, json!({ "f": { "topic": { "eq": "PAYMENT_REQUEST" } } })).await;
    let expected =
        json!({ "totalCount": 1, "nodes": [{ "id": event, "topic": "PAYMENT_REQUEST", "kind": "PAID" }] });
    assert_eq!(seen["events"], expected);
    assert_eq!(api.data(&own, list, json!({})).await["events"]["totalCount"], 2);
    let foreign = member_of(&other.to_string());
    assert_eq!(api.data(&foreign, list, json!({})).await["events"]["totalCount"], 0);
    let node = "query($id: ID!) { node(id: $id) { __typename id } }";
    assert_eq!(api.data(&foreign, node, json!({ "id": event })).await["node"], json!(null));
    assert_eq!(api.data(&own, node, json!({ "id": event })).await["node"]["__typename"], "Event");
});
