//! Sums for dashboards: by what the caller names, in the order it names, page by page.

use api::http::FrontConfig;
use domain::Actor;
use entity::{PartnerKind, PaymentKind, PaymentState, PayoutWay};
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::{World, bill, row};

use crate::api::served::Served;
use crate::api::{administrator, member_of};
use crate::payment::{partner, put, request};

/// The nodes of sums, as pairs of a group and an amount.
async fn groups(served: &Served, who: &Actor, list: &str, asked: &str, shown: (&str, &str)) -> Value {
    let (group, sum) = shown;
    let query = format!("{{ {list}({asked}) {{ totalCount nodes {{ {group} {sum} {{ amount }} }} }} }}");
    let (status, answer) = served.ask(who, &query, &json!({})).await;
    assert_eq!((status, &answer["errors"]), (200, &Value::Null), "{query} {answer}");
    let list = &answer["data"][list];
    let pair = |node: &Value| {
        let name = group.split_whitespace().next().unwrap();
        let name =
            if node[name]["name"].is_string() { node[name]["name"].clone() } else { node[name].clone() };
        json!([name, node[sum]["amount"]])
    };
    json!({ "count": list["totalCount"], "groups": list["nodes"].as_array().unwrap().iter().map(pair).collect::<Vec<_>>() })
}

fn found(count: i64, groups: Value) -> Value {
    json!({ "count": count, "groups": groups })
}

/// Two customers of one provider in two months, and one of another.
async fn paid(db: &tests::db::TestDatabase) -> (World, String) {
    let world = World::open(db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    for (name, owner) in [("A", provider), ("B", provider), ("C", other)] {
        let customer = world.customer(name).await;
        world.associate(customer, owner, "2026-01-01T00:00:00Z").await;
    }
    world.policy("2026-01", 100_000).await;
    let rows = [
        row("A", "100", "2026-08-10T00:00:00Z", "1"),
        row("A", "50", "2026-09-10T00:00:00Z", "2"),
        row("B", "30", "2026-09-11T00:00:00Z", "3"),
        row("C", "7", "2026-09-12T00:00:00Z", "4"),
    ];
    world.import(&bill(&rows)).await;
    (world, provider.to_string())
}

on_both_databases!(performance_is_summed_up_by_what_the_caller_names_in_its_order, |db| async move {
    let (world, provider) = paid(&db).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let me = member_of(&provider);
    let sums = async |asked: &str, group: &str| {
        groups(&served, &me, "performanceSums", asked, (group, "counted")).await
    };
    assert_eq!(
        sums("groupBy: [MONTH]", "month").await,
        found(2, json!([["2026-08", "100.00"], ["2026-09", "80.00"]]))
    );
    assert_eq!(sums("groupBy: [QUARTER]", "quarter").await, found(1, json!([["2026-Q3", "180.00"]])));
    assert_eq!(sums("groupBy: [REGION]", "region").await, found(1, json!([["CN-EAST", "180.00"]])));
    assert_eq!(sums("groupBy: [PRODUCT_CLASS]", "productClass").await["groups"][0][1], "180.00");
    assert_eq!(
        sums("groupBy: [CHARGING_MODE, REASON]", "reason").await,
        found(1, json!([["COUNTED", "180.00"]]))
    );
    let by_customer = "groupBy: [CUSTOMER], orderBy: { field: COUNTED, direction: DESC }";
    assert_eq!(
        sums(by_customer, "customer { name }").await,
        found(2, json!([["A", "150.00"], ["B", "30.00"]]))
    );
    let least = "groupBy: [CUSTOMER], orderBy: { field: COUNTED }, first: 1";
    assert_eq!(sums(least, "customer { name }").await, found(2, json!([["B", "30.00"]])));
    let filtered = "groupBy: [CUSTOMER], filter: { month: { gt: \"2026-08\" } }, orderBy: { field: COUNTED, direction: DESC }";
    assert_eq!(sums(filtered, "customer { name }").await, found(2, json!([["A", "50.00"], ["B", "30.00"]])));
    let everything =
        groups(&served, &administrator(), "performanceSums", "groupBy: []", ("currencyCode", "counted"))
            .await;
    assert_eq!(everything, found(1, json!([["USD", "187.00"]])));
});

on_both_databases!(groups_come_in_pages_that_meet_each_once, |db| async move {
    let (world, _) = paid(&db).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let query = "query($after: String) { performanceSums(groupBy: [CUSTOMER, MONTH], first: 2, after: $after,
        orderBy: { field: COUNTED, direction: DESC }) { nodes { counted { amount } } pageInfo { endCursor hasNextPage } } }";
    let (mut after, mut amounts) = (Value::Null, Vec::new());
    loop {
        let answer = served.ask(&administrator(), query, &json!({ "after": after })).await.1;
        let list = &answer["data"]["performanceSums"];
        let nodes = list["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
        amounts.extend(nodes.iter().map(|node| node["counted"]["amount"].as_str().unwrap().to_owned()));
        after = list["pageInfo"]["endCursor"].clone();
        if list["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert_eq!(amounts, ["100.00", "50.00", "30.00", "7.00"]);
    let many = "{ performanceSums(groupBy: [CUSTOMER], first: 100) { nodes { lines } } }";
    assert_eq!(served.ask(&administrator(), many, &json!({})).await.1["errors"], Value::Null);
});

on_both_databases!(payments_are_summed_up_for_whoever_sees_them, |db| async move {
    let (world, provider) = paid(&db).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let me = member_of(&provider);
    let sums = async |who: &Actor, asked: &str, group: &str| {
        groups(&served, who, "paymentSums", asked, (group, "payable")).await
    };
    let months = "groupBy: [MONTH], orderBy: { field: PAYABLE, direction: DESC }";
    assert_eq!(
        sums(&me, months, "month").await,
        found(2, json!([["2026-08", "100.00"], ["2026-09", "80.00"]]))
    );
    let customers =
        "groupBy: [CUSTOMER, QUARTER], filter: { month: { eq: \"2026-09\" } }, orderBy: { field: PAYABLE }";
    let all = json!([["C", "7.00"], ["B", "30.00"], ["A", "50.00"]]);
    assert_eq!(sums(&administrator(), customers, "customer { name }").await, found(3, all));
    assert_eq!(
        sums(&me, "groupBy: [PRODUCT_CLASS, CATEGORY, CHARGING_MODE]", "category").await,
        found(1, json!([["USAGE", "180.00"]]))
    );
});

on_both_databases!(payments_of_a_month_are_put_in_order_and_others_are_not, |db| async move {
    let (world, provider) = paid(&db).await;
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let query = "query($filter: PaymentFilter) { payments(filter: $filter, orderBy: { field: PAYABLE, direction: DESC }) {
        nodes { payable { amount } } } }";
    let month = json!({ "filter": { "month": { "eq": "2026-09" } } });
    let answer = served.ask(&member_of(&provider), query, &month).await.1;
    let amounts = json!([{ "payable": { "amount": "50.00" } }, { "payable": { "amount": "30.00" } }]);
    assert_eq!(answer["data"]["payments"]["nodes"], amounts, "{answer}");
    for filter in [json!(null), json!({ "month": { "gte": "2026-01" } })] {
        let answer = served.ask(&administrator(), query, &json!({ "filter": filter })).await.1;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    }
});

