//! The load: keep-alive connections that each send the next request as soon as they have an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Clients at once.
pub(crate) const CLIENTS: usize = 16;
/// Time for caches and pools to fill.
const WARM_UP: Duration = Duration::from_secs(1);
/// Time that is measured.
const MEASURED: Duration = Duration::from_secs(4);
/// Largest answer that is read, in bytes.
const ANSWER_MAX: usize = 4 << 20;

/// The request of a number.
pub(crate) type Requests = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// Requests a second that a server answers with 200.
pub(crate) fn requests_per_second(address: &str, requests: Requests) -> Result<f64> {
    let address = address.to_owned();
    // One thread of its own: the same generator, and the same part of the machine, for whoever is measured.
    let generator = std::thread::spawn(move || -> Result<f64> {
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(all(&address, requests))
    });
    generator.join().ok().context("the load ended early")?
}

async fn all(address: &str, requests: Requests) -> Result<f64> {
    let next = Arc::new(AtomicU64::new(0));
    let from = Instant::now() + WARM_UP;
    let clients = (0..CLIENTS).map(|_| client(address, &requests, &next, from, from + MEASURED));
    let counts = futures_util::future::try_join_all(clients).await?;
    Ok(counts.iter().sum::<u64>() as f64 / MEASURED.as_secs_f64())
}

async fn client(
    address: &str,
    requests: &Requests,
    next: &AtomicU64,
    from: Instant,
    until: Instant,
) -> Result<u64> {
    let mut connection = Connection::open(address).await?;
    let mut count = 0;
    while Instant::now() < until {
        let answer = connection.ask(&requests(next.fetch_add(1, Ordering::Relaxed))).await?;
        ensure!(!answer.starts_with(b"{\"errors\""), "{}", String::from_utf8_lossy(answer));
        let now = Instant::now();
        count += u64::from(now >= from && now < until);
    }
    Ok(count)
}

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(1 << 16) })
    }

    /// Sends a request and gives the body of its answer, which must be 200.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (head, length) = loop {
            self.read().await?;
            if let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break (end + 4, content_length(&self.buffer[..end])?);
            }
        };
        while self.buffer.len() < head + length {
            self.read().await?;
        }
        let body = &self.buffer[head..head + length];
        let ok = self.buffer.starts_with(b"HTTP/1.1 200");
        ensure!(ok, "{}", String::from_utf8_lossy(&self.buffer[..head.max(200).min(self.buffer.len())]));
        Ok(body)
    }

    async fn read(&mut self) -> Result<()> {
        ensure!(self.buffer.len() < ANSWER_MAX, "the answer has no end");
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

fn content_length(head: &[u8]) -> Result<usize> {
    let head = std::str::from_utf8(head)?;
    let line = head.lines().filter_map(|line| line.split_once(':'));
    let value = line.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Ok(value.context("an answer without a length")?.1.trim().parse()?)
}

/// A POST of JSON.
pub(crate) fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The bytes of a GET request.
pub(crate) fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes()
}
