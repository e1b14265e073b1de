//! Each limit at the limit and one past it.

use api::http::limits::{
    ALIASES_MAX, BAD_TOKEN_COST, BODY_MAX, COST_MAX, DEPTH_MAX, DOCUMENT_MAX, ERRORS_MAX, FIELDS_MAX,
    HEADERS_MAX, REFUSED_DOCUMENT_COST, ROOT_FIELDS_MAX, URL_QUERY_MAX,
};
use api::http::{Budget, BudgetConfig, FrontConfig};
use serde_json::{Value, json};

use super::kit::{TestFront, code, outcome, token, token_for};

#[tokio::test]
async fn a_body_has_a_largest_size_announced_or_not() {
    let front = TestFront::start().await;
    let body = |size: usize| {
        let frame = r#"{"query":"{ hello }","x":""}"#;
        frame.replace("\"x\":\"\"", &format!("\"x\":\"{}\"", "y".repeat(size - frame.len())))
    };
    for (size, status) in [(BODY_MAX, 200), (BODY_MAX + 1, 413)] {
        let announced = front.bare_post().bearer_auth(token()).header("content-type", "application/json");
        assert_eq!(announced.body(body(size)).send().await.unwrap().status(), status, "{size}");
        let chunks = futures_util::stream::iter([Ok::<_, std::io::Error>(body(size))]);
        let chunked = front.bare_post().bearer_auth(token()).header("content-type", "application/json");
        let response = chunked.body(reqwest::Body::wrap_stream(chunks)).send().await.unwrap();
        assert_eq!(response.status(), status, "{size} in chunks");
    }
}

