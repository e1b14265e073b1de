//! Documents by their hash.

use api::http::{AllowList, FrontConfig, PersistedMode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::kit::{TestFront, code};

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

fn extensions(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn send(front: &TestFront, body: Value) -> Value {
    front.post(&body).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_document_sent_once_with_its_hash_is_known_by_it() {
    let front = TestFront::start().await;
    let text = "{ hello }";
    let by_hash = json!({ "extensions": extensions(&hash(text)) });
    let unknown = send(&front, by_hash.clone()).await;
    assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(unknown["errors"][0]["message"], "PersistedQueryNotFound");
    let lie = send(&front, json!({ "query": text, "extensions": extensions(&hash("{ who }")) })).await;
    assert_eq!(code(&lie), "BAD_REQUEST");
    let told = send(&front, json!({ "query": text, "extensions": extensions(&hash(text)) })).await;
    assert_eq!(told["data"]["hello"], "world");
    assert_eq!(send(&front, by_hash).await["data"]["hello"], "world");
    let malformed =
        send(&front, json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": "x" } } }))
            .await;
    assert_eq!(code(&malformed), "BAD_REQUEST");
}

#[tokio::test]
async fn a_mutation_by_hash_does_not_slip_through_a_get() {
    let front = TestFront::start().await;
    let text = "mutation { rename(name: \"x\") }";
    let told = send(&front, json!({ "query": text, "extensions": extensions(&hash(text)) })).await;
    assert_eq!(told["data"]["rename"], "x");
    let get = front.bare_get(&[("extensions", &extensions(&hash(text)).to_string())]);
    let response = get.bearer_auth(super::kit::token()).send().await.unwrap();
    assert_eq!(response.status(), 405);
}

#[tokio::test]
async fn with_an_allow_list_nothing_else_runs() {
    let persisted = PersistedMode::AllowList(AllowList::new(["{ hello }"]));
    let front = TestFront::with(FrontConfig { persisted, ..FrontConfig::production() }).await;
    assert_eq!(front.ask("{ hello }").await["data"]["hello"], "world");
    let known = send(&front, json!({ "extensions": extensions(&hash("{ hello }").to_uppercase()) })).await;
    assert_eq!(known["data"]["hello"], "world");
    assert_eq!(code(&front.ask("{ who }").await), "QUERY_NOT_IN_SAFELIST");
    let unknown = send(&front, json!({ "extensions": extensions(&hash("{ who }")) })).await;
    assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(front.ask("{ __typename }").await["data"], json!({ "__typename": "Query" }), "it is there");
    for (name, id) in [("documentId", format!("sha256:{}", hash("{ hello }"))), ("doc_id", hash("{ hello }"))]
    {
        assert_eq!(send(&front, json!({ name: id })).await["data"]["hello"], "world", "{name}");
        let get = front.bare_get(&[(name, &id)]).bearer_auth(super::kit::token()).send().await.unwrap();
        assert_eq!(get.status(), 200, "{name}");
        let other = hash("{ who }");
        assert_eq!(code(&send(&front, json!({ name: other })).await), "PERSISTED_QUERY_NOT_FOUND", "{name}");
    }
}

#[tokio::test]
async fn an_allow_list_is_replaced_while_it_is_in_use() {
    let list = AllowList::new(["{ hello }"]);
    let persisted = PersistedMode::AllowList(list.clone());
    let front = TestFront::with(FrontConfig { persisted, ..FrontConfig::production() }).await;
    assert_eq!(code(&front.ask("{ who }").await), "QUERY_NOT_IN_SAFELIST");
    assert_eq!(list.replace(["{ who }", "{ lang }"]), 2);
    assert_eq!(front.ask("{ who }").await["data"]["who"], "mei");
    assert_eq!(code(&front.ask("{ hello }").await), "QUERY_NOT_IN_SAFELIST");
}

#[tokio::test]
async fn a_list_beside_automatic_documents_only_knows_more() {
    let persisted = PersistedMode::AutomaticWith(AllowList::new(["{ hello }"]));
    let front = TestFront::with(FrontConfig { persisted, ..FrontConfig::production() }).await;
    let known = send(&front, json!({ "extensions": extensions(&hash("{ hello }")) })).await;
    assert_eq!(known["data"]["hello"], "world");
    assert_eq!(front.ask("{ who }").await["data"]["who"], "mei");
    let unknown = send(&front, json!({ "extensions": extensions(&hash("{ who }")) })).await;
    assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
    let told = send(&front, json!({ "query": "{ who }", "extensions": extensions(&hash("{ who }")) })).await;
    assert_eq!(told["data"]["who"], "mei");
    let known = send(&front, json!({ "extensions": extensions(&hash("{ who }")) })).await;
    assert_eq!(known["data"]["who"], "mei");
}

#[tokio::test]
async fn production_without_a_list_keeps_no_documents() {
    let front = TestFront::with(FrontConfig::production()).await;
    let answer = send(&front, json!({ "extensions": extensions(&hash("{ hello }")) })).await;
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_SUPPORTED");
}
