//! The layers that every request passes, whatever its path: a request id, the header limit, and a net under
//! panics.

use std::panic::AssertUnwindSafe;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;

use super::limits::HEADERS_MAX;
use super::refusal::Code;
use crate::http::gate::caller::{self, Caller};
use crate::http::transport::graphql_route::refuse;
use crate::http::transport::negotiate::Media;

/// The name of the request id, in both directions.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps the handling of one request.
pub(crate) async fn wrap(mut request: Request<Body>, next: Next) -> Response {
    let id = caller::request_id(request.headers());
    let caller = Caller {
        verified: None,
        lang: caller::lang(request.headers()),
        request_id: id.clone(),
        address: std::net::Ipv4Addr::UNSPECIFIED.into(),
        traceparent: None,
        base: None,
        last_event_id: None,
    };
    let mut response = if header_bytes(request.headers()) > HEADERS_MAX {
        refuse(&Code::HeadersTooLarge.into(), Media::Json, &caller)
    } else {
        request.extensions_mut().insert(id.clone());
        match AssertUnwindSafe(next.run(request)).catch_unwind().await {
            Ok(response) => response,
            Err(_) => {
                tracing::error!(request_id = id.0, "a request panicked");
                refuse(&Code::Internal.into(), Media::Json, &caller)
            }
        }
    };
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let nosniff = HeaderValue::from_static("nosniff");
    response.headers_mut().entry("x-content-type-options").or_insert(nosniff);
    response
}

/// All header lines as they came: `name: value` and the line end.
fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}
