//! One WebSocket from `connection_init` to its close. One task owns the socket; each operation is
//! a task of its own that hands its answers over a short queue, so a slow reader slows only itself.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::StreamExt;
use serde_json::{Map, Value};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::{Instant, MissedTickBehavior};

use crate::http::front::Front;
use crate::http::gate::caller::{Caller, RequestId};
use crate::http::limits::{
    KEEP_ALIVE, SOCKET_BACKLOG, SOCKET_INIT_TIMEOUT, SOCKET_MESSAGE_MAX, SOCKET_OPERATIONS_MAX,
};
use crate::http::operation::{self, Carries};
use crate::http::refusal::{Code, Refusal};
use crate::http::transport::answer::Answer;
use crate::http::transport::params::Params;
use crate::http::transport::socket_message::{self, ClientMessage, Close, ServerMessage, authorization};

/// Time for one message to leave; a reader slower than this is gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// Time for the other side to answer a close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// Silent keep-alive rounds after which the other side is taken for dead.
const SILENT_ROUNDS_MAX: u32 = 3;

pub(super) struct Session {
    front: Arc<Front>,
    caller: Caller,
    /// The `Authorization` header of the upgrade, used when `connection_init` brings none.
    header: Option<String>,
    ready: bool,
    running: HashMap<String, Running>,
    /// Operations started so far: tells an operation from an earlier one of the same id.
    started: u64,
    outbox: mpsc::Sender<Outgoing>,
    inbox: Option<mpsc::Receiver<Outgoing>>,
}

struct Running {
    serial: u64,
    task: AbortHandle,
}

/// From an operation's task; `None` is its end.
struct Outgoing {
    id: String,
    serial: u64,
    answer: Option<Answer>,
}

/// Step after an event: go on, answer, close, or forget the socket.
enum Next {
    Go,
    Say(String),
    Close(Close),
    Gone,
}

impl Session {
    pub(super) fn new(front: Arc<Front>, caller: Caller, header: Option<String>) -> Self {
        let (outbox, inbox) = mpsc::channel(SOCKET_BACKLOG);
        let running = HashMap::new();
        Self { front, caller, header, ready: false, running, started: 0, outbox, inbox: Some(inbox) }
    }

    pub(super) async fn run(mut self, mut socket: WebSocket) {
        let Some(mut inbox) = self.inbox.take() else { return };
        let stop = self.front.parts.stop.clone();
        let deadline = tokio::time::sleep(SOCKET_INIT_TIMEOUT);
        tokio::pin!(deadline);
        let mut keep_alive = tokio::time::interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
        keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silent_rounds = 0;
        loop {
            let was_ready = self.ready;
            let next = tokio::select! {
                received = socket.recv() => {
                    silent_rounds = 0;
                    self.received(received).await
                }
                Some(outgoing) = inbox.recv() => self.outgoing(outgoing),
                // Before `connection_init` its time limit, afterwards the end of the token.
                () = &mut deadline => {
                    Next::Close(if self.ready { Close::Forbidden } else { Close::InitTimeout })
                }
                () = stop.cancelled() => Next::Close(Close::GoingAway),
                _ = keep_alive.tick() => {
                    silent_rounds += 1;
                    if silent_rounds > SILENT_ROUNDS_MAX || !send(&mut socket, Message::Ping("".into())).await {
                        Next::Gone
                    } else {
                        Next::Go
                    }
                }
            };
            if self.ready && !was_ready {
                let left = operation::time_left(&self.front, &self.caller);
                deadline.as_mut().reset(Instant::now() + left);
            }
            match next {
                Next::Go => {}
                Next::Say(text) => {
                    if !send(&mut socket, Message::Text(text.into())).await {
                        break;
                    }
                }
                Next::Close(reason) => {
                    close(&mut socket, reason).await;
                    break;
                }
                Next::Gone => {
                    finish(&mut socket).await;
                    break;
                }
            }
        }
    }

