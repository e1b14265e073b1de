//! A private S3 service: `moto_server` (of the Python package `moto[server]`), which speaks the protocol over HTTP and
//! keeps everything in memory.

use std::io::Write as _;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use tokio::time::{Instant, sleep};

use crate::need::{Server, program, skip};
use crate::server::{ServerProcess, free_port, private_directory};

/// How long it may take to answer: it is an interpreted program.
const START_LIMIT: Duration = Duration::from_secs(60);
/// The bucket there is.
pub const BUCKET: &str = "partner-center-test";

/// A running service with one bucket.
#[derive(Debug)]
pub struct S3 {
    port: u16,
    _process: ServerProcess,
}

impl S3 {
    /// Starts one; `None` (and the test skipped) where it is not installed.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn own() -> Option<S3> {
        let Some(program) = program("moto_server") else {
            skip(Server::S3, "no moto_server on the path (pip install 'moto[server]')");
            return None;
        };
        Some(S3::start(Command::new(program)).await.expect("a private S3 service starts"))
    }

    /// `http://127.0.0.1:port`
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn start(mut command: Command) -> Result<S3> {
        let (directory, port) = (private_directory("s3")?, free_port()?);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        let log = directory.join("log");
        let mut process =
            ServerProcess::start(command, rustix::process::Signal::KILL, &log, Some(&directory))?;
        let deadline = Instant::now() + START_LIMIT;
        while make_bucket(port).is_err() {
            process.require_alive()?;
            anyhow::ensure!(Instant::now() < deadline, "the S3 service does not answer");
            sleep(Duration::from_millis(100)).await;
        }
        Ok(S3 { port, _process: process })
    }
}

/// Asks for the bucket; signatures are not looked at.
fn make_bucket(port: u16) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(
        stream,
        "PUT /{BUCKET} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer)?;
    anyhow::ensure!(answer.contains(" 200 "), "{answer}");
    Ok(())
}
