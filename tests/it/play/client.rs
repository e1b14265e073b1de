//! A serving process, and people who ask it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use api::auth::mint_hs256;
use domain::{Actor, Principal, Role};
use entity::PartnerId;
use serde_json::{Value, json};
use tests::db::TestDatabase;
use tests::redis::{Redis, fresh_namespace};
use tests::wait::until;

use crate::cli::program;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Issuer and audience of tokens, as the program takes them for granted in development.
const ISSUER: &str = "play";
/// Life of a token, in seconds: longer than any play.
const TOKEN_LIFE: i64 = 12 * 3600;

/// The process, gone with the test.
pub(super) struct Stage {
    child: Child,
    pub(super) address: String,
    http: reqwest::Client,
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Stage {
    /// Serves and works on `db`, with files in `directory` and the sandbox that pays; none where Redis is missing.
    pub(super) async fn open(db: &TestDatabase, directory: &Path) -> Option<Stage> {
        let mut command =
            program(&["serve", "--listen", "127.0.0.1:0", "--database-url", &db.url, "--with-worker"]);
        command.args(["--mode", "development", "--auth-secret", SECRET]);
        command.args(["--auth-issuer", ISSUER, "--auth-audience", ISSUER]);
        command.args(["--worker-tick-seconds", "1", "--payout-gateway", "sandbox"]);
        command.args(["--files-url", &format!("file://{}", directory.display())]);
        if db.url.starts_with("postgres") {
            let redis = Redis::shared().await?;
            command.args(["--redis-url", &redis.url(), "--queue-namespace", &fresh_namespace()]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let _ = rustls::crypto::ring::default_provider().install_default();
        Some(Stage { child, address, http: reqwest::Client::builder().no_proxy().build().unwrap() })
    }

    /// A person with a token.
    pub(super) fn person(&self, subject: &str, principal: Principal) -> Person<'_> {
        let actor = Actor { subject: subject.into(), principal };
        let now = domain::Clock::system().machine_now().0 / entity::timestamp::SECOND;
        let token = mint_hs256(SECRET.as_bytes(), ISSUER, ISSUER, &actor, now + TOKEN_LIFE).unwrap();
        Person { stage: self, token }
    }

    pub(super) fn operator(&self, subject: &str, role: Role) -> Person<'_> {
        self.person(subject, Principal::Operator { roles: vec![role] })
    }

    pub(super) fn member(&self, partner: &str) -> Person<'_> {
        let partner_id: PartnerId = partner.parse().unwrap();
        self.person("member", Principal::Partner { partner_id })
    }

    /// Sends a file to a one-time URL.
    pub(super) async fn put(&self, path: &str, bytes: Vec<u8>) {
        let answer =
            self.http.put(format!("http://{}{path}", self.address)).body(bytes).send().await.unwrap();
        let status = answer.status();
        assert!(status.is_success(), "{path}: {status} {}", answer.text().await.unwrap());
    }
}

/// Somebody who asks.
pub(super) struct Person<'a> {
    stage: &'a Stage,
    token: String,
}

impl Person<'_> {
    /// The data of an operation.
    pub(super) async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let url = format!("http://{}/graphql", self.stage.address);
        let answer = self.stage.http.post(url).bearer_auth(&self.token).json(&body).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].clone()
    }

    /// A mutation that is not refused; gives its payload.
    pub(super) async fn change(&self, mutation: &str, shown: &str, mut input: Value) -> Value {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let kind = format!("{}Input", mutation[..1].to_uppercase() + &mutation[1..]);
        input["idempotencyKey"] = json!(format!("play-{}", KEYS.fetch_add(1, Ordering::Relaxed)));
        let query = format!(
            "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {shown} userErrors {{ code message path }} }} }}"
        );
        let data = self.ask(&query, json!({ "input": input })).await;
        assert_eq!(data[mutation]["userErrors"], json!([]), "{mutation}");
        data[mutation].clone()
    }

    /// A mutation that makes something; gives its id.
    pub(super) async fn make(&self, mutation: &str, object: &str, input: Value) -> String {
        let payload = self.change(mutation, &format!("{object} {{ id }}"), input).await;
        payload[object]["id"].as_str().unwrap().to_owned()
    }

    /// A page by its path.
    pub(super) async fn page(&self, path: &str, language: &str) -> String {
        let url = format!("http://{}{path}", self.stage.address);
        let answer = self.stage.http.get(url).bearer_auth(&self.token).header("accept-language", language);
        let answer = answer.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }

    /// Waits until the state of what `query` shows as `node` is `state`.
    pub(super) async fn wait_for(&self, kind: &str, id: &str, state: &str) {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ state }} }} }}");
        let there = || async {
            let data = self.ask(&query, json!({ "id": id })).await;
            data["node"]["state"] == state
        };
        until(&format!("{kind} {id} is {state}"), super::PATIENCE, there).await;
    }

    /// Moves a payment request.
    pub(super) async fn step(&self, request: &str, operation: &str, reason: Option<&str>) -> String {
        let query = "query($id: ID!) { paymentRequest(id: $id) { version } }";
        let version = self.ask(query, json!({ "id": request })).await["paymentRequest"]["version"].clone();
        let input = json!({ "operation": operation, "reason": reason,
            "requests": [{ "id": request, "expectedVersion": version }] });
        let payload = self.change("paymentRequestMove", "results { paymentRequest { state } }", input).await;
        payload["results"][0]["paymentRequest"]["state"].as_str().unwrap().to_owned()
    }
}
