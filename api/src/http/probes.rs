//! `/healthz`, `/readyz` and `/metrics`, which orchestrators and monitors ask.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};

use super::front::Front;

/// Time for all checks together; an orchestrator gives up after about as long.
const READY_TIMEOUT: Duration = Duration::from_secs(3);

/// Report of a process about itself.
#[derive(Clone, Debug, Default)]
pub struct ReadyReport {
    /// The outcome of each check by name (database, queue, migrations): one that failed makes the process unready.
    /// Error texts go to the log, not to the client.
    pub checks: Vec<(&'static str, Result<(), String>)>,
    /// Recurring jobs that fail or that nobody takes, with the word for it. They are shown and make no process unready:
    /// the API serves all the same, and taking its replicas away would mend no job.
    pub jobs: Vec<(&'static str, &'static str)>,
}
/// Asks whether the process can serve.
pub type ReadyCheck = Arc<dyn Fn() -> BoxFuture<'static, ReadyReport> + Send + Sync>;
/// Renders the metrics in Prometheus' text format.
pub type MetricsText = Arc<dyn Fn() -> String + Send + Sync>;

/// The process is alive.
pub(crate) async fn healthz() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "status": "ok" }))).into_response()
}

/// The process can serve: 200, or 503 with what is missing.
pub(crate) async fn readyz(State(front): State<Arc<Front>>) -> Response {
    let report = if front.parts.stop.is_cancelled() {
        ReadyReport { checks: vec![("process", Err("stopping".to_owned()))], ..ReadyReport::default() }
    } else {
        let asked = tokio::time::timeout(READY_TIMEOUT, (front.parts.ready)()).await;
        asked.unwrap_or_else(|_| ReadyReport {
            checks: vec![("checks", Err("no answer in time".to_owned()))],
            ..ReadyReport::default()
        })
    };
    let mut ready = true;
    let mut checks = Map::new();
    for (name, outcome) in report.checks {
        if let Err(error) = &outcome {
            ready = false;
            tracing::warn!(check = name, %error, "not ready");
        }
        checks.insert(name.to_owned(), Value::from(if outcome.is_ok() { "ok" } else { "failed" }));
    }
    let (status, word) =
        if ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    let jobs: Map<String, Value> =
        report.jobs.into_iter().map(|(name, word)| (name.to_owned(), Value::from(word))).collect();
    let body = Json(json!({ "status": word, "checks": checks, "jobs": jobs }));
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// The metrics of the process.
pub(crate) async fn metrics(State(front): State<Arc<Front>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], (front.parts.metrics)())
        .into_response()
}
