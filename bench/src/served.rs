//! The servers that are measured, each a process: the product as it is shipped, and a bare handler.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use api::auth::mint_hs256;
use domain::{Actor, Principal, Role};
use tests::db::Backend;
use tests::redis::{Redis, fresh_namespace};

use crate::load;
use crate::memory;

/// The shared secret of development.
const SECRET: &str = "a secret of the bench, longer than thirty-two bytes";
/// Accounts that ask, so that no one's budget is used up.
const ACCOUNTS: u64 = 2_048;
/// Life of a token, in seconds: longer than any run.
const TOKEN_LIFE: i64 = 24 * 3600;

/// A running server; ended when dropped.
pub(crate) struct Served {
    child: Child,
    /// Address as `host:port`, on which the server listens.
    pub(crate) address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// `partner-center serve`, in the settings of its default but for a shared secret and a proxy in front.
    pub(crate) async fn product(backend: Backend, url: &str) -> Result<Self> {
        let mut command = Command::new(program()?);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--mode", "development", "--trusted-proxies", "1"])
            .args(["--database-url", url, "--auth-secret", SECRET]);
        if backend == Backend::Postgres {
            let redis = Redis::shared().await.context("PostgreSQL needs Redis for the queue")?;
            command.args(["--no-worker", "--redis-url", &redis.url()]);
            command.args(["--queue-namespace", &fresh_namespace()]);
        }
        Self::start(command)
    }

    /// The bare handler over the same database.
    pub(crate) fn bare(url: &str) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["bare", url]);
        Self::start(command)
    }

    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        let mut served = Self { child, address: String::new() };
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        served.address = address.with_context(|| format!("the server did not start: {line:?}"))?.to_owned();
        Ok(served)
    }

    /// Most memory it had, in MB.
    pub(crate) fn peak_mb(&self) -> u64 {
        memory::peak_mb(&self.child.id().to_string())
    }

    /// Resident memory of the server now, in MB.
    pub(crate) fn resident_mb(&self) -> f64 {
        memory::resident_kb(&self.child.id().to_string()) as f64 / 1024.0
    }

    /// One GraphQL answer.
    pub(crate) async fn ask(&self, callers: &Callers, body: &str) -> Result<serde_json::Value> {
        let mut connection = load::Connection::open(&self.address).await?;
        let answer: serde_json::Value =
            serde_json::from_slice(connection.ask(&callers.post(0, body)).await?)?;
        anyhow::ensure!(answer["errors"].is_null(), "{answer}");
        Ok(answer["data"].clone())
    }

    /// The first answer of `/readyz`, however often it takes to ask.
    pub(crate) async fn ready(&self, patience: Duration) -> Result<()> {
        let begun = Instant::now();
        loop {
            let asked = async {
                load::Connection::open(&self.address).await?.ask(&load::get("/readyz")).await.map(drop)
            };
            match asked.await {
                Ok(()) => return Ok(()),
                Err(error) if begun.elapsed() > patience => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(2)).await,
            }
        }
    }
}

/// The product, built into the directory that this program is in.
pub(crate) fn program() -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("partner-center");
    anyhow::ensure!(path.exists(), "build it first: cargo build --release -p partner-center");
    Ok(path)
}

/// Operators with tokens, at addresses of their own.
pub(crate) struct Callers(Vec<String>);

impl Callers {
    pub(crate) fn new() -> Result<Self> {
        let expires_at = domain::Clock::system().machine_now().0 / entity::timestamp::SECOND + TOKEN_LIFE;
        let token = |n| {
            let principal = Principal::Operator { roles: vec![Role::Administrator] };
            let actor = Actor { subject: format!("operator {n}"), principal };
            mint_hs256(SECRET.as_bytes(), "partner-center", "partner-center", &actor, expires_at)
        };
        Ok(Self((0..ACCOUNTS).map(token).collect::<Result<_, _>>()?))
    }

    /// A request to the API from the caller of this number.
    pub(crate) fn post(&self, number: u64, body: &str) -> Vec<u8> {
        let n = number % ACCOUNTS;
        let token = &self.0[usize::try_from(n).unwrap_or(0)];
        let headers =
            format!("authorization: Bearer {token}\r\nx-forwarded-for: 10.{}.{}.1\r\n", n / 250, n % 250);
        load::post("/graphql", &headers, body)
    }
}
