//! Server-sent events.

use std::sync::atomic::Ordering;

use api::http::limits::STREAMS_PER_ACCOUNT_MAX;
use futures_util::StreamExt;
use serde_json::{Value, json};

use super::kit::{TestFront, eventually, outcome};

/// The events of a finished stream: (event, data).
fn events(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|b| b.starts_with("event: "));
    blocks
        .map(|block| {
            let (event, data) = block.split_once("\ndata: ").unwrap();
            let data = if data.is_empty() { Value::Null } else { serde_json::from_str(data).unwrap() };
            (event.trim_start_matches("event: ").to_owned(), data)
        })
        .collect()
}

async fn stream(front: &TestFront, query: &str) -> Vec<(String, Value)> {
    let request = front.post(&json!({ "query": query })).header("accept", "text/event-stream");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
    assert_eq!(response.headers()["cache-control"], "no-cache");
    events(&response.text().await.unwrap())
}

#[tokio::test]
async fn each_event_of_a_subscription_is_sent_and_then_the_end() {
    let front = TestFront::start().await;
    let events = stream(&front, "subscription { count(to: 3) }").await;
    let names: Vec<&str> = events.iter().map(|(event, _)| event.as_str()).collect();
    assert_eq!(names, ["next", "next", "next", "complete"]);
    assert_eq!(events[2].1["data"]["count"], 3);
}