on_both_databases!(payment_requests_are_summed_up_and_found_by_stage_and_payout_number, |db| async move {
    let world = World::open(&db).await;
    let (one, two) = (partner(&world, "One", 100).await, partner(&world, "Two", 100).await);
    let way = (PaymentKind::Incentive, PayoutWay::BankTransfer);
    let first = request(&world, one, way, 5).await;
    let second = request(&world, two, way, 7).await;
    put(&world, second, PaymentState::Paying).await;
    let sql = "UPDATE payment_request SET payout_no = 'P-77' WHERE id = $1";
    domain::kernel::store::exec(world.store.db(), sql, [second.0.into()]).await.unwrap();
    let served = Served::with(&world.store, FrontConfig::production()).await;
    let query = "query($filter: PaymentRequestFilter) { paymentRequests(filter: $filter) { nodes { id } }
        paymentRequestSums(filter: $filter, groupBy: [PARTNER, STAGE], orderBy: { field: AMOUNT, direction: DESC }) {
            nodes { partner { name } stage count state } } }";
    let ask = async |filter: Value| {
        let answer = served.ask(&administrator(), query, &json!({ "filter": filter })).await.1;
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        answer["data"].clone()
    };
    let node = |id: &dyn ToString| json!([{ "id": id.to_string() }]);
    let paying = json!({ "partner": { "name": "Two" }, "stage": "PAYMENT", "count": 1, "state": null });
    let payment = ask(json!({ "stage": { "eq": "PAYMENT" } })).await;
    assert_eq!(payment["paymentRequests"]["nodes"], node(&second));
    assert_eq!(payment["paymentRequestSums"]["nodes"], json!([paying]));
    assert_eq!(ask(json!({ "stage": { "not": "PAYMENT" } })).await["paymentRequests"]["nodes"], node(&first));
    assert_eq!(ask(json!({ "payoutNo": { "eq": "P-77" } })).await["paymentRequests"]["nodes"], node(&second));
    assert_eq!(
        ask(json!({ "payoutNo": { "isNull": true } })).await["paymentRequests"]["nodes"],
        node(&first)
    );
    assert_eq!(ask(json!({})).await["paymentRequestSums"]["nodes"].as_array().unwrap().len(), 2);
});
