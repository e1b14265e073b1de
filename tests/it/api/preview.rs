//! Previews over the API.

use domain::kernel::store::exec;
use domain::{Context, StoppedClock};
use entity::{PartnerKind, RunKind};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::{World, at, bill, row};

use crate::api::{TestApi, administrator, code};

const PREVIEW: &str = "query($month: Month!, $first: Int, $after: String, $only: Boolean! = true, $partner: ID,
    $policies: [SettlementPreviewPolicyInput!]) {
    settlementPreview(month: $month, first: $first, after: $after, changedOnly: $only, partner: $partner, policies: $policies) {
        nodes { partner { id name } currencyCode reasons difference { amount } amountBefore { amount } amountAfter { amount }
            basisBefore { amount } basisAfter { amount } setAsideCode bill { state } parkedReason { code typical { amount } factorPpm }
            lines(first: 1) { totalCount pageInfo { hasNextPage } nodes { kind originMonth productClass mode reasons partner { name }
                before { ratePpm rateSeq basis { amount } amount { amount } note policy { name } }
                after { ratePpm basis { amount } amount { amount } policy { name } } } } }
        edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount changesWaiting
        totals { currencyCode billsBefore billsAfter partnersChanged parked setAside
            amountBefore { amount } amountAfter { amount } difference { amount } } } }";

/// Five partners with a draft for August; then one of them consumed more.
async fn five(db: tests::db::TestDatabase) -> TestApi {
    let api = TestApi::over(db).await;
    let world = World {
        store: api.store.clone(),
        clock: StoppedClock::at(at("2026-09-15T04:00:00Z")),
        context: Context::system("test"),
    };
    world.policy("2026-01", 100_000).await;
    let mut rows = Vec::new();
    for name in ["A", "B", "C", "D", "E"] {
        let partner = world.partner(PartnerKind::SolutionProvider, name).await;
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
        rows.push(row(name, "100", "2026-08-10T00:00:00Z", "x"));
    }
    world.import(&bill(&rows)).await;
    world.settle("2026-08", RunKind::Draft).await;
    world.import(&bill(&[row("C", "50", "2026-08-11T00:00:00Z", "y")])).await;
    api
}

async fn preview(api: &TestApi, mut variables: Value) -> Value {
    variables["month"] = json!("2026-08");
    api.data(&administrator(), PREVIEW, variables).await["settlementPreview"].clone()
}

on_both_databases!(a_preview_shows_what_would_change_and_why, |db| async move {
    let api = five(db).await;
    let seen = preview(&api, json!({})).await;
    let changed = &seen["nodes"][0];
    assert_eq!((&seen["totalCount"], &changed["partner"]["name"]), (&json!(1), &json!("C")));
    assert_eq!(changed["reasons"], json!(["BASIS_CHANGED"]));
    assert_eq!(changed["bill"]["state"], "ESTIMATED");
    for (field, amount) in [
        ("amountBefore", "10.00"),
        ("amountAfter", "15.00"),
        ("difference", "5.00"),
        ("basisBefore", "100.00"),
        ("basisAfter", "150.00"),
    ] {
        assert_eq!(changed[field]["amount"], amount, "{field}");
    }
    assert_eq!(
        changed["lines"],
        json!({ "totalCount": 1, "pageInfo": { "hasNextPage": false }, "nodes": [{ "kind": "BASE", "originMonth": "2026-08",
            "productClass": "Compute", "mode": "RESALE", "reasons": ["BASIS_CHANGED"], "partner": { "name": "C" },
            "before": { "ratePpm": 100_000, "rateSeq": 1, "basis": { "amount": "100.00" }, "amount": { "amount": "10.00" },
                "note": null, "policy": { "name": "base" } },
            "after": { "ratePpm": 100_000, "basis": { "amount": "150.00" }, "amount": { "amount": "15.00" },
                "policy": { "name": "base" } } }] })
    );
    let sums = json!([{ "currencyCode": "USD", "billsBefore": 1, "billsAfter": 1, "partnersChanged": 1, "parked": 0,
        "setAside": 0, "amountBefore": { "amount": "10.00" }, "amountAfter": { "amount": "15.00" },
        "difference": { "amount": "5.00" } }]);
    assert_eq!((&seen["totals"], &seen["changesWaiting"]), (&sums, &json!(0)));
});

