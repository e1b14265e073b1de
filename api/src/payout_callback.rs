//! Messages of the payout gateway: `POST /payouts/callbacks`, signed. What is not is not even read
//! (docs/payout-gateway.md).

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use domain::money::payout::callback::{BODY_LIMIT, receive};
use domain::money::payout::signature::{SIGNATURE, TIMESTAMP, holds};
use domain::{Error, Store};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::http::limits::BUSY_RETRY_AFTER_S;

/// The path, as it is signed.
const PATH: &str = "/payouts/callbacks";
/// Messages taken at the same time: each holds a connection to the database.
const AT_ONCE: usize = 16;
/// How long a message may take to arrive: it is one packet or two.
const ARRIVES_WITHIN: Duration = Duration::from_secs(10);

/// What the route needs.
#[derive(Clone)]
pub struct PayoutCallbacks {
    /// The database.
    pub store: Store,
    /// The secret shared with the gateway; without one there is no gateway that could send anything.
    pub secret: Option<Arc<[u8]>>,
}

#[derive(Clone)]
struct Bounded {
    callbacks: PayoutCallbacks,
    places: Arc<Semaphore>,
}

/// `POST /payouts/callbacks`.
pub fn routes(callbacks: PayoutCallbacks) -> Router {
    let state = Bounded { callbacks, places: Arc::new(Semaphore::new(AT_ONCE)) };
    Router::new().route(PATH, post(take)).with_state(state)
}

async fn take(State(state): State<Bounded>, headers: HeaderMap, body: Body) -> Response {
    let (status, code) = match state.places.try_acquire() {
        Ok(_place) => taken(&state.callbacks, &headers, body).await,
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "BUSY".to_owned()),
    };
    metrics::counter!("partner_center_payout_callbacks_total", "status" => status.as_str().to_owned())
        .increment(1);
    let body = axum::Json(json!({ "code": code }));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return (status, [(header::RETRY_AFTER, BUSY_RETRY_AFTER_S.to_string())], body).into_response();
    }
    (status, body).into_response()
}

async fn taken(callbacks: &PayoutCallbacks, headers: &HeaderMap, body: Body) -> (StatusCode, String) {
    let said = |status, code: &str| (status, code.to_owned());
    let Some(secret) = &callbacks.secret else { return said(StatusCode::NOT_FOUND, "NO_GATEWAY") };
    let body = match timeout(ARRIVES_WITHIN, to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return said(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE"),
        Err(_) => return said(StatusCode::REQUEST_TIMEOUT, "TOO_SLOW"),
    };
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let signed = (text(TIMESTAMP), text(SIGNATURE));
    if !holds(secret, callbacks.store.clock.now(), signed, ("POST", PATH, &body)) {
        tracing::warn!("a message that claims to be of the payout gateway is not signed by it");
        return said(StatusCode::UNAUTHORIZED, "NOT_SIGNED");
    }
    let Ok(body) = std::str::from_utf8(&body) else { return said(StatusCode::BAD_REQUEST, "INVALID") };
    match receive(&callbacks.store, body).await {
        Ok(outcome) => {
            tracing::info!(%outcome, "a message of the payout gateway");
            said(StatusCode::OK, "RECEIVED")
        }
        Err(Error::Refused(refusals)) => {
            let detail = refusals.first().map_or("", |refusal| refusal.detail.as_str());
            (StatusCode::BAD_REQUEST, format!("INVALID: {detail}"))
        }
        Err(error) if error.is_retryable() => {
            tracing::warn!(%error, "a message of the payout gateway could not be taken now");
            said(StatusCode::SERVICE_UNAVAILABLE, "BUSY")
        }
        Err(error) => {
            tracing::error!(%error, "a message of the payout gateway could not be taken");
            said(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL")
        }
    }
}
