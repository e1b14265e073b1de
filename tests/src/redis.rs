//! A private Redis: one shared by a test process, or one of its own for a test that stops it.

use std::{
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use anyhow::{Context, Result};
use tokio::{
    sync::OnceCell,
    time::{Instant, sleep},
};

use crate::{
    need::{Server, program, skip},
    server::{ServerProcess, free_port, private_directory},
};

/// How long a started server may take to answer.
const START_LIMIT: Duration = Duration::from_secs(30);

static SHARED: OnceCell<Redis> = OnceCell::const_new();
static NAMES: AtomicU64 = AtomicU64::new(1);

/// A Redis server that keeps nothing on disk.
#[derive(Debug)]
pub struct Redis {
    program: PathBuf,
    directory: PathBuf,
    port: u16,
    process: Option<ServerProcess>,
}

impl Redis {
    /// The server of this test process, started on first use; `None` (and the test skipped) where Redis
    /// is not installed. Give each test a [`fresh_namespace`].
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn shared() -> Option<&'static Redis> {
        let program = installed()?;
        let server = SHARED.get_or_try_init(|| Redis::start(program)).await;
        Some(server.expect("a private Redis starts"))
    }

    /// A server for one test alone, which may stop it and start it again.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn own() -> Option<Redis> {
        Some(Redis::start(installed()?).await.expect("a private Redis starts"))
    }

    /// `redis://127.0.0.1:port/`
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// A connection.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn connect(&self) -> ::redis::aio::MultiplexedConnection {
        self.try_connect().await.expect("the private Redis answers")
    }

    /// Stops the server; everything in it is gone.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Starts the stopped server again, empty, on the same port.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_again(&mut self) {
        self.serve().await.expect("the private Redis starts again");
    }

    async fn start(program: PathBuf) -> Result<Redis> {
        let directory = private_directory("redis")?;
        let mut server = Redis { program, directory, port: free_port()?, process: None };
        server.serve().await?;
        Ok(server)
    }

    async fn serve(&mut self) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"]);
        command.arg("--port").arg(self.port.to_string()).arg("--dir").arg(&self.directory);
        let log = self.directory.join("log");
        let mut process =
            ServerProcess::start(command, rustix::process::Signal::KILL, &log, Some(&self.directory))?;
        let deadline = Instant::now() + START_LIMIT;
        while let Err(reason) = self.try_connect().await {
            process.require_alive()?;
            if Instant::now() > deadline {
                return Err(reason).context("the server does not answer");
            }
            sleep(Duration::from_millis(20)).await;
        }
        self.process = Some(process);
        Ok(())
    }

    async fn try_connect(&self) -> ::redis::RedisResult<::redis::aio::MultiplexedConnection> {
        let mut connection = ::redis::Client::open(self.url())?.get_multiplexed_async_connection().await?;
        let _: () = ::redis::cmd("PING").query_async(&mut connection).await?;
        Ok(connection)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// A key prefix no other test of this process uses.
pub fn fresh_namespace() -> String {
    format!("test-{}-{}", std::process::id(), NAMES.fetch_add(1, Ordering::Relaxed))
}

fn installed() -> Option<PathBuf> {
    let found = program("redis-server");
    if found.is_none() {
        skip(Server::Redis, "install the package `redis-server`");
    }
    found
}
