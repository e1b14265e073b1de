//! Answers as server-sent events: the distinct connections mode of the `graphql-sse` protocol.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};

use super::answer::Answer;
use super::limits::KEEP_ALIVE;

const COMPLETE: &[u8] = b"event: complete\ndata: \n\n";

/// One answer and the end.
pub(crate) fn single(answer: &Answer) -> Body {
    let mut bytes = next(answer);
    bytes.extend_from_slice(COMPLETE);
    Body::from(bytes)
}

/// One event an answer, a comment in silence, and the end.
pub(crate) fn body(answers: BoxStream<'static, Answer>) -> Body {
    body_with_pause(answers, KEEP_ALIVE)
}

fn body_with_pause(answers: BoxStream<'static, Answer>, pause: Duration) -> Body {
    // The first comment makes proxies and clients see the headers at once.
    let opening = stream::once(async { Bytes::from_static(b":\n\n") });
    let events = stream::unfold(Some(answers), move |answers| async move {
        let mut answers = answers?;
        match tokio::time::timeout(pause, answers.next()).await {
            Ok(Some(answer)) => Some((Bytes::from(next(&answer)), Some(answers))),
            Ok(None) => Some((Bytes::from_static(COMPLETE), None)),
            Err(_) => Some((Bytes::from_static(b":\n\n"), Some(answers))),
        }
    });
    Body::from_stream(opening.chain(events).map(Ok::<_, Infallible>))
}

fn next(answer: &Answer) -> Vec<u8> {
    // JSON has no raw line break, so one `data:` line holds it.
    let mut bytes = b"event: next\ndata: ".to_vec();
    bytes.extend_from_slice(&answer.to_json());
    bytes.extend_from_slice(b"\n\n");
    bytes
}