on_both_databases!(a_preview_is_read_page_by_page_in_the_order_of_partners, |db| async move {
    let api = five(db).await;
    let (mut names, mut after) = (Vec::new(), Value::Null);
    loop {
        let seen = preview(&api, json!({ "only": false, "first": 2, "after": after })).await;
        assert_eq!(seen["pageInfo"]["hasPreviousPage"], json!(!names.is_empty()));
        assert_eq!(seen["totalCount"], 5);
        assert_eq!(seen["totals"][0]["partnersChanged"], 1);
        let page = seen["nodes"].as_array().unwrap();
        assert_eq!(page.len(), seen["edges"].as_array().unwrap().len());
        names.extend(page.iter().map(|bill| bill["partner"]["name"].as_str().unwrap().to_owned()));
        after = seen["pageInfo"]["endCursor"].clone();
        if seen["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(names, ["A", "B", "C", "D", "E"]);
    let foreign = api
        .ask(&administrator(), PREVIEW, json!({ "month": "2026-07", "only": false, "after": after }))
        .await;
    assert_eq!(code(&foreign).as_deref(), Some("BAD_USER_INPUT"));
});

on_both_databases!(a_preview_of_one_partner_tries_policies, |db| async move {
    let api = five(db).await;
    let all = preview(&api, json!({ "only": false })).await;
    let partner = &all["nodes"][1]["partner"]["id"];
    let rates = json!([{ "ratePpm": 50_000, "productClass": "Compute", "cap": "2.00" }, { "ratePpm": 1 }]);
    let policies = json!([{ "name": "less", "validFrom": "2026-08", "rates": rates }]);
    let seen = preview(&api, json!({ "partner": partner, "policies": policies })).await;
    assert_eq!((&seen["totalCount"], &seen["nodes"][0]["partner"]["name"]), (&json!(1), &json!("B")));
    assert_eq!(seen["nodes"][0]["difference"]["amount"], "-8.00");
    assert_eq!(seen["nodes"][0]["reasons"], json!(["RATE_CHANGED", "CAP_OR_MINIMUM"]));
    let line = &seen["nodes"][0]["lines"]["nodes"][0];
    assert_eq!((&line["after"]["ratePpm"], &line["after"]["policy"]), (&json!(50_000), &Value::Null));
    let nobody = preview(&api, json!({ "partner": "partner_nothing", "only": false })).await;
    assert_eq!(nobody["totalCount"], 0);
    let wrong =
        json!([{ "name": "", "validFrom": "2026-08", "rates": [{ "ratePpm": 1, "minimum": "0.001" }] }]);
    let refused = api.ask(&administrator(), PREVIEW, json!({ "month": "2026-08", "policies": wrong })).await;
    assert_eq!(code(&refused).as_deref(), Some("BAD_USER_INPUT"));
});

on_both_databases!(a_preview_says_what_would_be_parked, |db| async move {
    let api = five(db).await;
    let sql = "UPDATE programme SET bill_factor_ppm = 1200000, bill_factor_floor = 0";
    exec(api.store.db(), sql, []).await.unwrap();
    let sql = "UPDATE incentive_bill SET month = 202607, state = 'ISSUED'";
    exec(api.store.db(), "INSERT INTO settlement_month (month, starts_at, ends_at, state, closed, rule_version, \
        cash_coupon_counts, version) SELECT 202607, 0, 1, 'FINAL', closed, 1, cash_coupon_counts, 1 FROM settlement_month", [])
    .await
    .unwrap();
    exec(api.store.db(), sql, []).await.unwrap();
    let seen = preview(&api, json!({})).await;
    let parked: Vec<_> =
        seen["nodes"].as_array().unwrap().iter().filter(|bill| !bill["parkedReason"].is_null()).collect();
    assert_eq!((parked.len(), &parked[0]["partner"]["name"]), (1, &json!("C")));
    let reason = json!({ "code": "ABOVE_USUAL", "typical": { "amount": "10.00" }, "factorPpm": 1_200_000 });
    assert_eq!(parked[0]["parkedReason"], reason);
    assert_eq!((&seen["totals"][0]["parked"], &parked[0]["reasons"]), (&json!(1), &json!(["NEW_BILL"])));
});
