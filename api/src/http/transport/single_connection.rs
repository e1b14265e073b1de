//! The single connection mode of `graphql-sse`, for browsers that open six connections at most: a client reserves a
//! stream (PUT), fetches it (GET), and sends operations that are answered on it (POST), until it ends them (DELETE).
//! A stream lives in one process: a load balancer must keep a client with its process.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::http::front::Front;
use crate::http::gate::caller::Caller;
use crate::http::limits::{KEEP_ALIVE, SOCKET_BACKLOG, SOCKET_ID_MAX, SOCKET_OPERATIONS_MAX};
use crate::http::operation::{self, Carries};
use crate::http::refusal::{Code, Refusal};
use crate::http::transport::answer::Answer;
use crate::http::transport::graphql_route::{self, anonymous, refuse, respond, text};
use crate::http::transport::negotiate::Media;
use crate::http::transport::params::Params;
use crate::http::transport::streams::Place;

/// The header that names a stream; pages of other origins may send it.
pub(crate) const TOKEN: &str = "x-graphql-event-stream-token";
/// Time for a client to fetch the stream it reserved.
const FETCH_WITHIN: Duration = Duration::from_secs(10);

type Running = Arc<Mutex<HashMap<String, AbortHandle>>>;

/// The streams that were reserved, by their tokens. Their number is bounded by that of sockets.
#[derive(Default)]
pub(crate) struct Connections(Mutex<HashMap<String, Connection>>);

struct Connection {
    subject: Option<String>,
    inlet: mpsc::Sender<Bytes>,
    /// Gone once the stream was fetched.
    outlet: Option<mpsc::Receiver<Bytes>>,
    running: Running,
    _place: Place,
}

