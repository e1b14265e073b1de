//! Keys of the issuer as they come and go: read beside requests, never in the way of others.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use api::auth::{KeySource, REFRESH_INTERVAL_S, Rejection, Verifier};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use super::issuer::Key;
use super::kit::{AUDIENCE, GRACE, ISSUER, NOW, auth_config, client, clock};

fn verifier(keys: KeySource) -> (Verifier, Arc<AtomicI64>) {
    let now = Arc::new(AtomicI64::new(NOW));
    (Verifier::new(auth_config(keys), clock(&now)).unwrap(), now)
}

/// An issuer whose answers wait at a gate while it is shut.
async fn gated_issuer() -> (String, Arc<std::sync::Mutex<Value>>, Arc<tokio::sync::RwLock<()>>) {
    let served = Arc::new(std::sync::Mutex::new(json!({ "keys": [Key::Ed25519(1).jwk("1")] })));
    let gate = Arc::new(tokio::sync::RwLock::new(()));
    let (body, open) = (served.clone(), gate.clone());
    let routes = axum::Router::new().route(
        "/jwks",
        axum::routing::get(async move || {
            let _open = open.read().await;
            axum::Json(body.lock().unwrap().clone())
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    tokio::spawn(api::http::serve(listener, routes, std::future::pending(), GRACE));
    (url, served, gate)
}

fn lasting(n: u8) -> String {
    let claims = json!({ "sub": "mei", "iss": ISSUER, "aud": AUDIENCE, "exp": NOW + 10_000, "kind": "operator",
        "roles": ["finance"] });
    Key::Ed25519(n).sign(&claims, Some(&n.to_string()))
}

#[tokio::test]
async fn a_key_that_was_taken_back_stops_working_though_nobody_shows_another() {
    let (url, served, _gate) = gated_issuer().await;
    let (verifier, now) = verifier(KeySource::JwksUrl { url, client: client() });
    assert!(verifier.verify(&lasting(1)).await.is_ok());
    *served.lock().unwrap() = json!({ "keys": [Key::Ed25519(2).jwk("2")] });
    now.store(NOW + REFRESH_INTERVAL_S, Ordering::SeqCst);
    // Each look is answered at once; the set is read beside them.
    while verifier.verify(&lasting(1)).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert_eq!(verifier.verify(&lasting(1)).await, Err(Rejection::Invalid));
    assert!(verifier.verify(&lasting(2)).await.is_ok());
}

#[tokio::test]
async fn whoever_shows_an_unknown_key_makes_nobody_else_wait() {
    let (url, _served, gate) = gated_issuer().await;
    let (verifier, now) = verifier(KeySource::JwksUrl { url, client: client() });
    assert!(verifier.verify(&lasting(1)).await.is_ok());
    now.store(NOW + REFRESH_INTERVAL_S, Ordering::SeqCst);
    let shut = gate.write().await;
    let (forged, token) = (lasting(9), lasting(1));
    let mut unknown = Box::pin(verifier.verify(&forged));
    assert!((&mut unknown).now_or_never().is_none());
    assert!(verifier.verify(&token).await.is_ok(), "while the other waits for the issuer");
    assert!((&mut unknown).now_or_never().is_none());
    drop(shut);
    assert_eq!(unknown.await, Err(Rejection::Invalid));
}
