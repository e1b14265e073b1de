//! Filters compare by eq, in, not, isNull, lt, lte, gt, gte and contains, and never with null.

use api::http::FrontConfig;
use serde_json::{Value, json};
use tests::on_both_databases;

use crate::api::served::Served;
use crate::api::{TestApi, administrator, made, member_of, world};

const OPPORTUNITIES: &str = "query($filter: OpportunityFilter) { opportunities(filter: $filter, orderBy: { field: CREATED_AT }) { nodes { name } } }";
const CUSTOMERS: &str = "query($filter: CustomerFilter) { customers(filter: $filter, orderBy: { field: NAME }) { nodes { name } } }";

fn names(answer: &Value, list: &str) -> Vec<String> {
    let nodes = answer["data"][list]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(filters_compare_numbers_months_and_what_has_no_value, |db| async move {
    let api = TestApi::over(db).await;
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let me = member_of(&world(&api).await.reseller);
    let create = "mutation($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { userErrors { code } } }";
    for (name, amount, day) in [
        ("none", Value::Null, Value::Null),
        ("ten", json!("10"), json!("2026-09-30")),
        ("twenty", json!("20"), json!("2026-10-01")),
    ] {
        let fields = json!({ "name": name, "expectedAmount": amount, "expectedSignOn": day });
        let input = json!({ "input": { "idempotencyKey": name, "fields": fields } });
        let answer = served.ask(&me, create, &input).await.1;
        assert_eq!(answer["data"]["opportunityCreate"]["userErrors"], json!([]), "{answer}");
    }
    for (filter, expected) in [
        (json!({ "expectedAmount": { "eq": "10" } }), vec!["ten"]),
        (json!({ "expectedAmount": { "in": ["10.00", "20"] } }), vec!["ten", "twenty"]),
        (json!({ "expectedAmount": { "not": "10" } }), vec!["none", "twenty"]),
        (json!({ "expectedAmount": { "isNull": true } }), vec!["none"]),
        (json!({ "expectedAmount": { "isNull": false } }), vec!["ten", "twenty"]),
        (json!({ "expectedAmount": { "lt": "20" } }), vec!["ten"]),
        (json!({ "expectedAmount": { "lte": "20" } }), vec!["ten", "twenty"]),
        (json!({ "expectedAmount": { "gt": "10" } }), vec!["twenty"]),
        (json!({ "expectedAmount": { "gte": "10" } }), vec!["ten", "twenty"]),
        (json!({ "expectedAmount": { "gte": "10", "lt": "20" } }), vec!["ten"]),
        (json!({ "expectedSignMonth": { "eq": "2026-09" } }), vec!["ten"]),
        (json!({ "expectedSignMonth": { "not": "2026-09" } }), vec!["none", "twenty"]),
        (json!({ "expectedSignMonth": { "lt": "2026-10" } }), vec!["ten"]),
        (json!({ "expectedSignMonth": { "lte": "2026-10" } }), vec!["ten", "twenty"]),
        (json!({ "expectedSignMonth": { "gt": "2026-09" } }), vec!["twenty"]),
        (json!({ "expectedSignMonth": { "isNull": true } }), vec!["none"]),
        (
            json!({ "customer": { "isNull": true }, "state": { "not": "CLOSED" } }),
            vec!["none", "ten", "twenty"],
        ),
        (json!({ "state": { "not": "DRAFT" } }), vec![]),
        (json!({ "createdAt": { "lte": "2026-09-15T04:00:00Z" } }), vec!["none", "ten", "twenty"]),
        (json!({ "createdAt": { "gt": "2026-09-15T04:00:00Z" } }), vec![]),
    ] {
        let (status, answer) = served.ask(&me, OPPORTUNITIES, &json!({ "filter": filter })).await;
        assert_eq!(
            (status, names(&answer, "opportunities")),
            (200, expected.iter().map(ToString::to_string).collect()),
            "{filter}"
        );
    }
});

on_both_databases!(filters_compare_texts_and_ids_also_by_what_they_are_not, |db| async move {
    let api = TestApi::over(db).await;
    let served = Served::with(&api.store, FrontConfig::production()).await;
    let world = world(&api).await;
    made(&api, "customerCreate", "customer", json!({ "name": "Nobody's" })).await;
    let all = ["Customer One", "Customer Three", "Customer Two", "Nobody's"];
    let but = |out: &[&str]| all.into_iter().filter(|name| !out.contains(name)).collect::<Vec<_>>();
    for (filter, expected) in [
        (json!({ "name": { "not": "Customer One" } }), but(&["Customer One"])),
        (json!({ "name": { "contains": "customer t", "not": "Customer Two" } }), vec!["Customer Three"]),
        (json!({ "name": { "isNull": true } }), vec![]),
        (json!({ "id": { "not": world.customer } }), but(&["Customer One"])),
        (json!({ "id": { "not": "customer_nothing" } }), all.to_vec()),
        (json!({ "id": { "in": [world.customer, "x"] } }), vec!["Customer One"]),
        (json!({ "partner": { "eq": world.reseller } }), vec!["Customer One"]),
        (json!({ "partner": { "not": world.reseller } }), but(&["Customer One"])),
        (json!({ "partner": { "isNull": true } }), vec!["Nobody's"]),
        (json!({ "partner": { "isNull": false } }), but(&["Nobody's"])),
    ] {
        let (status, answer) = served.ask(&administrator(), CUSTOMERS, &json!({ "filter": filter })).await;
        assert_eq!(
            (status, names(&answer, "customers")),
            (200, expected.iter().map(ToString::to_string).collect()),
            "{filter}"
        );
    }
});

on_both_databases!(
    null_in_a_filter_is_refused_in_the_callers_language_and_never_means_everything,
    |db| async move {
        let api = TestApi::over(db).await;
        let served = Served::with(&api.store, FrontConfig::production()).await;
        for filter in [
            json!({ "name": { "eq": null } }),
            json!({ "name": { "in": null } }),
            json!({ "name": { "isNull": null } }),
            json!({ "createdAt": { "gte": null } }),
            json!({ "internal": null }),
            json!({ "name": null }),
            json!({ "and": null }),
            json!({ "or": [{ "id": { "not": null } }] }),
        ] {
            let variables = json!({ "filter": filter });
            let answer = served.ask(&administrator(), CUSTOMERS, &variables).await.1;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{filter} {answer}");
            assert_eq!(answer["data"]["customers"], Value::Null, "{filter}");
            assert!(error["message"].as_str().unwrap().contains("isNull"), "{answer}");
            let chinese =
                served.post(&administrator(), CUSTOMERS, &variables).header("accept-language", "zh-CN");
            let text = chinese.send().await.unwrap().text().await.unwrap();
            assert!(text.contains("不能与 null 比较") && !text.contains("compares"), "{text}");
        }
        let variable =
            "query($name: String) { customers(filter: { name: { eq: $name } }) { nodes { name } } }";
        let answer = served.ask(&administrator(), variable, &json!({ "name": null })).await.1;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        let none = served.ask(&administrator(), CUSTOMERS, &json!({ "filter": null })).await.1;
        assert_eq!(none["errors"], Value::Null, "no filter at all is none: {none}");
    }
);
