//! The API as a process, and a client that repeats what it is told to repeat.

use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Place, Process};

/// Longest wait for an answer: longer than the API waits for an operation.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// Pause before a request is repeated.
const AGAIN_AFTER: Duration = Duration::from_millis(100);
/// The shared secret of the tests.
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A serving process.
pub(super) struct Api {
    process: Process,
    address: String,
    token: String,
    client: Client,
}

/// What a client was told.
#[derive(Debug, PartialEq)]
pub(super) enum Told {
    /// The data of an answer without errors.
    Data(Value),
    /// To come again.
    Later,
}

impl Api {
    /// Starts `serve` with `more` arguments.
    pub(super) fn serve(place: &Place, more: &[&str]) -> Api {
        let arguments =
            ["serve", "--listen", "127.0.0.1:0", "--mode", "development", "--auth-secret", SECRET];
        let mut command = place.program(&[&arguments, more].concat());
        place.with_queue(&mut command);
        let mut process = Process::start(command);
        let line = process.first_line();
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("no address: {line:?}"));
        let address = address.split('/').next().unwrap().to_owned();
        let arguments = [
            "token",
            "--subject",
            "op",
            "--roles",
            "administrator,operations,finance",
            "--auth-secret",
            SECRET,
        ];
        let output = crate::cli::program(&arguments).output().unwrap();
        let token = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        // Only the first of the process gets to install it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().timeout(ANSWER_WITHIN).build().unwrap();
        Api { process, address, token, client }
    }

    /// Its process id.
    pub(super) fn process_id(&self) -> u32 {
        self.process.0.id()
    }

    /// The bearer token of an operator who may do everything.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) async fn response(&self, query: &str, variables: &Value) -> reqwest::Response {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.post(self.url("/graphql")).bearer_auth(&self.token);
        request.header("content-type", "application/json").body(body).send().await.unwrap()
    }

    /// Subscribes by server-sent events.
    pub(super) async fn subscribe(&self, query: &str, variables: &Value) -> reqwest::Response {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.post(self.url("/graphql")).bearer_auth(&self.token);
        let request =
            request.header("content-type", "application/json").header("accept", "text/event-stream");
        request.body(body).send().await.unwrap()
    }

    /// Sends a bill to the URL of its import.
    pub(super) async fn put(&self, path: &str, body: impl Into<reqwest::Body>) -> reqwest::Response {
        self.client.put(self.url(path)).body(body).send().await.unwrap()
    }

    /// Asks once.
    ///
    /// # Panics
    /// At an answer that is neither data nor an error worth repeating.
    pub(super) async fn ask(&self, query: &str, variables: &Value) -> Told {
        let response = self.response(query, variables).await;
        let (status, later) = (response.status().as_u16(), response.headers().contains_key("retry-after"));
        let text = response.text().await.unwrap();
        let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text}"));
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        if errors.is_empty() {
            assert_eq!(status, 200, "{text}");
            return Told::Data(body["data"].clone());
        }
        assert!(status != 503 || later, "503 without Retry-After: {text}");
        for error in errors {
            assert_eq!(error["extensions"]["retryable"], true, "{status}: {text}");
        }
        Told::Later
    }

    /// Asks until there is an answer. Gives it, and how long that took.
    pub(super) async fn data(&self, query: &str, variables: Value) -> (Value, Duration) {
        let first = Instant::now();
        loop {
            match self.ask(query, &variables).await {
                Told::Data(data) => return (data, first.elapsed()),
                Told::Later => tokio::time::sleep(AGAIN_AFTER).await,
            }
        }
    }
}
