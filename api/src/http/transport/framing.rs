//! Several answers in one body: server-sent events (the distinct connections mode of `graphql-sse`),
//! or Apollo's multipart protocol for subscriptions over HTTP.

use std::convert::Infallible;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};

use crate::http::limits::KEEP_ALIVE;
use crate::http::transport::answer::Answer;

/// Bytes around and between the answers in a body.
pub(crate) struct Framing {
    /// Sent at once, so that proxies and clients see the headers.
    opening: &'static [u8],
    /// Sent in silence, so that proxies do not take the connection for dead.
    heartbeat: &'static [u8],
    end: &'static [u8],
    frame: fn(&Answer) -> Vec<u8>,
}

/// The framing of `text/event-stream`.
pub(crate) const EVENTS: Framing =
    Framing { opening: b":\n\n", heartbeat: b":\n\n", end: b"event: complete\ndata: \n\n", frame: event };

/// `multipart/mixed; boundary=graphql; subscriptionSpec=1.0`.
pub(crate) const MULTIPART: Framing = Framing {
    opening: b"\r\n--graphql",
    heartbeat: b"\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql",
    end: b"--\r\n",
    frame: part,
};

impl Framing {
    /// One answer and the end.
    pub(crate) fn single(&self, answer: &Answer) -> Body {
        Body::from([self.opening, &(self.frame)(answer), self.end].concat())
    }

    /// Each answer as it comes, heartbeats in between, and the end.
    pub(crate) fn body(&'static self, answers: BoxStream<'static, Answer>) -> Body {
        let opening = stream::once(async { Bytes::from_static(self.opening) });
        let frames = stream::unfold(Some(answers), move |answers| async move {
            let mut answers = answers?;
            match tokio::time::timeout(KEEP_ALIVE, answers.next()).await {
                Ok(Some(answer)) => Some((Bytes::from((self.frame)(&answer)), Some(answers))),
                Ok(None) => Some((Bytes::from_static(self.end), None)),
                Err(_) => Some((Bytes::from_static(self.heartbeat), Some(answers))),
            }
        });
        Body::from_stream(opening.chain(frames).map(Ok::<_, Infallible>))
    }
}

fn event(answer: &Answer) -> Vec<u8> {
    // JSON has no raw line break, so one `data:` line holds it.
    let id = answer.event_id.as_ref().map_or_else(String::new, |id| format!("id: {id}\n"));
    [id.as_bytes(), b"event: next\ndata: ", answer.to_json().as_slice(), b"\n\n"].concat()
}

/// The boundary stands behind each part: a client may use the part as soon as it sees it.
fn part(answer: &Answer) -> Vec<u8> {
    let head: &[u8] = b"\r\ncontent-type: application/json\r\n\r\n{\"payload\":";
    // Without data the subscription itself failed; the protocol puts that beside the payload.
    let (payload, tail) = if answer.data.is_some() {
        (answer.to_json(), b"}".to_vec())
    } else {
        let errors = serde_json::to_vec(&answer.errors).unwrap_or_default();
        (b"null".to_vec(), [b",\"errors\":", errors.as_slice(), b"}"].concat())
    };
    [head, &payload, &tail, b"\r\n--graphql"].concat()
}