    async fn received(&mut self, received: Option<Result<Message, axum::Error>>) -> Next {
        let text = match received {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Next::Go,
            Some(Ok(Message::Binary(_))) => return Next::Close(Close::BadMessage),
            // What the library refuses to read is past twice our own limit, or no WebSocket.
            Some(Err(_)) => return Next::Close(Close::MessageTooBig),
            Some(Ok(Message::Close(_))) | None => return Next::Gone,
        };
        if text.len() > SOCKET_MESSAGE_MAX {
            return Next::Close(Close::MessageTooBig);
        }
        match ClientMessage::parse(&text) {
            None => Next::Close(Close::BadMessage),
            Some(ClientMessage::ConnectionInit { .. }) if self.ready => Next::Close(Close::TooManyInits),
            Some(ClientMessage::ConnectionInit { payload }) => self.init(payload.as_ref()).await,
            Some(ClientMessage::Ping { payload }) => Next::Say(ServerMessage::Pong { payload }.to_text()),
            Some(ClientMessage::Pong { .. }) => Next::Go,
            Some(ClientMessage::Subscribe { .. }) if !self.ready => Next::Close(Close::Unauthorized),
            Some(ClientMessage::Subscribe { id, payload }) => self.subscribe(id, payload),
            Some(ClientMessage::Complete { id }) => {
                if let Some(running) = self.running.remove(&id) {
                    running.task.abort();
                }
                Next::Go
            }
        }
    }

    async fn init(&mut self, payload: Option<&Map<String, Value>>) -> Next {
        let sent = authorization(payload).or_else(|| self.header.take());
        match operation::identify(&self.front, &self.caller, sent.as_deref()).await {
            Ok(None) if !self.front.config.anonymous_introspection => Next::Close(Close::Forbidden),
            Ok(verified) => {
                self.caller.verified = verified;
                self.ready = true;
                Next::Say(ServerMessage::ConnectionAck.to_text())
            }
            Err(_) => Next::Close(Close::Forbidden),
        }
    }

    fn subscribe(&mut self, id: String, params: Params) -> Next {
        if self.running.contains_key(&id) {
            return Next::Close(Close::OperationExists);
        }
        self.started += 1;
        let serial = self.started;
        // Each operation has a request id of its own, which begins with the socket's.
        let mut caller = self.caller.clone();
        caller.request_id = RequestId(format!("{}.{serial}", self.caller.request_id.0));
        let answers = self.admit(params, &caller);
        let mut answers = match answers {
            Ok(answers) => answers,
            Err(refusal) => {
                let refused = Answer::refused(&refusal, &caller);
                return Next::Say(ServerMessage::Error { id: &id, payload: &refused.errors }.to_text());
            }
        };
        let outbox = self.outbox.clone();
        let task = tokio::spawn({
            let id = id.clone();
            async move {
                while let Some(answer) = answers.next().await {
                    if outbox.send(Outgoing { id: id.clone(), serial, answer: Some(answer) }).await.is_err() {
                        return;
                    }
                }
                let _ = outbox.send(Outgoing { id, serial, answer: None }).await;
            }
        });
        self.running.insert(id, Running { serial, task: task.abort_handle() });
        Next::Go
    }

    fn admit(
        &self,
        params: Params,
        caller: &Caller,
    ) -> Result<futures_util::stream::BoxStream<'static, Answer>, Refusal> {
        if self.running.len() >= SOCKET_OPERATIONS_MAX {
            let message = format!("A socket runs at most {SOCKET_OPERATIONS_MAX} operations at once.");
            return Err(Refusal::because(Code::RateLimited, message));
        }
        let carries = Carries { mutations: true, subscriptions: true };
        let prepared = operation::prepare(&self.front, params, caller, carries)?;
        operation::stream(self.front.clone(), prepared, caller.clone())
    }

    fn outgoing(&mut self, outgoing: Outgoing) -> Next {
        let Outgoing { id, serial, answer } = outgoing;
        // The client may have completed the operation, and even reused its id, meanwhile.
        if self.running.get(&id).is_none_or(|running| running.serial != serial) {
            return Next::Go;
        }
        match answer {
            Some(answer) if answer.data.is_none() => {
                if let Some(running) = self.running.remove(&id) {
                    running.task.abort();
                }
                Next::Say(ServerMessage::Error { id: &id, payload: &answer.errors }.to_text())
            }
            Some(answer) => Next::Say(socket_message::next(&id, &answer)),
            None => {
                self.running.remove(&id);
                Next::Say(ServerMessage::Complete { id: &id }.to_text())
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for running in self.running.values() {
            running.task.abort();
        }
    }
}

/// `false` when the other side is gone or does not read.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await, Ok(Ok(())))
}

/// Says why and leaves.
pub(super) async fn close(socket: &mut WebSocket, reason: Close) {
    let (code, reason) = reason.code_and_reason();
    if send(socket, Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await {
        finish(socket).await;
    }
}

/// Reads on until the other side has left too: its close is answered, and ours is not lost to a
/// reset of the connection.
async fn finish(socket: &mut WebSocket) {
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = tokio::time::timeout(CLOSE_TIMEOUT, rest).await;
}
