//! The rules of GraphQL over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use super::kit::{TestFront, code, outcome, token};

const GRAPHQL_JSON: &str = "application/graphql-response+json";

#[tokio::test]
async fn a_query_is_answered_in_the_media_type_asked_for() {
    let front = TestFront::start().await;
    let cases = [
        (None, "application/json; charset=utf-8"),
        (Some("*/*"), "application/json; charset=utf-8"),
        (Some("application/json"), "application/json; charset=utf-8"),
        (Some(GRAPHQL_JSON), "application/graphql-response+json; charset=utf-8"),
        (
            Some("application/json;q=0.5, application/graphql-response+json"),
            "application/graphql-response+json; charset=utf-8",
        ),
    ];
    for (accept, expected) in cases {
        let mut request = front.post(&json!({ "query": "{ hello }" }));
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], expected, "{accept:?}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let vary: Vec<_> = response.headers().get_all("vary").iter().map(|v| v.to_str().unwrap()).collect();
        assert!(vary.join(",").contains("accept"), "{vary:?}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["data"], json!({ "hello": "world" }));
    }
}

#[tokio::test]
async fn what_no_side_speaks_is_not_acceptable() {
    let front = TestFront::start().await;
    let response =
        front.post(&json!({ "query": "{ hello }" })).header("accept", "text/html").send().await.unwrap();
    assert_eq!(outcome(response).await, (406, "NOT_ACCEPTABLE".to_owned(), false));
}

