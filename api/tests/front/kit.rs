//! Starts a front on a free port and speaks to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use api::auth::{AuthConfig, Clock, KeySource, Verifier, mint_hs256};
use api::http::{Attach, Front, FrontConfig, FrontError, FrontParts, ReadyReport, router, serve};
use domain::{Actor, Principal, Role};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::schema::{Counters, build};

pub const SECRET: &[u8] = b"a shared secret of at least 32 bytes";
pub const ISSUER: &str = "https://id.example.com";
pub const AUDIENCE: &str = "partner-center";
pub const NOW: i64 = 1_800_000_000;
pub const GRACE: Duration = Duration::from_secs(5);

/// What the test's `attach` adds to each request.
pub struct Attached(pub String);

pub struct TestFront {
    pub address: std::net::SocketAddr,
    pub client: Client,
    pub counters: Arc<Counters>,
    pub clock: Arc<AtomicI64>,
    pub stop: CancellationToken,
    pub server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Drop for TestFront {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

pub fn operator() -> Actor {
    let principal = Principal::Operator { roles: vec![Role::Operations] };
    Actor { subject: "mei".to_owned(), principal }
}

/// A token of `subject` that ends `seconds` after `NOW`.
pub fn token_for(subject: &str, seconds: i64) -> String {
    let actor = Actor { subject: subject.to_owned(), ..operator() };
    mint_hs256(SECRET, ISSUER, AUDIENCE, &actor, NOW + seconds).unwrap()
}

pub fn token() -> String {
    token_for("mei", 3_600)
}

pub fn auth_config(keys: KeySource) -> AuthConfig {
    AuthConfig::new(keys, ISSUER, AUDIENCE, false)
}

pub fn clock(now: &Arc<AtomicI64>) -> Clock {
    let now = now.clone();
    Arc::new(move || now.load(Ordering::SeqCst))
}

pub fn client() -> Client {
    // Only the first test of the process gets to install it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().unwrap()
}

/// Nobody guesses in tests.
fn one_time_token() -> String {
    static NEXT: AtomicI64 = AtomicI64::new(1);
    format!("token-{}", NEXT.fetch_add(1, Ordering::SeqCst))
}

fn parts(
    counters: Arc<Counters>,
    now: &Arc<AtomicI64>,
    stop: CancellationToken,
    report: ReadyReport,
) -> FrontParts {
    let schema = build(counters);
    let verifier = Verifier::new(auth_config(KeySource::Hs256(SECRET.to_vec())), clock(now)).unwrap();
    let attach: Attach = Arc::new(|caller, request| {
        request.data(Attached(caller.actor().map_or_else(String::new, |a| a.subject.clone())))
    });
    FrontParts {
        sdl: schema.sdl(),
        scalars: super::schema::judge,
        executor: Arc::new(schema),
        verifier: Arc::new(verifier),
        attach,
        ready: Arc::new(move || {
            let report = report.clone();
            Box::pin(async move { report })
        }),
        metrics: Arc::new(|| "up 1\n".to_owned()),
        one_time_token: Arc::new(one_time_token),
        stop,
    }
}

/// Only the front, without a socket.
pub fn front_of(config: FrontConfig) -> Result<Arc<Front>, FrontError> {
    let now = Arc::new(AtomicI64::new(NOW));
    Front::new(config, parts(Arc::default(), &now, CancellationToken::new(), ReadyReport::default()))
}

impl TestFront {
    pub async fn start() -> Self {
        Self::with(FrontConfig::development()).await
    }

    pub async fn with(config: FrontConfig) -> Self {
        let checks = vec![("database", Ok(())), ("queue", Ok(()))];
        Self::with_checks(config, ReadyReport { checks, jobs: Vec::new() }).await
    }

    pub async fn with_checks(config: FrontConfig, report: ReadyReport) -> Self {
        let counters = Arc::new(Counters::default());
        let now = Arc::new(AtomicI64::new(NOW));
        let stop = CancellationToken::new();
        let parts = parts(counters.clone(), &now, stop.clone(), report);
        let extra = axum::Router::new().route(
            "/panics",
            axum::routing::get(|| async {
                if true {
                    panic!("a bug")
                }
            }),
        );
        let router = router(Front::new(config, parts).unwrap(), extra);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stopped = stop.clone().cancelled_owned();
        let server = tokio::spawn(serve(listener, router, stopped, GRACE));
        Self { address, client: client(), counters, clock: now, stop, server }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A POST of `body` with a good token.
    pub fn post(&self, body: &Value) -> RequestBuilder {
        self.bare_post().bearer_auth(token()).json(body)
    }

    pub fn bare_post(&self) -> RequestBuilder {
        self.client.post(self.url("/graphql"))
    }

    /// A GET of `query` with a good token.
    pub fn get(&self, query: &str) -> RequestBuilder {
        self.bare_get(&[("query", query)]).bearer_auth(token())
    }

    pub fn bare_get(&self, parameters: &[(&str, &str)]) -> RequestBuilder {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        self.client.get(self.url(&format!("/graphql?{query}")))
    }

    /// The answer to `query`.
    pub async fn ask(&self, query: &str) -> Value {
        self.post(&json!({ "query": query })).send().await.unwrap().json().await.unwrap()
    }

    /// The answer to `query` with `variables`.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        self.post(&body).send().await.unwrap().json().await.unwrap()
    }

    /// Sends bytes as they are and reads until the other side closes.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// The code of the first error.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

/// Status, code and whether there is a `data` key.
pub async fn outcome(response: Response) -> (u16, String, bool) {
    let status = response.status().as_u16();
    let answer: Value = response.json().await.unwrap();
    (status, code(&answer).to_owned(), answer.get("data").is_some())
}

/// Waits until `condition` holds; gives up after ten seconds.
pub async fn eventually(what: &str, condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.unwrap_or_else(|_| panic!("never: {what}"));
}
