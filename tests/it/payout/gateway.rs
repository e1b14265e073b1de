//! A payout gateway of the tests: a server of its own, which keeps what a gateway would keep, checks signatures, and
//! answers late, wrong or not at all when it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use domain::money::payout::Gateway;
use domain::money::payout::signature::{SIGNATURE, TIMESTAMP, sign};
use domain::{Clock, Store};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What both sides know.
pub(crate) const SECRET: &str = "a secret of the tests, 32 bytes long";
/// Long enough for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// How it treats the next order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Does it and answers.
    Good,
    /// Does it and answers nothing while anybody listens.
    Late,
    /// Does it and closes the connection.
    Cut,
    /// Does it and says 500.
    BrokenAfter,
    /// Does it and answers what nobody understands.
    Garbage,
    /// Closes the connection and does nothing.
    Refused,
    /// Does nothing and answers with this status, without a code.
    Says(u16),
    /// Does nothing, for a reason with a code: 422.
    Refuse(&'static str),
}

/// How a payment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Paid,
    Pending,
    Failed,
}

#[derive(Debug)]
pub(crate) struct Kept {
    /// How the next orders are treated; Good when there is none.
    pub(crate) modes: VecDeque<Mode>,
    /// How payments end.
    pub(crate) end: End,
    /// Every order that came in: path and key.
    pub(crate) seen: Vec<(String, String)>,
    /// Money that moved: request and key, once for each key.
    pub(crate) moved: Vec<(String, String)>,
    /// What is said about keys.
    pub(crate) ends: BTreeMap<String, End>,
    /// The last order.
    pub(crate) last: Value,
    /// Requests without a right signature.
    pub(crate) unsigned: usize,
}

#[derive(Debug)]
pub(crate) struct TestGateway {
    pub(crate) url: String,
    kept: Arc<Mutex<Kept>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for TestGateway {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl TestGateway {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let kept = Kept {
            modes: VecDeque::new(),
            end: End::Paid,
            seen: vec![],
            moved: vec![],
            ends: BTreeMap::new(),
            last: Value::Null,
            unsigned: 0,
        };
        let kept = Arc::new(Mutex::new(kept));
        let shared = Arc::clone(&kept);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&shared);
                tokio::spawn(async move { serve(stream, &kept).await });
            }
        });
        Self { url, kept, task }
    }

    pub(crate) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    /// The next orders are treated so.
    pub(crate) fn will(&self, modes: &[Mode]) {
        self.kept().modes = modes.iter().copied().collect();
    }

    /// Itself as a process with this store reaches it.
    pub(crate) fn of(&self, store: &Store) -> Gateway {
        self.within(store, PATIENCE)
    }

    /// The same with as much patience.
    pub(crate) fn within(&self, store: &Store, patience: Duration) -> Gateway {
        gateway_at(&self.url, patience, store.clock.clone())
    }

    /// Money moved at most once for each request; returns how often it moved.
    pub(crate) fn moved_once(&self) -> usize {
        let kept = self.kept();
        let mut requests: Vec<_> = kept.moved.iter().map(|(request, _)| request).collect();
        requests.sort();
        let count = requests.len();
        requests.dedup();
        assert_eq!(requests.len(), count, "paid twice: {:?}", kept.moved);
        assert_eq!(kept.unsigned, 0);
        count
    }
}

fn gateway_at(url: &str, patience: Duration, clock: Clock) -> Gateway {
    worker::payout_gateway(url, SECRET.as_bytes(), patience, clock).unwrap()
}

/// A request of HTTP/1.1 as it came.
struct Asked {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header =
        |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: BTreeMap<_, _> = lines.filter_map(header).collect();
    let length: usize = headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut body = bytes[head + 4..].to_vec();
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some(Asked { method, path, headers, body })
}

async fn serve(mut stream: TcpStream, kept: &Mutex<Kept>) {
    let Some(asked) = read(&mut stream).await else { return };
    let (mode, status, body) = answer(&asked, &mut kept.lock().unwrap());
    match mode {
        Mode::Cut | Mode::Refused => return,
        Mode::Late => {
            // Until whoever asked goes away.
            let _ = stream.read(&mut [0]).await;
            return;
        }
        _ => {}
    }
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}

fn answer(asked: &Asked, kept: &mut Kept) -> (Mode, u16, String) {
    let header = |name: &str| asked.headers.get(name).cloned().unwrap_or_default();
    let made = sign(SECRET.as_bytes(), &header(TIMESTAMP), &asked.method, &asked.path, &asked.body);
    let path = asked.path.strip_prefix("/v1").unwrap_or_default().to_owned();
    if made != header(SIGNATURE) {
        kept.unsigned += 1;
        return (Mode::Good, 401, json!({ "code": "NOT_SIGNED" }).to_string());
    }
    let key = header("idempotency-key");
    if let Some(of) = path.strip_prefix("/payments/") {
        assert_eq!(of, key);
        let state = match kept.ends.get(&key) {
            None => "UNKNOWN",
            Some(End::Paid) => "PAID",
            Some(End::Pending) => "PENDING",
            Some(End::Failed) => "FAILED",
        };
        return (Mode::Good, 200, json!({ "state": state, "reason": "as asked" }).to_string());
    }
    kept.seen.push((path.clone(), key.clone()));
    let order: Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!(order["idempotencyKey"], json!(key));
    let mode = kept.modes.pop_front().unwrap_or(Mode::Good);
    match mode {
        Mode::Refused => return (mode, 0, String::new()),
        Mode::Says(status) => return (mode, status, "<html>".into()),
        Mode::Refuse(code) => {
            let message = format!("not to {}", order["partner"]["bankAccount"].as_str().unwrap());
            return (mode, 422, json!({ "code": code, "message": message }).to_string());
        }
        _ => {}
    }
    let request = order["requestId"].as_str().unwrap().to_owned();
    kept.last = order;
    let (status, body) = if path == "/payouts" {
        (201, json!({ "payoutNo": number_of(&key) }))
    } else {
        if !kept.ends.contains_key(&key) {
            kept.ends.insert(key.clone(), kept.end);
            kept.moved.push((request, key));
        }
        (if path == "/issues" { 201 } else { 202 }, json!({}))
    };
    match mode {
        Mode::BrokenAfter => (mode, 500, json!({ "code": "BROKEN" }).to_string()),
        Mode::Garbage => (mode, status, "<html>".into()),
        _ => (mode, status, body.to_string()),
    }
}

/// The number it gives to the payout of a key.
pub(crate) fn number_of(key: &str) -> String {
    format!("P-{key}")
}
