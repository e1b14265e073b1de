//! What is bounded, at its bound: the next one is told to come again at once, and nothing grows.

use ::api::http::limits::{OPERATION_TIMEOUT, STREAMS_PER_ACCOUNT_MAX, UPLOADS_MAX};
use domain::kernel::store::{
    ACQUIRE_TIMEOUT, BATCH_LOCK_TIMEOUT, BATCH_STATEMENT_TIMEOUT, LOCK_TIMEOUT, STATEMENT_TIMEOUT,
};
use domain::{Clock, Ids, Purpose, Store};
use futures_util::StreamExt as _;
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::api::{Api, Told};
use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_of_a_full_pool_and_of_a_locked_table_are_told_to_come_again() {
    /// Connections of the process.
    const CONNECTIONS: &str = "2";
    /// Callers at once: the first two wait for the lock, the others for a connection.
    const CALLERS: usize = 8;
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let Some(place) = Place::of(&db).await else { return };
    let api = Api::serve(&place, &["--no-worker", "--database-connections", CONNECTIONS]);
    let query = "{ customers(first: 1) { totalCount } }";
    api.data(query, json!({})).await;

    let mut other = PgConnection::connect(&db.url).await.unwrap();
    sqlx::query("BEGIN").execute(&mut other).await.unwrap();
    sqlx::query("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE").execute(&mut other).await.unwrap();
    let asked = tokio::time::Instant::now();
    let nothing = json!({});
    let told = futures_util::future::join_all((0..CALLERS).map(|_| api.response(query, &nothing))).await;
    for response in told {
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "1");
        assert!(response.text().await.unwrap().contains("\"UNAVAILABLE\""));
    }
    assert!(asked.elapsed() >= LOCK_TIMEOUT.min(ACQUIRE_TIMEOUT), "{:?}", asked.elapsed());
    assert!(asked.elapsed() < OPERATION_TIMEOUT + ACQUIRE_TIMEOUT, "{:?}", asked.elapsed());
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert!(matches!(api.ask(query, &nothing).await, Told::Data(_)), "and then it is as before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statements_and_locks_have_limits_by_what_they_are_for() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    for (purpose, statement, lock) in [
        (Purpose::Requests, STATEMENT_TIMEOUT, LOCK_TIMEOUT),
        (Purpose::Batch, BATCH_STATEMENT_TIMEOUT, BATCH_LOCK_TIMEOUT),
    ] {
        let store = Store::connect_for(purpose, &db.url, 1, Clock::system(), Ids::random()).await.unwrap();
        let beside = store.beside(purpose, 1).await.unwrap();
        for store in [store, beside] {
            for (name, limit) in [("statement_timeout", statement), ("lock_timeout", lock)] {
                let sql = format!("SELECT setting FROM pg_settings WHERE name = '{name}'");
                let row = query_one(store.db(), &sql, []).await.unwrap().unwrap();
                assert_eq!(
                    row.try_get_by_index::<String>(0).unwrap(),
                    limit.as_millis().to_string(),
                    "{name}"
                );
            }
            let sql = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'";
            let row = query_one(store.db(), sql, []).await.unwrap().unwrap();
            assert_ne!(row.try_get_by_index::<String>(0).unwrap(), "0");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_upload_more_than_fits_is_told_to_come_again() {
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let place = Place::of(&db).await.unwrap();
    let api = std::sync::Arc::new(Api::serve(&place, &[]));
    let create = async |n: usize| {
        let create = "mutation($input: ImportCreateInput!) { importCreate(input: $input) { uploadUrl } }";
        let input =
            json!({ "input": { "idempotencyKey": n.to_string(), "fileName": "slow.csv", "settled": true } });
        api.data(create, input).await.0["importCreate"]["uploadUrl"].as_str().unwrap().to_owned()
    };
    // Each sends a little, and then nothing until it is told to.
    let (go_on, wait) = tokio::sync::watch::channel(false);
    let mut uploads = Vec::new();
    for n in 0..UPLOADS_MAX {
        let (url, mut wait, api) = (create(n).await, wait.clone(), std::sync::Arc::clone(&api));
        let rest = async move {
            let _ = wait.wait_for(|go_on| *go_on).await;
            Ok::<_, std::io::Error>("\n")
        };
        let start = futures_util::stream::iter([Ok("BilledCost")]);
        let body = reqwest::Body::wrap_stream(start.chain(futures_util::stream::once(rest)));
        uploads.push(tokio::spawn(async move { api.put(&url, body).await.status() }));
    }
    let last = create(UPLOADS_MAX).await;
    until("every place is taken", PATIENCE, || async {
        let response = api.put(&last, "").await;
        response.status() == 503 && response.headers().contains_key("retry-after")
    })
    .await;
    go_on.send(true).unwrap();
    for upload in uploads {
        assert_eq!(upload.await.unwrap(), 202);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_subscription_more_than_an_account_may_have_is_told_to_come_again() {
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let place = Place::of(&db).await.unwrap();
    let api = Api::serve(&place, &[]);
    let create = "mutation($input: ImportCreateInput!) { importCreate(input: $input) { import { id } } }";
    let input = json!({ "input": { "idempotencyKey": "k", "fileName": "never.csv", "settled": true } });
    let made = api.data(create, input).await.0;
    let id = &made["importCreate"]["import"]["id"];
    let watch = "subscription($id: ID!) { importProgress(id: $id) { state } }";
    let mut open = Vec::new();
    for _ in 0..STREAMS_PER_ACCOUNT_MAX {
        let response = api.subscribe(watch, &json!({ "id": id })).await;
        assert_eq!(response.status(), 200);
        open.push(response);
    }
    let refused = api.subscribe(watch, &json!({ "id": id })).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    drop(open);
    until("a place is free", PATIENCE, || async {
        api.subscribe(watch, &json!({ "id": id })).await.status() == 200
    })
    .await;
}

#[test]
fn every_limit_of_the_sources_stands_in_the_documents() {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let operations = std::fs::read_to_string(top.join("docs/operations.md")).unwrap();
    let mut missing = Vec::new();
    for file in [
        "api/src/http/limits.rs",
        "domain/src/kernel/store/purpose.rs",
        "worker/src/queue.rs",
        "worker/src/run.rs",
    ] {
        let text = std::fs::read_to_string(top.join(file)).unwrap();
        let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("pub const "));
        let names = names.filter_map(|rest| rest.split(':').next());
        missing.extend(names.filter(|name| !operations.contains(&format!("`{name}`"))).map(str::to_owned));
    }
    assert!(missing.is_empty(), "name these in docs/operations.md, *Limits*: {missing:?}");
}