#[tokio::test]
async fn a_query_string_has_a_longest_length() {
    let front = TestFront::start().await;
    for (length, status) in [(URL_QUERY_MAX, 200), (URL_QUERY_MAX + 1, 414)] {
        let query = "query=%7Bhello%7D&x=";
        let url = format!("{}?{query}{}", front.url("/graphql"), "y".repeat(length - query.len()));
        assert_eq!(front.client.get(url).bearer_auth(token()).send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn headers_have_a_largest_size() {
    let front = TestFront::start().await;
    let request = |size: usize| {
        let fixed = "host: x\r\nconnection: close\r\n";
        let rest = size - fixed.len() - "x: \r\n".len();
        format!("GET /healthz HTTP/1.1\r\n{fixed}x: {}\r\n\r\n", "y".repeat(rest))
    };
    for (size, status) in [(HEADERS_MAX, "200"), (HEADERS_MAX + 1, "431"), (4 * HEADERS_MAX, "431")] {
        let answer = front.raw(request(size).as_bytes()).await;
        // Far past the limit the connection may break before the answer is read.
        let broke = size > 2 * HEADERS_MAX && answer.is_empty();
        assert!(broke || answer.starts_with(&format!("HTTP/1.1 {status}")), "{size}: {answer:.80}");
    }
}

#[tokio::test]
async fn a_client_that_sends_its_headers_too_slowly_is_dropped() {
    let front = TestFront::start().await;
    let mut stream = tokio::net::TcpStream::connect(front.address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, b"GET /healthz HTTP/1.1\r\n").await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut answer);
    let patience = api::http::limits::HEADER_READ_TIMEOUT + std::time::Duration::from_secs(5);
    assert!(tokio::time::timeout(patience, read).await.is_ok(), "still open");
}

#[tokio::test]
async fn a_body_must_arrive_in_time() {
    let config =
        FrontConfig { body_timeout: std::time::Duration::from_millis(50), ..FrontConfig::development() };
    let front = TestFront::with(config).await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let answer = front.raw(format!("{head}content-length: 10\r\n\r\n{{").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn hostile_documents_are_refused_and_do_not_hurt() {
    let front = TestFront::start().await;
    let chain: String = (0..900).map(|i| format!("fragment F{i} on Query{{...F{}}}", i + 1)).collect();
    let fan: String = (0..30).map(|i| format!("fragment F{i} on Query{{...F{0} ...F{0}}}", i + 1)).collect();
    let hostile = [
        format!("{{ echo(note: {}{}) }}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{{ echo(note: {}1{}) }}", "{a:".repeat(5_000), "}".repeat(5_000)),
        format!("{}hello{}", "{".repeat(15_000), "}".repeat(15_000)),
        format!("{{ {}hello{} }}", "...{".repeat(5_000), "}".repeat(5_000)),
        format!("query($a: {}Int{}) {{ hello }}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{{ ...F0 }} {chain} fragment F900 on Query {{ hello }}"),
        format!("{{ ...F0 }} {fan} fragment F30 on Query {{ hello }}"),
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".to_owned(),
        "{ ...A } fragment A on Query { ...A ...A ...A }".to_owned(),
        "{ hello ".repeat(3_000),
        "\u{feff}{ hello }\0".to_owned(),
        "\"\"\"".to_owned(),
        "type Query { hello: String }".to_owned(),
    ];
    for document in hostile {
        let started = std::time::Instant::now();
        let answer = front.ask(&document).await;
        let refused = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"];
        assert!(refused.contains(&code(&answer)), "{document:.40} {answer}");
        assert!(started.elapsed().as_secs() < 2, "{document:.40}");
    }
    let deep = format!("{{\"query\":\"{{ hello }}\",\"variables\":{{\"a\":{}", "[".repeat(100_000));
    let response =
        front.bare_post().bearer_auth(token()).header("content-type", "application/json").body(deep);
    assert_eq!(response.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn documents_are_bounded_before_they_are_validated() {
    let front = TestFront::start().await;
    let long = |size: usize| format!("{{ hello }}{}", " ".repeat(size - "{ hello }".len()));
    let nested = |depth: u64| {
        let depth = depth as usize;
        format!("{{ row {}{}{} }}", "{ child ".repeat(depth - 2), "{ name }", " }".repeat(depth - 2))
    };
    type Document = Box<dyn Fn(u64) -> String>;
    let cases: [(&str, Document, u64); 5] = [
        ("bytes", Box::new(move |n| long(n as usize)), DOCUMENT_MAX as u64),
        ("depth", Box::new(nested), DEPTH_MAX),
        ("root fields", Box::new(|n| format!("{{ {} }}", "hello ".repeat(n as usize))), ROOT_FIELDS_MAX),
        ("fields", Box::new(|n| format!("{{ row {{ {} }} }}", "name ".repeat(n as usize - 1))), FIELDS_MAX),
        (
            "aliases",
            Box::new(|n| {
                let aliases: String = (0..n).map(|i| format!("a{i}: name ")).collect();
                format!("{{ row {{ {aliases} }} }}")
            }),
            ALIASES_MAX,
        ),
    ];
    for (name, document, max) in cases {
        assert!(front.ask(&document(max)).await.get("errors").is_none(), "{name} at the limit");
        assert_eq!(code(&front.ask(&document(max + 1)).await), "QUERY_TOO_COMPLEX", "{name} one past");
    }
}

#[tokio::test]
async fn the_cost_is_bounded_and_shown() {
    let front = TestFront::start().await;
    let answer = front.ask("{ rows(first: 5) { nodes { name } } }").await;
    assert_eq!(answer["extensions"]["cost"]["requested"], 6);
    assert_eq!(answer["extensions"]["cost"]["limit"], COST_MAX);
    // 1 + 49 × (1 + 1 + 100) = 4,999; the row beside it makes 5,000 and 5,001.
    let cost = |rows: &str| {
        format!("{{ rows(first: 49) {{ nodes {{ rows(first: 100) {{ nodes {{ name }} }} }} }} {rows} }}")
    };
    let at = front.ask(&cost("row { name }")).await;
    assert_eq!(at["extensions"]["cost"]["requested"], COST_MAX);
    let past = front.ask(&cost("row { name } maybeRow { name }")).await;
    assert_eq!(code(&past), "QUERY_TOO_COMPLEX");
    assert_eq!(past["errors"][0]["extensions"]["cost"], COST_MAX + 1);
    let by_variable = "query($n: Int) { rows(first: $n) { nodes { name } } }";
    assert_eq!(
        front.ask_with(by_variable, json!({ "n": 100 })).await["extensions"]["cost"]["requested"],
        101
    );
    assert_eq!(code(&front.ask_with(by_variable, json!({ "n": 101 })).await), "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn an_answer_has_at_most_ten_errors() {
    let front = TestFront::start().await;
    let failing = |n: usize| (0..n).map(|i| format!("a{i}: fragile ")).collect::<String>();
    for (n, errors) in [(ERRORS_MAX, ERRORS_MAX), (ERRORS_MAX + 1, ERRORS_MAX)] {
        let answer = front.ask(&format!("{{ row {{ {} }} }}", failing(n))).await;
        assert_eq!(answer["errors"].as_array().unwrap().len(), errors);
    }
    let unknown: String = (0..15).map(|i| format!("x{i} ")).collect();
    let answer = front.ask(&format!("{{ row {{ {unknown} }} }}")).await;
    assert_eq!(answer["errors"].as_array().unwrap().len(), ERRORS_MAX);
}

#[tokio::test]
async fn a_used_up_budget_is_429_with_the_time_to_wait() {
    let budget = Budget { capacity: COST_MAX, per_second: 1 };
    let large = Budget { capacity: 100 * COST_MAX, per_second: 1 };
    let budgets = BudgetConfig { account: budget, address: large };
    let front = TestFront::with(FrontConfig { budgets, ..FrontConfig::development() }).await;
    let cost_4999 = "{ rows(first: 49) { nodes { rows(first: 100) { nodes { name } } } } row { name } }";
    let answer = front.ask(cost_4999).await;
    assert_eq!(answer["extensions"]["cost"]["remaining"], 0);
    let unlimited = front.bare_post().bearer_auth(token_for("bo", 60)).json(&json!({ "query": "{ hello }" }));
    let headers = unlimited.send().await.unwrap().headers().clone();
    let told = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(told("ratelimit-policy"), format!("\"account\";q={COST_MAX};w={COST_MAX}"));
    assert_eq!(told("ratelimit"), format!("\"account\";r={};t=1", COST_MAX - 1));
    assert_eq!((told("ratelimit-limit"), told("ratelimit-reset")), (COST_MAX.to_string(), "1".to_owned()));
    assert_eq!(told("ratelimit-remaining"), (COST_MAX - 1).to_string());
    let refused =
        front.post(&json!({ "query": "{ rows(first: 5) { nodes { name } } }" })).send().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["ratelimit-remaining"].to_str().unwrap().len(), 1, "it is used up");
    let answer: Value = refused.json().await.unwrap();
    assert_eq!(code(&answer), "RATE_LIMITED");
    assert_eq!(answer["errors"][0]["extensions"]["cbcCode"], "CBC.0250");
    assert_eq!(answer["errors"][0]["extensions"]["retryable"], true);
    let other = front.bare_post().bearer_auth(token_for("li", 60)).json(&json!({ "query": "{ hello }" }));
    assert_eq!(other.send().await.unwrap().status(), 200, "another account");
}

#[tokio::test]
async fn documents_that_are_refused_are_not_free() {
    let slow = Budget { capacity: COST_MAX, per_second: 1 };
    let budgets = BudgetConfig { account: slow, address: slow };
    let front = TestFront::with(FrontConfig { budgets, ..FrontConfig::development() }).await;
    let left = async || front.ask("{ hello }").await["extensions"]["cost"]["remaining"].as_u64().unwrap();
    let before = left().await;
    for _ in 0..10 {
        assert_eq!(code(&front.ask("{ nothing }").await), "GRAPHQL_VALIDATION_FAILED");
    }
    let paid = before - left().await;
    // A few points may have come back meanwhile.
    assert!(paid > 9 * REFUSED_DOCUMENT_COST, "{paid}");
}

#[tokio::test]
async fn an_address_that_guesses_tokens_runs_out_too() {
    let small = Budget { capacity: COST_MAX, per_second: 1 };
    let budgets = BudgetConfig { account: small, address: small };
    let config = FrontConfig { budgets, trusted_proxies: 1, ..FrontConfig::development() };
    let front = TestFront::with(config).await;
    let guess = |from: &'static str| {
        let post = front.bare_post().header("x-forwarded-for", from).bearer_auth("x.y.z");
        post.json(&json!({ "query": "{ hello }" }))
    };
    for _ in 0..COST_MAX / BAD_TOKEN_COST {
        assert_eq!(guess("1.1.1.1").send().await.unwrap().status(), 401);
    }
    assert_eq!(outcome(guess("1.1.1.1").send().await.unwrap()).await.0, 429);
    assert_eq!(outcome(guess("2.2.2.2").send().await.unwrap()).await.0, 401);
}

#[test]
fn a_budget_that_could_never_pay_the_largest_query_is_refused() {
    let budgets =
        BudgetConfig { account: Budget { capacity: COST_MAX - 1, per_second: 1 }, ..BudgetConfig::default() };
    let refused = super::kit::front_of(FrontConfig { budgets, ..FrontConfig::development() });
    assert!(refused.is_err());
}
