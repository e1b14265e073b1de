//! What orchestrators, monitors and browsers see beside GraphQL.

use api::http::{FrontConfig, ReadyReport};
use serde_json::Value;

use super::kit::TestFront;

#[tokio::test]
async fn readiness_names_what_is_missing_and_tells_no_secrets() {
    let ready = TestFront::start().await;
    let response = ready.client.get(ready.url("/readyz")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let checks = vec![("database", Ok(())), ("migrations", Err("postgres://user:secret@db".to_owned()))];
    let report = ReadyReport { checks, jobs: Vec::new() };
    let unready = TestFront::with_checks(FrontConfig::development(), report).await;
    let response = unready.client.get(unready.url("/readyz")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let text = response.text().await.unwrap();
    assert!(!text.contains("secret"));
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["checks"]["database"], "ok");
    assert_eq!(answer["checks"]["migrations"], "failed");
    let alive = unready.client.get(unready.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), 200);
}

#[tokio::test]
async fn a_job_in_trouble_is_shown_and_the_process_stays_ready() {
    let report = ReadyReport { checks: vec![("database", Ok(()))], jobs: vec![("payouts", "FAILING")] };
    let front = TestFront::with_checks(FrontConfig::development(), report).await;
    let response = front.client.get(front.url("/readyz")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    assert_eq!((&answer["status"], &answer["jobs"]["payouts"]), (&"ready".into(), &"FAILING".into()));
}

#[tokio::test]
async fn metrics_are_prometheus_text() {
    let front = TestFront::start().await;
    let response = front.client.get(front.url("/metrics")).send().await.unwrap();
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(response.text().await.unwrap(), "up 1\n");
}

#[tokio::test]
async fn the_explorer_comes_from_the_binary_and_loads_nothing_else() {
    let front = TestFront::start().await;
    let response = front.client.get(front.url("/")).send().await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
    let page = response.text().await.unwrap();
    assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
    let files = page.split('"').filter(|part| part.starts_with("graphiql/"));
    let mut count = 0;
    for file in files {
        let response = front.client.get(front.url(&format!("/{file}"))).send().await.unwrap();
        assert_eq!(response.status(), 200, "{file}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(!response.bytes().await.unwrap().is_empty(), "{file}");
        count += 1;
    }
    assert_eq!(count, 6);
    let other = front.client.get(front.url("/graphiql/..%2fREADME.md")).send().await.unwrap();
    assert_eq!(other.status(), 404);
}
