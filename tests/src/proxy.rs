//! A wire to PostgreSQL that can be cut at the worst moment: after a COMMIT went out, before its answer came back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Bytes moved at once.
const BUFFER: usize = 64 * 1024;

/// Forwards connections to a server until it is dropped.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    cut: Arc<Cut>,
    task: tokio::task::JoinHandle<()>,
}

/// When to cut.
#[derive(Debug, Default)]
struct Cut {
    /// The COMMIT to cut at, counted down; nothing is cut below 1.
    at: AtomicI64,
    /// COMMITs seen.
    seen: AtomicUsize,
    done: AtomicUsize,
}

impl Proxy {
    /// A proxy to `127.0.0.1:to`.
    ///
    /// # Panics
    /// When no port can be listened on.
    pub async fn to(to: u16) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let cut = Arc::new(Cut::default());
        let shared = Arc::clone(&cut);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, to, Arc::clone(&shared)));
            }
        });
        Proxy { port, cut, task }
    }

    /// `url` with the proxy in place of its server.
    ///
    /// # Panics
    /// When it names no port.
    pub fn url(&self, url: &str) -> String {
        let (head, rest) = url.split_once("@127.0.0.1:").expect("a local server");
        let (_, database) = rest.split_once('/').expect("a database");
        format!("{head}@127.0.0.1:{}/{database}", self.port)
    }

    /// Cuts the connection of the `nth` COMMIT from now on, counted from 1, when the server has answered it.
    pub fn cut_at_commit(&self, nth: i64) {
        self.cut.at.store(nth, Ordering::SeqCst);
    }

    /// Connections cut so far.
    pub fn cuts(&self) -> usize {
        self.cut.done.load(Ordering::SeqCst)
    }

    /// COMMITs seen so far.
    pub fn commits(&self) -> usize {
        self.cut.seen.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn forward(client: TcpStream, to: u16, cut: Arc<Cut>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", to)).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let doomed = Arc::new(AtomicBool::new(false));
    let there = async {
        let mut buffer = vec![0; BUFFER];
        while let Ok(n @ 1..) = from_client.read(&mut buffer).await {
            if commits(&buffer[..n]) {
                cut.seen.fetch_add(1, Ordering::SeqCst);
                if cut.at.fetch_sub(1, Ordering::SeqCst) == 1 {
                    doomed.store(true, Ordering::SeqCst);
                }
            }
            if to_server.write_all(&buffer[..n]).await.is_err() {
                return;
            }
        }
    };
    let back = async {
        let mut buffer = vec![0; BUFFER];
        while let Ok(n @ 1..) = from_server.read(&mut buffer).await {
            if doomed.load(Ordering::SeqCst) {
                // The server has answered: what it was told to commit is there.
                cut.done.fetch_add(1, Ordering::SeqCst);
                return;
            }
            if to_client.write_all(&buffer[..n]).await.is_err() {
                return;
            }
        }
    };
    // Either end of the wire ends the whole.
    tokio::select! {
        () = there => {}
        () = back => {}
    }
}

/// A simple query `COMMIT`, or one that is parsed as a statement.
fn commits(bytes: &[u8]) -> bool {
    bytes.windows(7).any(|window| window == b"COMMIT\0")
}
