//! Links between what earns, what is requested and until when.

use serde_json::json;

use super::*;
use crate::api::{TestApi, administrator};

on_both_databases!(
    a_bill_leads_to_what_it_earned_its_requests_and_deadlines_and_a_partner_to_all_of_them,
    |db| async move {
        let world = World::open(&db).await;
        let provider = set_up(&world).await;
        world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "x")])).await;
        issued(&world, "2026-09").await;
        let request = ask(&world, provider, PayoutWay::BankTransfer).await.unwrap();
        let api = TestApi::over_store(world.store.clone());
        let query = "query($id: ID!) { partner(id: $id) { opportunities { totalCount } paymentRequests { nodes { id } }
        deadlines { totalCount nodes { entityId entity { __typename } } }
        bills { nodes { id deadlines { kind entityId closedAt } entitlements { nodes { amount { amount } bill { id } } }
            paymentRequests { totalCount nodes { id deadlines { entityId } items { entitlement { bill { id } } } } } } } } }";
        for who in [administrator(), crate::api::member_of(&provider.to_string())] {
            let data = api.data(&who, query, json!({ "id": provider.to_string() })).await;
            let partner = &data["partner"];
            let bill = &partner["bills"]["nodes"][0];
            let requests = &bill["paymentRequests"];
            assert_eq!(
                (&requests["totalCount"], &requests["nodes"][0]["id"]),
                (&json!(1), &json!(request.to_string()))
            );
            assert_eq!(requests["nodes"][0]["items"][0]["entitlement"]["bill"]["id"], bill["id"]);
            let earned = json!([{ "amount": { "amount": "10.00" }, "bill": { "id": bill["id"] } }]);
            assert_eq!(bill["entitlements"]["nodes"], earned);
            let deadlines = bill["deadlines"].as_array().unwrap();
            assert!(
                deadlines.iter().any(|d| d["kind"] == "BILL_CONFIRM" && d["entityId"] == bill["id"]),
                "{bill}"
            );
            assert_eq!(partner["paymentRequests"]["nodes"], json!([{ "id": request.to_string() }]));
            assert_eq!(partner["opportunities"]["totalCount"], 0);
            let all = partner["deadlines"]["nodes"].as_array().unwrap();
            assert_eq!(json!(all.len()), partner["deadlines"]["totalCount"]);
            assert!(all.iter().any(|d| d["entity"]["__typename"] == "IncentiveBill"), "{all:?}");
        }
    }
);
