//! What happens between a valid request and its answer.

use std::sync::atomic::Ordering;
use std::time::Duration;

use api::http::FrontConfig;
use serde_json::{Value, json};

use super::kit::{TestFront, code, eventually, outcome};

#[tokio::test]
async fn a_variable_that_was_not_sent_is_absent_and_null_is_null() {
    let front = TestFront::start().await;
    let echo = "query($n: String, $t: Int) { echo(note: $n, times: $t) }";
    let cases = [
        (echo, json!({}), "absent 3"),
        (echo, json!({ "n": null, "t": 1 }), "null 1"),
        (echo, json!({ "n": "x" }), "'x' 3"),
        ("query($n: String = \"d\") { echo(note: $n) }", json!({}), "'d' 3"),
        ("query($n: String = \"d\") { echo(note: $n) }", json!({ "n": null }), "null 3"),
        ("query($n: String) { ...F } fragment F on Query { echo(note: $n) }", json!({}), "absent 3"),
        ("query($n: String) { ... on Query { echo(note: $n) } }", json!({}), "absent 3"),
        ("query Q($n: String) { echo(note: $n) } query R { hello }", json!({ "n": "x" }), "'x' 3"),
        (
            "query Q($n: String) { ...F } query R($n: String!) { ...F } fragment F on Query { echo(note: $n) }",
            json!({}),
            "absent 3",
        ),
    ];
    for (query, variables, expected) in cases {
        let mut body = json!({ "query": query, "variables": variables });
        if query.starts_with("query Q") {
            body["operationName"] = json!("Q");
        }
        let answer: Value = front.post(&body).send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["data"]["echo"], expected, "{query} {variables} {answer}");
    }
    let input = "query($n: String, $t: Int) { echoInput(input: { note: $n, times: $t }) }";
    let cases =
        [(json!({}), "absent 7"), (json!({ "n": null, "t": 2 }), "null 2"), (json!({ "t": 2 }), "absent 2")];
    for (variables, expected) in cases {
        assert_eq!(front.ask_with(input, variables).await["data"]["echoInput"], expected);
    }
    let whole = "query($i: Note!) { echoInput(input: $i) }";
    assert_eq!(front.ask_with(whole, json!({ "i": {} })).await["data"]["echoInput"], "absent 7");
    assert_eq!(front.ask_with(whole, json!({ "i": { "note": null } })).await["data"]["echoInput"], "null 7");
}

#[tokio::test]
async fn one_of_inputs_and_the_full_introspection_work() {
    let front = TestFront::start().await;
    assert_eq!(front.ask("{ choose(choice: { number: 4 }) }").await["data"]["choose"], "4");
    let introspection = include_str!("../clients/introspection.graphql");
    let answer = front.ask(introspection).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    let types = answer["data"]["__schema"]["types"].as_array().unwrap();
    let choice = types.iter().find(|t| t["name"] == "Choice").unwrap();
    assert_eq!(choice["isOneOf"], true);
}