#[tokio::test]
async fn an_account_has_so_many_subscriptions_and_one_more_is_too_many() {
    let front = TestFront::start().await;
    let subscribe = || {
        let request = front.post(&json!({ "query": "subscription { silence }" }));
        request.header("accept", "text/event-stream").send()
    };
    let mut open = Vec::new();
    for _ in 0..STREAMS_PER_ACCOUNT_MAX {
        let response = subscribe().await.unwrap();
        assert_eq!(response.status(), 200);
        open.push(response);
    }
    let response = subscribe().await.unwrap();
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(outcome(response).await, (429, "RATE_LIMITED".to_owned(), false));
    let other = front.bare_post().bearer_auth(super::kit::token_for("li", 60));
    let other = other.json(&json!({ "query": "subscription { count(to: 1) }" }));
    assert_eq!(other.header("accept", "text/event-stream").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn apollos_multipart_protocol_carries_subscriptions_and_json_the_rest() {
    let front = TestFront::start().await;
    let accept = "multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0,application/json";
    let send = async |query: &str| {
        let mut request = front.post(&json!({ "query": query })).header("accept", accept);
        if query.starts_with("subscription") {
            // A compressor would hold the first part back until there are more.
            request = request.header("accept-encoding", "gzip");
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{query}");
        assert!(response.headers().get("content-encoding").is_none(), "{query}");
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, response.text().await.unwrap())
    };
    let (kind, body) = send("subscription { count(to: 2) }").await;
    assert_eq!(kind, "multipart/mixed; boundary=graphql; subscriptionSpec=1.0");
    let mut parts: Vec<&str> = body.split("\r\n--graphql").collect();
    assert_eq!((parts.remove(0), parts.pop()), ("", Some("--\r\n")));
    let payloads: Vec<Value> = parts
        .iter()
        .map(|part| serde_json::from_str(part.split_once("\r\n\r\n").unwrap().1).unwrap())
        .collect();
    assert_eq!(payloads.len(), 2);
    assert_eq!(payloads[1]["payload"]["data"]["count"], 2);
    let (_, body) = send("subscription { refuses }").await;
    assert!(body.contains("INTERNAL") && !body.contains("secret"), "{body}");
    let (kind, body) = send("{ nothing }").await;
    assert!(
        kind.starts_with("application/json") && body.contains("GRAPHQL_VALIDATION_FAILED"),
        "{kind} {body}"
    );
}

#[tokio::test]
async fn queries_mutations_and_errors_are_streams_of_one() {
    let front = TestFront::start().await;
    let cases = [
        ("{ hello }", "/data/hello", "world"),
        ("mutation { rename(name: \"x\") }", "/data/rename", "x"),
        ("{ nothing }", "/errors/0/extensions/code", "GRAPHQL_VALIDATION_FAILED"),
        ("{ panics }", "/errors/0/extensions/code", "INTERNAL"),
        ("subscription { refuses }", "/errors/0/extensions/code", "INTERNAL"),
    ];
    for (query, pointer, expected) in cases {
        let events = stream(&front, query).await;
        assert_eq!(events.len(), 2, "{query} {events:?}");
        assert_eq!(events[0].1.pointer(pointer), Some(&json!(expected)), "{query} {events:?}");
        assert!(!format!("{events:?}").contains("secret"));
    }
}

#[tokio::test]
async fn a_panic_in_a_subscription_ends_it_with_an_error() {
    let front = TestFront::start().await;
    let events = stream(&front, "subscription { panicsLater }").await;
    assert_eq!(events[0].1["data"]["panicsLater"], 1);
    assert_eq!(events[1].1["errors"][0]["extensions"]["code"], "INTERNAL");
    assert_eq!(events[2].0, "complete");
}

#[tokio::test]
async fn a_subscription_without_a_stream_and_a_stream_without_a_token_are_refused() {
    let front = TestFront::start().await;
    let plain = front.post(&json!({ "query": "subscription { count(to: 1) }" })).send().await.unwrap();
    assert_eq!(outcome(plain).await, (400, "BAD_REQUEST".to_owned(), false));
    let request = front.bare_post().json(&json!({ "query": "subscription { count(to: 1) }" }));
    let response = request.header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(outcome(response).await, (401, "UNAUTHENTICATED".to_owned(), false));
}

#[tokio::test]
async fn a_client_that_leaves_ends_its_subscription_and_a_stop_ends_the_others() {
    let front = TestFront::start().await;
    let open = || front.counters.open.load(Ordering::SeqCst);
    let subscribe = async || {
        let request =
            front.post(&json!({ "query": "subscription { silence }" })).header("accept", "text/event-stream");
        let mut body = request.send().await.unwrap().bytes_stream();
        let mut seen = String::new();
        while !seen.contains("mei") {
            seen += std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap();
        }
        body
    };
    let leaving = subscribe().await;
    let mut staying = subscribe().await;
    assert_eq!(open(), 2);
    drop(leaving);
    eventually("the server notices", || open() == 1).await;
    front.stop.cancel();
    let mut rest = String::new();
    while let Some(Ok(bytes)) = staying.next().await {
        rest += std::str::from_utf8(&bytes).unwrap();
    }
    let events = events(&rest);
    assert_eq!(events[0].1["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    assert_eq!(events[1].0, "complete");
    assert_eq!(open(), 0);
}

#[tokio::test]
async fn operations_share_one_stream_that_its_owner_reserved() {
    let front = TestFront::start().await;
    let url = front.url("/graphql/stream");
    let reserve = front.client.put(&url).bearer_auth(super::kit::token()).send().await.unwrap();
    assert_eq!(reserve.status(), 201);
    let token = reserve.text().await.unwrap();
    let operate = |id: &str, query: &str, who: &str| {
        let body = json!({ "query": query, "extensions": { "operationId": id } });
        let request = front.client.post(&url).header("x-graphql-event-stream-token", &token).json(&body);
        request.bearer_auth(super::kit::token_for(who, 60)).send()
    };
    let stream = front.client.get(format!("{url}?token={token}")).header("accept", "text/event-stream");
    let stream = stream.send().await.unwrap();
    assert_eq!(
        (stream.status().as_u16(), &stream.headers()["cache-control"]),
        (200, &"no-cache".parse().unwrap())
    );
    let again = front.client.get(format!("{url}?token={token}")).send().await.unwrap();
    assert_eq!(outcome(again).await, (400, "BAD_REQUEST".to_owned(), false), "one reader a stream");

    assert_eq!(operate("a", "subscription { count(to: 2) }", "mei").await.unwrap().status(), 202);
    let mut chunks = stream.bytes_stream();
    let mut seen = String::new();
    while !seen.contains("event: complete") {
        seen.push_str(&String::from_utf8_lossy(&chunks.next().await.unwrap().unwrap()));
    }
    let told: Vec<Value> = events(&seen).into_iter().map(|(_, data)| data).collect();
    assert_eq!((&told[0]["id"], &told[0]["payload"]["data"]["count"]), (&json!("a"), &json!(1)));
    assert_eq!(told[2], json!({ "id": "a" }));

    assert_eq!(operate("b", "subscription { silence }", "mei").await.unwrap().status(), 202);
    eventually("it runs", || front.counters.open.load(Ordering::SeqCst) == 1).await;
    assert_eq!(operate("b", "{ hello }", "mei").await.unwrap().status(), 400, "an id of its own");
    assert_eq!(operate("c", "{ hello }", "li").await.unwrap().status(), 403, "somebody else's stream");
    let end =
        front.client.delete(format!("{url}?operationId=b")).header("x-graphql-event-stream-token", &token);
    assert_eq!(end.send().await.unwrap().status(), 200);
    eventually("it ended", || front.counters.open.load(Ordering::SeqCst) == 0).await;

    assert_eq!(operate("d", "subscription { silence }", "mei").await.unwrap().status(), 202);
    eventually("it runs", || front.counters.open.load(Ordering::SeqCst) == 1).await;
    drop(chunks);
    eventually("it ended with its stream", || front.counters.open.load(Ordering::SeqCst) == 0).await;
    assert_eq!(operate("e", "{ hello }", "mei").await.unwrap().status(), 400, "the stream is gone");
    assert_eq!(front.client.put(&url).bearer_auth("x.y.z").send().await.unwrap().status(), 401);
}
