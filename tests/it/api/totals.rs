//! Counts of long lists are kept, not counted.

use domain::kernel::store::{exec, query_one};
use serde_json::json;
use tests::on_both_databases;

use crate::api::{TestApi, administrator, made};

/// Statements after which whoever counts folds their differences.
const MANY: i64 = 201;

async fn counted(api: &TestApi) -> i64 {
    let data = api.data(&administrator(), "{ customers(first: 1) { totalCount } }", json!({})).await;
    data["customers"]["totalCount"].as_i64().unwrap()
}

async fn insert(api: &TestApi, id: i64) {
    let sql = "INSERT INTO customer (id, name, internal, created_at, version) VALUES ($1, 'C', FALSE, 0, 1)";
    let tx = api.store.begin().await.unwrap();
    exec(tx.orm(), sql, [id.into()]).await.unwrap();
    tx.commit().await.unwrap();
}

on_both_databases!(a_count_is_right_however_rows_came_and_went, |database| async move {
    let api = TestApi::over(database).await;
    assert_eq!(counted(&api).await, 0);
    let names: Vec<String> = (0..8).map(|n| format!("C{n}")).collect();
    let making = names.iter().map(|name| made(&api, "customerCreate", "customer", json!({ "name": name })));
    futures_util::future::join_all(making).await;
    assert_eq!(counted(&api).await, 8);

    let tx = api.store.begin().await.unwrap();
    exec(tx.orm(), "DELETE FROM customer", []).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(counted(&api).await, 8, "what was rolled back");

    let one = "DELETE FROM customer WHERE name IN ('C1', 'C2')";
    exec(api.store.db(), one, []).await.unwrap();
    assert_eq!(counted(&api).await, 6);

    let filtered = "{ customers(filter: { name: { contains: \"c\" } }) { totalCount } }";
    let data = api.data(&administrator(), filtered, json!({})).await;
    assert_eq!(data["customers"]["totalCount"], 6, "a part of a list is counted");
});

on_both_databases!(many_differences_are_folded_into_one, |database| async move {
    let api = TestApi::over(database).await;
    for id in 1..=MANY {
        insert(&api, id).await;
    }
    // Several that count at once fold at once.
    let counts = futures_util::future::join_all((0..4).map(|_| counted(&api))).await;
    assert_eq!(counts, [MANY; 4]);
    insert(&api, MANY + 1).await;
    assert_eq!(counted(&api).await, MANY + 1);
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM list_total WHERE list = 'customer'";
    let rows: i64 = query_one(api.store.db(), sql, []).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert!(rows <= 2, "{rows} rows are left");
});