#[tokio::test]
async fn a_failing_field_is_null_and_null_climbs_no_further_than_it_must() {
    let front = TestFront::start().await;
    let cases = [
        (
            "{ row { name fragile } }",
            json!({ "row": { "name": "row", "fragile": null } }),
            json!(["row", "fragile"]),
        ),
        (
            "{ maybeRow { name broken } hello }",
            json!({ "maybeRow": null, "hello": "world" }),
            json!(["maybeRow", "broken"]),
        ),
        (
            "{ maybeRow { child { broken } } hello }",
            json!({ "maybeRow": null, "hello": "world" }),
            json!(["maybeRow", "child", "broken"]),
        ),
        ("{ row { broken } hello }", Value::Null, json!(["row", "broken"])),
        (
            "{ rowList { broken } hello }",
            json!({ "rowList": [null, null, null], "hello": "world" }),
            json!(["rowList", 0, "broken"]),
        ),
    ];
    for (query, data, path) in cases {
        let response =
            front.post(&json!({ "query": query })).header("accept", "application/graphql-response+json");
        let response = response.send().await.unwrap();
        assert_eq!(response.status(), 200, "{query}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer.get("data"), Some(&data), "{query} {answer}");
        assert_eq!(answer["errors"][0]["path"], path, "{query} {answer}");
    }
}

#[tokio::test]
async fn the_inside_of_the_house_stays_inside() {
    let front = TestFront::start().await;
    for query in ["{ row { fragile } }", "{ maybeRow { broken } }", "{ failsUnexpectedly }"] {
        let response =
            front.post(&json!({ "query": query })).header("x-request-id", "r-1").send().await.unwrap();
        let text = response.text().await.unwrap();
        assert!(!text.contains("SELECT") && !text.contains("table") && !text.contains("/var"), "{text}");
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(code(&answer), "INTERNAL");
        assert_eq!(answer["errors"][0]["extensions"]["requestId"], "r-1");
    }
    let answer = front.ask("{ forbidden }").await;
    assert_eq!(answer["errors"][0]["message"], "Not yours.");
    assert_eq!(code(&answer), "FORBIDDEN");
    assert_eq!(answer["errors"][0]["extensions"]["retryable"], false);
    assert!(answer["errors"][0]["extensions"]["cbcCode"].is_string());
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_server_goes_on() {
    let front = TestFront::start().await;
    let response =
        front.post(&json!({ "query": "{ panics }" })).header("x-request-id", "p-1").send().await.unwrap();
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["x-request-id"], "p-1");
    let answer: Value = response.json().await.unwrap();
    assert_eq!((code(&answer), &answer["errors"][0]["extensions"]["requestId"]), ("INTERNAL", &json!("p-1")));
    let outside = front.client.get(front.url("/panics")).send().await.unwrap();
    assert_eq!(outcome(outside).await, (500, "INTERNAL".to_owned(), false));
    assert_eq!(front.ask("{ hello }").await["data"]["hello"], "world");
}

#[tokio::test]
async fn an_operation_has_a_time_limit() {
    let config = FrontConfig { operation_timeout: Duration::from_millis(50), ..FrontConfig::development() };
    let front = TestFront::with(config).await;
    let response = front.post(&json!({ "query": "{ slow }" })).send().await.unwrap();
    assert_eq!(outcome(response).await, (504, "TIMEOUT".to_owned(), false));
    assert_eq!(front.ask("{ slow(ms: 0) }").await["data"]["slow"], "done");
}

#[tokio::test]
async fn past_the_operations_at_work_one_is_told_to_come_back() {
    let front = TestFront::with(FrontConfig { in_flight: 2, ..FrontConfig::development() }).await;
    let slow = [(); 2].map(|()| tokio::spawn(front.post(&json!({ "query": "{ slow }" })).send()));
    eventually("both run", || front.counters.slow.load(Ordering::SeqCst) == 2).await;
    let refused = front.post(&json!({ "query": "{ hello }" })).send().await.unwrap();
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(outcome(refused).await, (503, "UNAVAILABLE".to_owned(), false));
    slow.into_iter().for_each(|task| task.abort());
    let places_came_back = async {
        while front.ask("{ hello }").await.get("data").is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), places_came_back).await.unwrap();
}

#[tokio::test]
async fn a_stop_lets_running_requests_finish_and_takes_no_new_ones() {
    let mut front = TestFront::start().await;
    let running = tokio::spawn(front.post(&json!({ "query": "{ slow(ms: 300) }" })).send());
    eventually("it runs", || front.counters.slow.load(Ordering::SeqCst) == 1).await;
    front.stop.cancel();
    let answer: Value = running.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(answer["data"]["slow"], "done");
    (&mut front.server).await.unwrap().unwrap();
    assert!(tokio::net::TcpStream::connect(front.address).await.is_err());
}