#[tokio::test]
async fn a_post_must_be_one_json_object_in_utf8() {
    let front = TestFront::start().await;
    let good = r#"{"query":"{ hello }"}"#;
    let cases = [
        (Some("application/json"), good, 200),
        (Some("application/json; charset=UTF-8"), good, 200),
        (Some("application/json; charset=latin1"), good, 415),
        (Some("text/plain"), good, 415),
        (Some("application/x-www-form-urlencoded"), "query={hello}", 415),
        (Some("multipart/form-data; boundary=x"), good, 415),
        (Some("application/graphql"), "{ hello }", 415),
        (None, good, 415),
        (Some("application/json"), "", 400),
        (Some("application/json"), "{", 400),
        (Some("application/json"), "[{\"query\":\"{ hello }\"}]", 400),
        (Some("application/json"), "{}", 400),
        (Some("application/json"), r#"{"query":1}"#, 400),
        (Some("application/json"), r#"{"query":"{ hello }","operationName":1}"#, 400),
        (Some("application/json"), r#"{"query":"{ hello }","variables":[]}"#, 400),
        (Some("application/json"), r#"{"query":"{ hello }","extensions":"x"}"#, 400),
    ];
    for (kind, body, status) in cases {
        let mut request = front.bare_post().bearer_auth(token()).body(body);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{kind:?} {body}");
    }
}

#[tokio::test]
async fn errors_of_the_document_are_400_for_new_clients_and_200_for_old_ones_without_data() {
    let front = TestFront::start().await;
    let bodies = [
        (json!({ "query": "{ hello" }), "GRAPHQL_PARSE_FAILED"),
        (json!({ "query": "{ nothing }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "query A { hello }", "operationName": "B" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "query A { hello } query B { hello }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "query A($n: Int!) { rows(first: $n) { nodes { name } } }" }), "BAD_USER_INPUT"),
        (
            json!({ "query": "query A($n: Int!) { rows(first: $n) { nodes { name } } }", "variables": { "n": "x" } }),
            "BAD_USER_INPUT",
        ),
    ];
    for (body, code) in bodies {
        let new = front.post(&body).header("accept", GRAPHQL_JSON).send().await.unwrap();
        assert_eq!(outcome(new).await, (400, code.to_owned(), false), "{body}");
        let old = front.post(&body).header("accept", "application/json").send().await.unwrap();
        assert_eq!(outcome(old).await, (200, code.to_owned(), false), "{body}");
    }
}

#[tokio::test]
async fn a_validation_error_says_where_it_is() {
    let front = TestFront::start().await;
    let answer = front.ask("{\n  hello\n  nothing\n}").await;
    assert_eq!(answer["errors"][0]["locations"][0], json!({ "line": 3, "column": 3 }));
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("nothing"), "{answer}");
}

#[tokio::test]
async fn a_get_runs_queries_only() {
    let front = TestFront::start().await;
    let ok = front.get("{ hello }").send().await.unwrap();
    assert_eq!(outcome(ok).await, (200, String::new(), true));
    for document in ["mutation { rename(name: \"x\") }", "mutation M { rename(name: \"x\") }"] {
        let refused = front.get(document).send().await.unwrap();
        assert_eq!(refused.headers()["allow"], "POST");
        assert_eq!(outcome(refused).await, (405, "METHOD_NOT_ALLOWED".to_owned(), false));
    }
    let both = "query Q { hello } mutation M { rename(name: \"x\") }";
    let query =
        front.bare_get(&[("query", both), ("operationName", "Q")]).bearer_auth(token()).send().await.unwrap();
    assert_eq!(query.status(), 200);
    let mutation =
        front.bare_get(&[("query", both), ("operationName", "M")]).bearer_auth(token()).send().await.unwrap();
    assert_eq!(mutation.status(), 405);
    assert_eq!(front.counters.renamed.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_get_that_another_site_could_send_is_refused() {
    let front = TestFront::start().await;
    let headers: [(&[(&str, &str)], u16); 10] = [
        (&[], 400),
        (&[("sec-fetch-mode", "no-cors"), ("sec-fetch-site", "cross-site")], 400),
        (&[("sec-fetch-mode", "cors"), ("sec-fetch-site", "cross-site")], 400),
        (&[("sec-fetch-mode", "cors")], 200),
        (&[("sec-fetch-mode", "cors"), ("sec-fetch-site", "same-origin")], 200),
        (&[("graphql-require-preflight", "1")], 200),
        (&[("apollo-require-preflight", "1")], 200),
        (&[("content-type", "application/json")], 200),
        (
            &[
                ("sec-fetch-mode", "cors"),
                ("sec-fetch-site", "cross-site"),
                ("graphql-require-preflight", "1"),
            ],
            200,
        ),
        (&[("sec-fetch-mode", "navigate")], 400),
    ];
    for (headers, status) in headers {
        // Introspection needs no token in development: the token would be such a header itself.
        let mut request = front.bare_get(&[("query", "{ __schema { queryType { name } } }")]);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(request.send().await.unwrap().status(), status, "{headers:?}");
    }
}

#[tokio::test]
async fn only_listed_origins_may_call_from_a_page() {
    let mut config = api::http::FrontConfig::development();
    config.allowed_origins = vec!["https://app.example.com".to_owned()];
    let front = TestFront::with(config).await;
    for (origin, allowed) in
        [("https://app.example.com", true), ("https://evil.example.com", false), ("null", false)]
    {
        let preflight = front
            .client
            .request(Method::OPTIONS, front.url("/graphql"))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
            .send()
            .await
            .unwrap();
        let header = preflight.headers().get("access-control-allow-origin");
        assert_eq!(header.is_some(), allowed, "{origin}");
        assert!(preflight.headers().get("access-control-allow-credentials").is_none());
    }
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    let front = TestFront::start().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let response = front.client.request(method, front.url("/graphql")).send().await.unwrap();
        assert_eq!(response.status(), 405);
    }
}

#[tokio::test]
async fn the_request_id_comes_back_and_reaches_the_resolvers() {
    let front = TestFront::start().await;
    let response =
        front.post(&json!({ "query": "{ request }" })).header("x-request-id", "abc-1").send().await.unwrap();
    assert_eq!(response.headers()["x-request-id"], "abc-1");
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["data"]["request"], "abc-1");
    let refused = front.post(&json!({ "query": "{ nothing }" })).header("x-request-id", "abc-2").send();
    let answer: Value = refused.await.unwrap().json().await.unwrap();
    assert_eq!(answer["errors"][0]["extensions"]["requestId"], "abc-2", "a refused request can be found too");
    let response =
        front.post(&json!({ "query": "{ request }" })).header("x-request-id", "a b").send().await.unwrap();
    let fresh = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["data"]["request"], fresh);
}

#[tokio::test]
async fn messages_and_resolvers_speak_the_language_asked_for() {
    let front = TestFront::start().await;
    let response = front
        .post(&json!({ "query": "{ lang }" }))
        .header("accept-language", "zh-CN,en;q=0.5")
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["content-language"], "zh-CN");
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["data"]["lang"], "zh-CN");
    let refused = front
        .bare_post()
        .header("accept-language", "zh")
        .json(&json!({ "query": "{ hello }" }))
        .send()
        .await
        .unwrap();
    let answer: Value = refused.json().await.unwrap();
    assert_eq!(code(&answer), "UNAUTHENTICATED");
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("登录"), "{answer}");
}

#[tokio::test]
async fn long_answers_are_compressed_for_clients_that_can_read_it() {
    let front = TestFront::start().await;
    for encoding in ["br", "gzip"] {
        let request = front.post(&json!({ "query": "{ rows(first: 100) { nodes { name } } }" }));
        let response = request.header("accept-encoding", encoding).send().await.unwrap();
        assert_eq!(response.headers()["content-encoding"], encoding);
    }
}
