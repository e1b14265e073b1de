//! Pages, cursors, filters and orders.

use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::{TestApi, administrator, code, made, world};

const PAGE: &str = "query($first: Int, $after: String, $last: Int, $before: String, $by: CustomerOrder, $filter: CustomerFilter) {
    customers(first: $first, after: $after, last: $last, before: $before, orderBy: $by, filter: $filter) {
        nodes { name } totalCount totalCountExact pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn page(api: &TestApi, variables: Value) -> (Vec<String>, Value) {
    let data = api.data(&administrator(), PAGE, variables).await;
    let list = &data["customers"];
    let names =
        list["nodes"].as_array().unwrap().iter().map(|n| n["name"].as_str().unwrap().to_owned()).collect();
    (names, list.clone())
}

async fn seven_customers(api: &TestApi) {
    // Two of the same name: the id decides.
    for name in ["a", "b", "b", "c", "d", "100%", "ß"] {
        made(api, "customerCreate", "customer", json!({ "name": name })).await;
    }
}

on_both_databases!(walking_forward_and_backward_meets_every_row_once, |db| async move {
    let api = TestApi::over(db).await;
    seven_customers(&api).await;
    for direction in ["ASC", "DESC"] {
        for field in ["NAME", "CREATED_AT"] {
            let by = json!({ "field": field, "direction": direction });
            let (all, whole) = page(&api, json!({ "by": by })).await;
            assert_eq!((all.len(), &whole["totalCount"]), (7, &json!(7)));
            assert_eq!(whole["totalCountExact"], json!(true));
            let (mut forward, mut after) = (Vec::new(), Value::Null);
            loop {
                let (names, list) = page(&api, json!({ "first": 3, "after": after, "by": by })).await;
                assert_eq!(list["pageInfo"]["hasPreviousPage"], json!(!forward.is_empty()));
                forward.extend(names);
                after = list["pageInfo"]["endCursor"].clone();
                if list["pageInfo"]["hasNextPage"] == json!(false) {
                    break;
                }
            }
            assert_eq!(forward, all);
            let (mut backward, mut before) = (Vec::new(), Value::Null);
            loop {
                let (names, list) = page(&api, json!({ "last": 3, "before": before, "by": by })).await;
                backward = [names, backward].concat();
                before = list["pageInfo"]["startCursor"].clone();
                if list["pageInfo"]["hasPreviousPage"] == json!(false) {
                    break;
                }
            }
            assert_eq!(backward, all);
        }
    }
});

on_both_databases!(a_cursor_of_another_list_or_order_is_refused, |db| async move {
    let api = TestApi::over(db).await;
    seven_customers(&api).await;
    let (_, list) = page(&api, json!({ "first": 1 })).await;
    let cursor = &list["pageInfo"]["endCursor"];
    for variables in [
        json!({ "after": cursor, "by": { "field": "NAME", "direction": "DESC" } }),
        json!({ "after": "nonsense" }),
        json!({ "first": 101 }),
        json!({ "first": 1, "last": 1 }),
    ] {
        let response = api.ask(&administrator(), PAGE, variables.clone()).await;
        assert_eq!(code(&response).as_deref(), Some("BAD_USER_INPUT"), "{variables}");
    }
    let partners = "query($after: String) { partners(after: $after) { nodes { id } } }";
    let response = api.ask(&administrator(), partners, json!({ "after": cursor })).await;
    assert_eq!(code(&response).as_deref(), Some("BAD_USER_INPUT"));
});

on_both_databases!(filters_compare_and_combine, |db| async move {
    let api = TestApi::over(db).await;
    seven_customers(&api).await;
    for (filter, expected) in [
        (json!({ "name": { "contains": "B" } }), vec!["b", "b"]),
        (json!({ "name": { "contains": "%" } }), vec!["100%"]),
        (json!({ "name": { "in": ["a", "d"] } }), vec!["a", "d"]),
        (json!({ "name": { "in": [] } }), vec![]),
        (json!({ "or": [{ "name": { "eq": "a" } }, { "name": { "eq": "c" } }] }), vec!["a", "c"]),
        (json!({ "and": [{ "name": { "contains": "b" } }, { "name": { "contains": "c" } }] }), vec![]),
        (json!({ "internal": true }), vec![]),
        (
            json!({ "createdAt": { "gte": "2026-09-15T04:00:00Z", "lt": "2026-09-15T04:00:00.001Z" }, "name": { "eq": "a" } }),
            vec!["a"],
        ),
        (json!({ "createdAt": { "lt": "2026-09-15T12:00:00+08:00" } }), vec![]),
        (json!({ "id": { "eq": "customer_nothing" } }), vec![]),
    ] {
        let (names, _) = page(&api, json!({ "filter": filter })).await;
        assert_eq!(names, expected, "{filter}");
    }
    let many: Vec<String> = (0..501).map(|n| n.to_string()).collect();
    let at_limit = json!({ "filter": { "name": { "in": many[..500] } } });
    assert!(api.ask(&administrator(), PAGE, at_limit).await.errors.is_empty());
    let beyond = api.ask(&administrator(), PAGE, json!({ "filter": { "name": { "in": many } } })).await;
    assert_eq!(code(&beyond).as_deref(), Some("BAD_USER_INPUT"));
});

on_both_databases!(every_list_can_be_read_and_counted, |db| async move {
    let api = TestApi::over(db).await;
    let world = world(&api).await;
    let account = json!({ "provider": "aws", "accountNo": "1", "customerId": world.customer });
    made(&api, "cloudAccountLink", "cloudAccount", account).await;
    let run = json!({ "month": "2026-08", "kind": "ESTIMATE" });
    made(&api, "settlementRunStart", "settlementRun", run).await;
    let lists = "cloudAccounts products invoices imports months settlementRuns performanceLines payments \
        incentivePolicies incentiveBills billFeedbacks auditEvents partners customers deadlines";
    for list in lists.split_whitespace() {
        for asked in ["first: 5", "last: 5"] {
            let query =
                format!("{{ {list}({asked}) {{ edges {{ cursor node {{ __typename }} }} totalCount }} }}");
            let data = api.data(&administrator(), &query, json!({})).await;
            let rows = data[list]["edges"].as_array().unwrap().len();
            assert_eq!(json!(rows), json!(data[list]["totalCount"].as_u64().unwrap().min(5)), "{list}");
        }
    }
    let sums = "{ performanceSums(groupBy: [PARTNER, CUSTOMER, PRODUCT, MODE, REASON, CURRENCY, ORIGIN_MONTH]) { totalCount nodes { lines } } }";
    let data = api.data(&administrator(), sums, json!({})).await;
    assert_eq!(data["performanceSums"]["totalCount"], 0);
    let nested =
        "{ months { nodes { month state runs { totalCount nodes { kind state allowedOperations { operation to allowed } shards { shard }
        quarantine { totalCount } settlementMonth { closed } } } } } }";
    let data = api.data(&administrator(), nested, json!({})).await;
    let run = &data["months"]["nodes"][0]["runs"];
    assert_eq!(run["totalCount"], 1);
    assert_eq!(
        run["nodes"][0]["allowedOperations"],
        json!([{ "operation": "PAUSE", "to": "PAUSED", "allowed": true }, { "operation": "CANCEL", "to": "CANCELLED", "allowed": true }])
    );
});
