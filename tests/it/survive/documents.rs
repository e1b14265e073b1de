//! Trusted documents of a serving process: a client's release brings its manifest, and nobody restarts anything.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tests::wait::until;

use super::api::Api;
use super::*;

fn hash(document: &str) -> String {
    Sha256::digest(document.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manifest_that_changed_is_trusted_without_a_restart_and_its_documents_are_measured() {
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let place = Place::of(&db).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let (old, new) = ("query Old { partners { totalCount } }", "query New { customers { totalCount } }");
    let relay = directory.path().join("web.json");
    std::fs::write(&relay, json!({ hash(old): old }).to_string()).unwrap();
    let manifests = format!("file://{}/", directory.path().display());
    let api = Api::serve(&place, &["--no-worker", "--document-manifests", &manifests]);
    let ask = async |document: &'static str| -> Value {
        serde_json::from_str(&api.response(document, &json!({})).await.text().await.unwrap()).unwrap()
    };
    assert_eq!(ask(old).await["data"]["partners"]["totalCount"], 0);
    assert_eq!(ask(new).await["errors"][0]["extensions"]["code"], "QUERY_NOT_IN_SAFELIST");

    let operation = json!({ "id": hash(new), "name": "New", "type": "query", "body": new });
    let apollo =
        json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation] });
    std::fs::write(directory.path().join("app.json"), apollo.to_string()).unwrap();
    until("the new manifest is trusted", PATIENCE, || async { ask(new).await.get("data").is_some() }).await;
    assert_eq!(ask(old).await["data"]["partners"]["totalCount"], 0, "both clients' documents run");

    std::fs::write(&relay, "{}").unwrap();
    until("what left the manifests is not trusted", PATIENCE, || async {
        ask(old).await.get("errors").is_some()
    })
    .await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let metrics = client.get(api.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let counted = |document: &str, operation: &str| {
        let name = format!("document=\"{}\",operation=\"{operation}\"", &hash(document)[..16]);
        metrics
            .lines()
            .any(|line| line.starts_with("graphql_document_operations_total") && line.contains(&name))
    };
    assert!(counted(old, "Old") && counted(new, "New"), "{metrics}");
}