impl Drop for Connection {
    fn drop(&mut self) {
        for (_, task) in locked(&self.running).drain() {
            task.abort();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// PUT: reserves a stream and answers with its token.
pub(crate) async fn reserve(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = match identified(&front, &parts.headers, &parts.extensions, peer).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    let place = match front.streams.socket(caller.address) {
        Ok(place) => place,
        Err(full) => return refuse(&full.into(), Media::Json, &caller),
    };
    let (inlet, outlet) = mpsc::channel(SOCKET_BACKLOG);
    let subject = caller.subject().map(str::to_owned);
    let connection =
        Connection { subject, inlet, outlet: Some(outlet), running: Running::default(), _place: place };
    let token = (front.parts.one_time_token)();
    locked(&front.connections.0).insert(token.clone(), connection);
    // A stream that nobody fetches would hold its place for ever.
    tokio::spawn({
        let token = token.clone();
        async move {
            tokio::time::sleep(FETCH_WITHIN).await;
            let mut connections = locked(&front.connections.0);
            if connections.get(&token).is_some_and(|connection| connection.outlet.is_some()) {
                connections.remove(&token);
            }
        }
    });
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::CREATED, plain, token).into_response()
}

/// GET: the stream itself; whoever knows the token is let in, because an `EventSource` sends no other header.
pub(crate) async fn fetch(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let Some(token) = named(request.headers(), query) else {
        return graphql_route::get(State(front), ConnectInfo(peer), request).await;
    };
    let caller = anonymous(&front, request.headers(), request.extensions(), peer);
    let outlet = locked(&front.connections.0).get_mut(&token).map(|connection| connection.outlet.take());
    match outlet {
        Some(Some(outlet)) => {
            respond(StatusCode::OK, Media::EventStream, body(front, token, outlet), &caller)
        }
        Some(None) => {
            refuse(&Refusal::because(Code::BadRequest, "The stream is open already."), Media::Json, &caller)
        }
        None => refuse(&unknown(), Media::Json, &caller),
    }
}

/// POST: runs an operation whose answers come on the stream; without a token it is answered as anywhere.
pub(crate) async fn operate(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let Some(token) = named(request.headers(), "") else {
        return graphql_route::post(State(front), ConnectInfo(peer), request).await;
    };
    let (parts, body) = request.into_parts();
    let caller = match identified(&front, &parts.headers, &parts.extensions, peer).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    let begun = async {
        let params = graphql_route::params(&front, &parts.headers, body).await?;
        begin(&front, &token, params, &caller)
    };
    match begun.await {
        Ok(()) => (StatusCode::ACCEPTED, [(header::CACHE_CONTROL, "no-store")]).into_response(),
        Err(refusal) => refuse(&refusal, Media::GraphqlResponse, &caller),
    }
}

/// DELETE: ends an operation.
pub(crate) async fn end(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let caller = anonymous(&front, request.headers(), request.extensions(), peer);
    let query = request.uri().query().unwrap_or_default();
    let operation = parameter(query, "operationId");
    let running = named(request.headers(), query).and_then(|token| {
        locked(&front.connections.0).get(&token).map(|connection| connection.running.clone())
    });
    let (Some(running), Some(operation)) = (running, operation) else {
        return refuse(&unknown(), Media::Json, &caller);
    };
    if let Some(task) = locked(&running).remove(&operation) {
        task.abort();
    }
    StatusCode::OK.into_response()
}

fn begin(front: &Arc<Front>, token: &str, params: Params, caller: &Caller) -> Result<(), Refusal> {
    let id = params.extensions.as_ref().and_then(|extensions| extensions.get("operationId")?.as_str());
    let id = id.filter(|id| !id.is_empty() && id.len() <= SOCKET_ID_MAX).map(str::to_owned);
    let id = id.ok_or_else(|| Refusal::because(Code::BadRequest, "`extensions.operationId` is missing."))?;
    let (inlet, running) = {
        let connections = locked(&front.connections.0);
        let connection = connections.get(token).ok_or_else(unknown)?;
        if connection.subject.as_deref() != caller.subject() {
            return Err(Code::Forbidden.into());
        }
        (connection.inlet.clone(), connection.running.clone())
    };
    {
        let running = locked(&running);
        if running.contains_key(&id) {
            return Err(Refusal::because(Code::BadRequest, "An operation of this id runs already."));
        }
        if running.len() >= SOCKET_OPERATIONS_MAX {
            let message = format!("A stream runs at most {SOCKET_OPERATIONS_MAX} operations at once.");
            return Err(Refusal::because(Code::RateLimited, message));
        }
    }
    let carries = Carries { mutations: true, subscriptions: true };
    let answers: BoxStream<'static, Answer> = match operation::prepare(front, params, caller, carries) {
        Ok(prepared) => operation::stream(front.clone(), prepared, caller.clone())?,
        // Transport and caller are fine: what is wrong with the document is its answer.
        Err(refusal) if refusal.code.concerns_document() => {
            let refused = Answer::refused(&refusal, caller);
            stream::once(async move { refused }).boxed()
        }
        Err(refusal) => return Err(refusal),
    };
    // The task removes itself at its end, so it must not end before it is known.
    let mut known = locked(&running);
    let task = tokio::spawn(forward(id.clone(), answers, inlet, running.clone()));
    known.insert(id, task.abort_handle());
    Ok(())
}

async fn forward(
    id: String,
    mut answers: BoxStream<'static, Answer>,
    inlet: mpsc::Sender<Bytes>,
    running: Running,
) {
    // A text always serialises.
    let quoted = serde_json::to_vec(&id).unwrap_or_default();
    while let Some(answer) = answers.next().await {
        let frame = [b"event: next\ndata: {\"id\":", &*quoted, b",\"payload\":", &answer.to_json(), b"}\n\n"]
            .concat();
        if inlet.send(frame.into()).await.is_err() {
            return;
        }
    }
    locked(&running).remove(&id);
    let frame = [b"event: complete\ndata: {\"id\":", &*quoted, b"}\n\n"].concat();
    let _ = inlet.send(frame.into()).await;
}

/// Ends a stream when its client goes: nothing of it is left.
struct Guard(Arc<Front>, String);

impl Drop for Guard {
    fn drop(&mut self) {
        let gone = locked(&self.0.connections.0).remove(&self.1);
        drop(gone);
    }
}

fn body(front: Arc<Front>, token: String, outlet: mpsc::Receiver<Bytes>) -> Body {
    let stopped = front.parts.stop.clone().cancelled_owned();
    let guard = Guard(front, token);
    let opening = stream::once(async { Bytes::from_static(b":\n\n") });
    let frames = stream::unfold((outlet, guard), |(mut outlet, guard)| async move {
        let frame = match tokio::time::timeout(KEEP_ALIVE, outlet.recv()).await {
            Ok(frame) => frame?,
            Err(_) => Bytes::from_static(b":\n\n"),
        };
        Some((frame, (outlet, guard)))
    });
    Body::from_stream(opening.chain(frames).take_until(stopped).map(Ok::<_, Infallible>))
}

/// The caller with its token judged; a stranger only where strangers may ask.
#[allow(clippy::result_large_err)] // The other answer is as large.
async fn identified(
    front: &Front,
    headers: &HeaderMap,
    extensions: &axum::http::Extensions,
    peer: SocketAddr,
) -> Result<Caller, Response> {
    let mut caller = anonymous(front, headers, extensions, peer);
    let verified = operation::identify(front, &caller, text(headers, &header::AUTHORIZATION)).await;
    caller.verified = verified.map_err(|refusal| refuse(&refusal, Media::Json, &caller))?;
    if caller.verified.is_none() && !front.config.anonymous_introspection {
        return Err(refuse(&Code::Unauthenticated.into(), Media::Json, &caller));
    }
    Ok(caller)
}

fn unknown() -> Refusal {
    Refusal::because(Code::BadRequest, "There is no such stream: reserve one by PUT.")
}

fn named(headers: &HeaderMap, query: &str) -> Option<String> {
    let header = headers.get(TOKEN).and_then(|token| token.to_str().ok()).map(str::to_owned);
    header.or_else(|| parameter(query, "token"))
}

fn parameter(query: &str, wanted: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
}
