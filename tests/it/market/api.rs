//! Bills, what is withheld and what was sold, over the API.

use crate::api::data_of;
use domain::Lang;
use serde_json::{Value, json};

use super::*;
use crate::api::{TestApi, administrator, member_of, operations};

const BILLS: &str = "{ settlementBills { totalCount nodes { id month category state label sales { amount } platformFee { amount } amount { amount }
    paymentRequest { state items { settlementBill { id } } } lines { nodes { kind originMonth sales { amount } product { marketplaceCategory } } } } } }";
const SOLD: &str =
    "query($filter: MarketplaceLineFilter) { marketplaceLines(month: \"2026-09\", filter: $filter) { totalCount
    nodes { seller sales { amount } unpaid { amount } billed { amount } state label reason reasonText } } }";

on_both_databases!(a_seller_sees_its_own_bills_and_why_something_is_not_billed, |db| async move {
    let world = World::open(&db).await;
    let shop = certified_seller(&world, "Shop").await;
    let late = seller(&world, "Late").await;
    goods_terms(&world, "2026-01", 50_000, 0).await;
    world.customer("A").await;
    let rows = [
        sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one"),
        sale("Late", "A", "20", "2026-09-10T00:00:00Z", "two"),
        sale("Somebody", "A", "3", "2026-09-10T00:00:00Z", "three"),
        sale("Shop", "A", "4", "2025-12-10T00:00:00Z", "before there were terms"),
    ];
    world.import(&bill(&rows)).await;
    bill_out(&world, "2026-09").await;
    let api = TestApi::at(&db.url).await;
    let old = api.data(&administrator(), &SOLD.replace("2026-09", "2025-12"), json!({})).await;
    assert_eq!(old["marketplaceLines"]["nodes"][0]["reason"], "NO_TERMS");
    let (shop, late) = (member_of(&shop.to_string()), member_of(&late.to_string()));

    let data = api.data(&shop, BILLS, json!({})).await;
    let bill = &data["settlementBills"]["nodes"][0];
    assert_eq!(data["settlementBills"]["totalCount"], 1);
    assert_eq!(bill["label"], "Billed");
    assert_eq!((&bill["sales"]["amount"], &bill["amount"]["amount"]), (&json!("100.00"), &json!("95.00")));
    assert_eq!(bill["paymentRequest"]["state"], "AWAIT_COUNTERSIGN");
    assert_eq!(bill["paymentRequest"]["items"][0]["settlementBill"]["id"], bill["id"]);
    assert_eq!(bill["lines"]["nodes"][0]["kind"], "BASE");
    assert_eq!(bill["lines"]["nodes"][0]["product"]["marketplaceCategory"], "GOODS");
    let node = "query($id: ID!) { node(id: $id) { __typename } settlementBill(id: $id) { month } }";
    let foreign = api.data(&late, node, json!({ "id": bill["id"] })).await;
    assert_eq!(foreign, json!({ "node": null, "settlementBill": null }));
    let own = api.data(&shop, node, json!({ "id": bill["id"] })).await;
    assert_eq!(own["node"]["__typename"], "SettlementBill");

    let sold = |data: &Value| {
        let nodes = data["marketplaceLines"]["nodes"].as_array().unwrap().clone();
        nodes.iter().map(|n| format!("{} {} {}", n["seller"], n["state"], n["reason"])).collect::<Vec<_>>()
    };
    let all = sold(&api.data(&administrator(), SOLD, json!({})).await);
    let expected = [
        "\"Late\" \"NOT_BILLED\" \"NOT_CERTIFIED\"",
        "\"Shop\" \"BILLED\" null",
        "\"Somebody\" \"NOT_BILLED\" \"UNKNOWN_SELLER\"",
    ];
    assert_eq!(all, expected);
    assert_eq!(sold(&api.data(&late, SOLD, json!({})).await), expected[..1]);
    assert_eq!(
        sold(&api.data(&administrator(), SOLD, json!({ "filter": { "billed": true } })).await),
        expected[1..2]
    );
    let chinese = data_of(&api.ask_in(Lang::ZhCn, &late, SOLD, json!({})).await);
    assert_eq!(chinese["marketplaceLines"]["nodes"][0]["label"], "待出账");

    let query = "{ settlementWithheld { nodes { seller reason amount { amount } partner { name } } } }";
    let data = api.data(&late, query, json!({})).await;
    let row = json!({ "seller": "Late", "reason": "NOT_CERTIFIED", "amount": { "amount": "20.00" }, "partner": { "name": "Late" } });
    assert_eq!(data["settlementWithheld"]["nodes"], json!([row]));
});

on_both_databases!(terms_and_bill_outs_are_asked_for_over_the_api, |db| async move {
    let api = TestApi::over(db).await;
    let terms = "mutation($input: MarketplaceTermsSetInput!) { marketplaceTermsSet(input: $input) {
        marketplaceTerms { validFrom platformFeePpm partner { name } } userErrors { code path } } }";
    let input = |ppm: i32| {
        json!({ "input": { "idempotencyKey": ppm.to_string(), "category": "GOODS", "validFrom": "2026-08",
        "platformFeePpm": ppm, "operatingFeePpm": 0 } })
    };
    let data = api.data(&administrator(), terms, input(50_000)).await;
    let set = json!({ "validFrom": "2026-08", "platformFeePpm": 50_000, "partner": null });
    assert_eq!(data["marketplaceTermsSet"]["marketplaceTerms"], set);
    let data = api.data(&administrator(), terms, input(1_000_001)).await;
    let error = json!([{ "code": "INVALID", "path": ["platformFeePpm"] }]);
    assert_eq!(data["marketplaceTermsSet"]["userErrors"], error);
    let list = "{ marketplaceTerms { totalCount nodes { id } } }";
    let data = api.data(&operations(), list, json!({})).await;
    assert_eq!(data["marketplaceTerms"]["totalCount"], 1);

    let out = "mutation($month: Month!, $key: ID!) { settlementBillOut(input: { idempotencyKey: $key, month: $month }) {
        settlementBillOut { month finishedAt } userErrors { code } } }";
    let data = api.data(&operations(), out, json!({ "month": "2026-08", "key": "a" })).await;
    let asked = json!({ "month": "2026-08", "finishedAt": null });
    assert_eq!(data["settlementBillOut"]["settlementBillOut"], asked);
    let data = api.data(&operations(), out, json!({ "month": "2026-09", "key": "b" })).await;
    assert_eq!(data["settlementBillOut"]["userErrors"], json!([{ "code": "MONTH_NOT_OVER" }]));
});
