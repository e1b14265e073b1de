//! The whole front over the whole schema, on a port of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use api::auth::{AuthConfig, KeySource, Verifier, mint_hs256};
use api::files::Files;
use api::graphql::{Options, attach, build, check_scalar, sdl};
use api::http::{Budget, BudgetConfig, Front, FrontConfig, FrontParts, ReadyReport, router};
use domain::money::payout::Gateway;
use domain::{Actor, Store};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
/// The instant by which tokens are judged, in seconds since 1970.
const NOW: i64 = 1_800_000_000;
/// Life of a token, in seconds.
const TOKEN_LIFE: i64 = 3_600;

pub(crate) struct Served {
    pub(crate) address: String,
    client: Client,
    stop: CancellationToken,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Served {
    pub(crate) async fn with(store: &Store, config: FrontConfig) -> Served {
        let plenty = Budget { capacity: 1_000_000, per_second: 1_000 };
        let budgets = BudgetConfig { account: plenty, address: plenty };
        let config = FrontConfig { budgets, ..config };
        let stop = CancellationToken::new();
        let (now, keys) = (Arc::new(AtomicI64::new(NOW)), KeySource::Hs256(SECRET.to_vec()));
        let auth = AuthConfig::new(keys, "issuer", "audience", false);
        let verifier = Verifier::new(auth, Arc::new(move || now.load(Ordering::SeqCst))).unwrap();
        let attached = store.clone();
        let verifier = Arc::new(verifier);
        let (links, uploaded) = (config.links.clone(), Arc::new(|_| ()));
        let files = Files { store: store.clone(), verifier: verifier.clone(), uploaded, links };
        let parts = FrontParts {
            executor: build(
                store.clone(),
                Arc::new(|_| ()),
                Options { validate: false, payouts: Gateway::None },
            ),
            sdl: sdl(),
            scalars: check_scalar,
            verifier,
            attach: Arc::new(move |caller, request| {
                let Some(actor) = caller.actor().cloned() else { return request };
                let request_id = Some(caller.request_id.0.clone());
                attach(&attached, api::graphql::Caller { actor, lang: caller.lang, request_id }, request)
            }),
            ready: Arc::new(|| Box::pin(async { ReadyReport::default() })),
            metrics: Arc::new(String::new),
            one_time_token: Arc::new(|| "token".to_owned()),
            stop: stop.clone(),
        };
        let router = router(Front::new(config, parts).unwrap(), api::files::routes(files));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let stopped = stop.clone().cancelled_owned();
        tokio::spawn(api::http::serve(listener, router, stopped, std::time::Duration::from_secs(1)));
        // Only the first of the process gets to install it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Served { address, client: Client::builder().no_proxy().build().unwrap(), stop }
    }

    /// A POST of `query`, not yet sent.
    pub(crate) fn post(&self, who: &Actor, query: &str, variables: &Value) -> RequestBuilder {
        let token = mint_hs256(SECRET, "issuer", "audience", who, NOW + TOKEN_LIFE).unwrap();
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.post(format!("{}/graphql", self.address)).bearer_auth(token);
        request.header("content-type", "application/json").body(body)
    }

    /// Fetches a URL as a browser does: without a token.
    pub(crate) async fn open(&self, url: &str) -> Response {
        self.client.get(url).send().await.unwrap()
    }

    /// Status and body of the answer for a client of today.
    pub(crate) async fn ask(&self, who: &Actor, query: &str, variables: &Value) -> (u16, Value) {
        let request = self.post(who, query, variables);
        let response = request.header("accept", "application/graphql-response+json").send().await.unwrap();
        (response.status().as_u16(), body(response).await)
    }
}

async fn body(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}
