//! Tokens: what is accepted, and what is said otherwise.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use api::auth::{
    AuthConfigError, KeySource, LEEWAY_S, LIFETIME_MAX_S, REFRESH_INTERVAL_S, Rejection, Verifier, mint_hs256,
};
use domain::{Actor, Principal};
use serde_json::{Value, json};

use super::issuer::{Key, RSA_PEM};
use super::kit::{
    AUDIENCE, ISSUER, NOW, SECRET, TestFront, auth_config, client, clock, code, operator, token, token_for,
};

fn verifier(keys: KeySource) -> (Verifier, Arc<AtomicI64>) {
    let now = Arc::new(AtomicI64::new(NOW));
    (Verifier::new(auth_config(keys), clock(&now)).unwrap(), now)
}

fn claims() -> Value {
    json!({ "sub": "mei", "iss": ISSUER, "aud": AUDIENCE, "exp": NOW + 60, "kind": "operator", "roles": ["finance"] })
}

#[tokio::test]
async fn without_a_good_token_nothing_but_the_schema_is_read() {
    let front = TestFront::start().await;
    for authorization in [None, Some("Basic eA=="), Some("Bearer"), Some("Bearer x.y.z")] {
        let mut request = front.bare_post().json(&json!({ "query": "{ hello }" }));
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401, "{authorization:?}");
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(code(&answer), "UNAUTHENTICATED");
        assert_eq!(answer["errors"][0]["extensions"]["cbcCode"], "CBC.0154");
        assert_eq!(answer["errors"][0]["extensions"]["retryable"], false);
        assert!(answer.get("data").is_none());
    }
    let schema = json!({ "query": "{ __schema { queryType { name } } }" });
    assert_eq!(front.bare_post().json(&schema).send().await.unwrap().status(), 200);
    let smuggled = json!({ "query": "{ __typename ...F } fragment F on Query { hello }" });
    assert_eq!(front.bare_post().json(&smuggled).send().await.unwrap().status(), 401);
    let mutation = json!({ "query": "mutation { rename(name: \"x\") }" });
    assert_eq!(front.bare_post().json(&mutation).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn production_answers_nobody_without_a_token_and_hides_the_schema() {
    let front = TestFront::with(api::http::FrontConfig::production()).await;
    let schema = json!({ "query": "{ __schema { queryType { name } } }" });
    assert_eq!(front.bare_post().json(&schema).send().await.unwrap().status(), 401);
    let unknown = front.ask("{ nothing }").await;
    let hidden = [
        "{ __type(name: \"Query\") { name } }",
        "{ ...F } fragment F on Query { __type(name: \"Query\") { name } }",
        "{ ... { __type(name: \"__Type\") { name } } }",
        "query($n: String! = \"Row\") { __type(name: $n) { name } }",
        "{ __schema { queryType { name } } }",
        "{ hello __schema { queryType { name } } }",
    ];
    for query in hidden {
        let answer = front.ask(query).await;
        let field = if query.contains("__type") { "__type" } else { "__schema" };
        let (error, like) = (&answer["errors"][0], &unknown["errors"][0]);
        assert_eq!(error["message"], like["message"].as_str().unwrap().replace("nothing", field), "{query}");
        assert_eq!(error["extensions"]["code"], like["extensions"]["code"], "{query}");
        let column = query.rfind(field).unwrap() + 1;
        assert_eq!(error["locations"], json!([{ "line": 1, "column": column }]), "{query}");
        assert!(answer.get("data").is_none(), "{query}");
    }
    let nobody = front.ask("{ __type(name: \"Nobody\") { name } }").await;
    assert_eq!(nobody["data"], json!({ "__type": null }), "no type has that name, here as everywhere");
    assert_eq!(front.ask("{ hello }").await["data"]["hello"], "world");
    assert_eq!(front.client.get(front.url("/")).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn production_tells_a_stranger_that_it_is_there_and_nothing_else() {
    let front = TestFront::with(api::http::FrontConfig::production()).await;
    for query in
        ["{ __typename }", "query Q { a: __typename }", "query A { __typename } query B { __typename }"]
    {
        let body = json!({ "query": query, "operationName": query.contains("query B").then_some("B") });
        let answer = front.bare_post().json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{query}");
        let answer: Value = answer.json().await.unwrap();
        assert!(
            answer.get("errors").is_none() && answer["data"].to_string().contains("\"Query\""),
            "{answer}"
        );
    }
    let more = [
        "{ __typename hello }",
        "{ nothing }",
        "{ __typename ...F } fragment F on Query { __typename }",
        "{ __type(name: \"Nobody\") { name } }",
        "mutation { __typename }",
        "subscription { __typename }",
        "{",
    ];
    for query in more {
        let answer = front.bare_post().json(&json!({ "query": query })).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{query}");
    }
}

#[tokio::test]
async fn the_actor_reaches_the_resolvers_and_the_loaders() {
    let front = TestFront::start().await;
    assert_eq!(front.ask("{ who attached }").await["data"], json!({ "who": "mei", "attached": "mei" }));
}

#[tokio::test]
async fn a_token_ends_with_its_leeway() {
    let front = TestFront::start().await;
    let ask =
        || front.bare_post().bearer_auth(token_for("mei", 10)).json(&json!({ "query": "{ hello }" })).send();
    front.clock.store(NOW + 10 + LEEWAY_S - 1, Ordering::SeqCst);
    assert_eq!(ask().await.unwrap().status(), 200);
    front.clock.store(NOW + 10 + LEEWAY_S, Ordering::SeqCst);
    assert_eq!(ask().await.unwrap().status(), 401);
}

#[tokio::test]
async fn claims_must_fit_the_configuration() {
    let (verifier, _) = verifier(KeySource::Hs256(SECRET.to_vec()));
    let key = Key::Secret(SECRET);
    let verify = async |claims: &Value| verifier.verify(&key.sign(claims, None)).await;
    assert!(verify(&claims()).await.is_ok());
    let mut several = claims();
    several["aud"] = json!(["other", AUDIENCE]);
    assert!(verify(&several).await.is_ok());
    let mut soon = claims();
    soon["nbf"] = json!(NOW + LEEWAY_S);
    assert!(verify(&soon).await.is_ok());
    let wrong = [
        ("iss", json!("https://other.example.com")),
        ("aud", json!("other")),
        ("aud", Value::Null),
        ("iss", Value::Null),
        ("exp", Value::Null),
        ("exp", json!("tomorrow")),
        ("sub", Value::Null),
        ("sub", json!("")),
        ("kind", json!("system")),
        ("kind", json!("partner")),
        ("roles", json!(["root"])),
        ("nbf", json!(NOW + LEEWAY_S + 1)),
        ("partner_id", json!("partner_x")),
    ];
    for (name, value) in wrong {
        let mut claims = claims();
        claims[name] = value.clone();
        assert_eq!(verify(&claims).await, Err(Rejection::Invalid), "{name} = {value}");
    }
    for name in ["iss", "aud", "exp", "sub", "kind"] {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(name);
        assert_eq!(verify(&claims).await, Err(Rejection::Invalid), "without {name}");
    }
    assert_eq!(
        verify(&json!({ "sub": "mei", "iss": ISSUER, "aud": AUDIENCE, "exp": NOW - 60, "kind": "operator" }))
            .await,
        Err(Rejection::Expired)
    );
}

#[tokio::test]
async fn a_token_lives_no_longer_than_the_longest_life_and_has_begun() {
    let (verifier, _) = verifier(KeySource::Hs256(SECRET.to_vec()));
    let key = Key::Secret(SECRET);
    let verify = async |times: &[(&str, Value)]| {
        let mut claims = claims();
        for (name, value) in times {
            claims[*name] = value.clone();
        }
        verifier.verify(&key.sign(&claims, None)).await.map(drop)
    };
    let last = NOW + LIFETIME_MAX_S + LEEWAY_S;
    let good: [&[(&str, Value)]; 5] = [
        &[("exp", json!(last))],
        &[("exp", json!(last)), ("iat", json!(NOW))],
        &[("iat", json!(NOW + LEEWAY_S))],
        &[("iat", json!(NOW - 600)), ("exp", json!(NOW - 600 + LIFETIME_MAX_S))],
        // Old, but its end is near.
        &[("iat", json!(NOW + 60 - LIFETIME_MAX_S))],
    ];
    for times in good {
        assert_eq!(verify(times).await, Ok(()), "{times:?}");
    }
    let bad: [&[(&str, Value)]; 8] = [
        &[("exp", json!(last + 1))],
        &[("exp", json!(i64::MAX))],
        &[("exp", json!(4_000_000_000_000_000_000_i64)), ("iat", json!(NOW))],
        &[("exp", json!(1e300))],
        &[("iat", json!(NOW + LEEWAY_S + 1))],
        &[("iat", json!(NOW - 600)), ("exp", json!(last - 599))],
        &[("iat", json!(i64::MIN)), ("exp", json!(last + 1))],
        &[("iat", json!("today"))],
    ];
    for times in bad {
        assert_eq!(verify(times).await, Err(Rejection::Invalid), "{times:?}");
    }
}

#[tokio::test]
async fn a_token_that_was_made_for_something_else_is_refused() {
    let (verifier, _) = verifier(KeySource::Hs256(SECRET.to_vec()));
    let key = Key::Secret(SECRET);
    let kinds = [
        (None, true),
        (Some("JWT"), true),
        (Some("at+jwt"), true),
        (Some("application/at+JWT"), true),
        (Some("logout+jwt"), false),
        (Some("dpop+jwt"), false),
        (Some("id+jwt"), false),
        (Some(""), false),
    ];
    for (typ, accepted) in kinds {
        let token = key.sign_as(typ, &claims(), None);
        assert_eq!(verifier.verify(&token).await.is_ok(), accepted, "{typ:?}");
    }
}

#[tokio::test]
async fn minted_tokens_bring_the_same_actor_back() {
    let (verifier, _) = verifier(KeySource::Hs256(SECRET.to_vec()));
    let partner = Principal::Partner { partner_id: entity::PartnerId(1 << 40) };
    let customer = Principal::Customer { customer_id: entity::CustomerId(1 << 41) };
    for principal in [operator().principal, partner, customer] {
        let actor = Actor { subject: "li".to_owned(), principal };
        let token = mint_hs256(SECRET, ISSUER, AUDIENCE, &actor, NOW + 5).unwrap();
        let verified = verifier.verify(&token).await.unwrap();
        assert_eq!((verified.actor, verified.expires_at), (actor, NOW + 5));
    }
    assert!(mint_hs256(SECRET, ISSUER, AUDIENCE, &Actor::system("worker"), NOW).is_err());
}

#[tokio::test]
async fn the_token_does_not_choose_the_algorithm() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("jwks.json");
    let keys = json!({ "keys": [Key::Ed25519(1).jwk("e"), Key::Rs256.jwk("r")] });
    std::fs::write(&path, keys.to_string()).unwrap();
    let (verifier, _) = verifier(KeySource::JwksFile(path));
    assert!(verifier.verify(&Key::Ed25519(1).sign(&claims(), Some("e"))).await.is_ok());
    assert!(verifier.verify(&Key::Rs256.sign(&claims(), Some("r"))).await.is_ok());
    assert!(verifier.verify(&Key::Rs256.sign(&claims(), None)).await.is_ok(), "one RSA key only");
    let forged = [
        Key::Ed25519(2).sign(&claims(), Some("e")),
        Key::Ed25519(1).sign(&claims(), Some("r")),
        Key::Rs384.sign(&claims(), Some("r")),
        Key::Secret(RSA_PEM.as_bytes()).sign(&claims(), Some("r")),
        token(),
        // {"alg":"none"}
        format!("eyJhbGciOiJub25lIn0.{}.", token().split('.').nth(1).unwrap()),
        String::new(),
        "x".repeat(8 * 1024 + 1),
    ];
    for token in forged {
        assert_eq!(verifier.verify(&token).await, Err(Rejection::Invalid), "{token}");
    }
}

#[tokio::test]
async fn new_keys_are_found_at_most_once_a_minute() {
    let reads = Arc::new(AtomicU64::new(0));
    let served = Arc::new(std::sync::Mutex::new(json!({ "keys": [Key::Ed25519(1).jwk("1")] })));
    let (counted, body) = (reads.clone(), served.clone());
    let routes = axum::Router::new().route(
        "/jwks",
        axum::routing::get(async move || {
            counted.fetch_add(1, Ordering::SeqCst);
            axum::Json(body.lock().unwrap().clone())
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let issuer = tokio::spawn(api::http::serve(listener, routes, std::future::pending(), super::kit::GRACE));

    let (verifier, now) = verifier(KeySource::JwksUrl { url, client: client() });
    let token = |n: u8| {
        let mut claims = claims();
        claims["exp"] = json!(NOW + 10_000);
        Key::Ed25519(n).sign(&claims, Some(&n.to_string()))
    };
    assert!(verifier.verify(&token(1)).await.is_ok());
    assert_eq!(reads.load(Ordering::SeqCst), 1);
    *served.lock().unwrap() = json!({ "keys": [Key::Ed25519(2).jwk("2")] });
    now.store(NOW + REFRESH_INTERVAL_S - 1, Ordering::SeqCst);
    assert_eq!(verifier.verify(&token(2)).await, Err(Rejection::Invalid));
    assert_eq!(reads.load(Ordering::SeqCst), 1, "asked within the minute");
    now.store(NOW + REFRESH_INTERVAL_S, Ordering::SeqCst);
    assert!(verifier.verify(&token(2)).await.is_ok());
    assert_eq!(verifier.verify(&token(1)).await, Err(Rejection::Invalid), "the old key is gone");
    assert_eq!(reads.load(Ordering::SeqCst), 2);
    issuer.abort();
    now.store(NOW + 3 * REFRESH_INTERVAL_S, Ordering::SeqCst);
    assert!(verifier.verify(&token(2)).await.is_ok(), "known keys outlive the issuer");
}

#[tokio::test]
async fn unreadable_keys_are_our_fault_not_the_callers() {
    let (verifier, _) = verifier(KeySource::JwksFile("/nonexistent/jwks.json".into()));
    let token = Key::Ed25519(1).sign(&claims(), Some("e"));
    assert_eq!(verifier.verify(&token).await, Err(Rejection::KeysUnavailable));
}

#[test]
fn unsafe_configurations_are_refused() {
    let refused = |change: fn(&mut api::auth::AuthConfig)| {
        let mut config = auth_config(KeySource::Hs256(SECRET.to_vec()));
        change(&mut config);
        Verifier::new(config, Arc::new(|| NOW)).err()
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|c| c.production = true), Some(AuthConfigError::SecretInProduction));
    assert_eq!(refused(|c| c.keys = KeySource::Hs256(vec![1; 32])), None);
    assert_eq!(refused(|c| c.keys = KeySource::Hs256(vec![1; 31])), Some(AuthConfigError::SecretTooShort));
    assert_eq!(refused(|c| c.issuer.clear()), Some(AuthConfigError::IssuerOrAudienceMissing));
    assert_eq!(refused(|c| c.audience.clear()), Some(AuthConfigError::IssuerOrAudienceMissing));
}
