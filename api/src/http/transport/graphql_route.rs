//! `POST /graphql` and `GET /graphql`: the transport rules of GraphQL over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use apollo_compiler::executable::OperationType;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::http::front::Front;
use crate::http::gate::caller::{self, Caller, RequestId};
use crate::http::gate::rate_limit;
use crate::http::limits::{BODY_MAX, URL_QUERY_MAX};
use crate::http::operation::{self, Carries};
use crate::http::refusal::{Code, Refusal};
use crate::http::transport::answer::Answer;
use crate::http::transport::framing::{EVENTS, MULTIPART};
use crate::http::transport::negotiate::{self, Media};
use crate::http::transport::params::Params;
use crate::links::base_of;

/// Headers a page of another site can only send after asking (CORS preflight).
const PREFLIGHT_HEADERS: [&str; 4] =
    ["authorization", "graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name"];

/// Answers a POST.
pub(crate) async fn post(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let caller = anonymous(&front, &parts.headers, &parts.extensions, peer);
    let Some(media) = negotiate::accept(text(&parts.headers, &header::ACCEPT)) else {
        return refuse(&Code::NotAcceptable.into(), Media::Json, &caller);
    };
    match params(&front, &parts.headers, body).await {
        Ok(params) => {
            let carries = Carries { mutations: true, subscriptions: media.streams() };
            answer(front, params, &parts.headers, caller, media, carries).await
        }
        Err(refusal) => refuse(&refusal, media, &caller),
    }
}

/// The parameters in the body of a POST.
pub(crate) async fn params(front: &Front, headers: &HeaderMap, body: Body) -> Result<Params, Refusal> {
    if !negotiate::is_json_body(text(headers, &header::CONTENT_TYPE)) {
        return Err(Code::UnsupportedMediaType.into());
    }
    let length = text(headers, &header::CONTENT_LENGTH).and_then(|l| l.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY_MAX) {
        return Err(Code::PayloadTooLarge.into());
    }
    Params::from_body(&read(body, front.config.body_timeout).await?)
}

/// Answers a GET that is no WebSocket upgrade.
pub(crate) async fn get(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = anonymous(&front, &parts.headers, &parts.extensions, peer);
    let Some(media) = negotiate::accept(text(&parts.headers, &header::ACCEPT)) else {
        return refuse(&Code::NotAcceptable.into(), Media::Json, &caller);
    };
    let query = parts.uri.query().unwrap_or_default();
    let params = if query.len() > URL_QUERY_MAX {
        Err(Code::UriTooLong.into())
    } else if !asks_first(&parts.headers) {
        let message =
            "A GET needs the header `graphql-require-preflight`, so that other sites cannot send it.";
        Err(Refusal::because(Code::BadRequest, message))
    } else {
        Params::from_query_string(query)
    };
    match params {
        Ok(params) => {
            let carries = Carries { mutations: false, subscriptions: media.streams() };
            answer(front, params, &parts.headers, caller, media, carries).await
        }
        Err(refusal) => refuse(&refusal, media, &caller),
    }
}

/// `true` when no page of another site can have sent this GET without a preflight.
fn asks_first(headers: &HeaderMap) -> bool {
    let fetch = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    // Browsers send the site with the mode. Who sends the mode alone is a program, e.g. Node's `fetch`.
    let own_page = matches!(fetch("sec-fetch-mode"), Some("cors" | "same-origin"))
        && fetch("sec-fetch-site").is_none_or(|site| site != "cross-site");
    own_page
        || PREFLIGHT_HEADERS.iter().any(|name| headers.contains_key(*name))
        || negotiate::is_json_body(text(headers, &header::CONTENT_TYPE))
}

async fn read(body: Body, patience: Duration) -> Result<bytes::Bytes, Refusal> {
    let collected = tokio::time::timeout(patience, Limited::new(body, BODY_MAX).collect()).await;
    match collected {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Code::PayloadTooLarge.into()),
        Ok(Err(_)) => Err(Refusal::because(Code::BadRequest, "The body broke off.")),
        Err(_) => Err(Code::RequestTimeout.into()),
    }
}

async fn answer(
    front: Arc<Front>,
    params: Params,
    headers: &HeaderMap,
    mut caller: Caller,
    media: Media,
    carries: Carries,
) -> Response {
    let authorization = text(headers, &header::AUTHORIZATION);
    let response = match operation::identify(&front, &caller, authorization).await {
        Ok(verified) => {
            caller.verified = verified;
            run(&front, params, &caller, media, carries).await
        }
        Err(refusal) => refuse(&refusal, media, &caller),
    };
    rate_limit::tell(&front, &caller, response)
}

async fn run(
    front: &Arc<Front>,
    params: Params,
    caller: &Caller,
    media: Media,
    carries: Carries,
) -> Response {
    let prepared = match operation::prepare(front, params, caller, carries) {
        Ok(prepared) => prepared,
        // Clients of event streams read events, not bodies, once transport and caller are fine.
        Err(refusal) if media == Media::EventStream && refusal.code.concerns_document() => {
            return respond(StatusCode::OK, media, EVENTS.single(&Answer::refused(&refusal, caller)), caller);
        }
        Err(refusal) => return refuse(&refusal, media, caller),
    };
    let framing = match media {
        Media::EventStream => Some(&EVENTS),
        Media::Multipart if prepared.kind == OperationType::Subscription => Some(&MULTIPART),
        _ => None,
    };
    if let Some(framing) = framing {
        return match operation::stream(front.clone(), prepared, caller.clone()) {
            Ok(answers) => respond(StatusCode::OK, media, framing.body(answers), caller),
            Err(refusal) => refuse(&refusal, media, caller),
        };
    }
    let media = media.of_one_answer();
    match operation::run(front, prepared, caller).await {
        Ok(answer) => {
            let ran = answer.data.is_some() || media == Media::Json;
            let status = if ran { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            respond(status, media, Body::from(answer.to_json()), caller)
        }
        Err(refusal) => refuse(&refusal, media, caller),
    }
}

/// The caller before the token is looked at.
pub(crate) fn anonymous(
    front: &Front,
    headers: &HeaderMap,
    extensions: &axum::http::Extensions,
    peer: SocketAddr,
) -> Caller {
    let request_id = extensions.get::<RequestId>().cloned();
    Caller {
        verified: None,
        lang: caller::lang(headers),
        request_id: request_id.unwrap_or_else(|| caller::request_id(headers)),
        address: caller::address(headers, peer.ip(), front.config.trusted_proxies),
        traceparent: caller::traceparent(headers),
        last_event_id: text(headers, &HeaderName::from_static("last-event-id")).map(str::to_owned),
        base: front.config.public_url.clone().or_else(|| base_of(headers, front.config.trusted_proxies > 0)),
    }
}

pub(crate) fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// The answer to a refused request. Event streams get it as JSON: there is no stream yet.
pub(crate) fn refuse(refusal: &Refusal, media: Media, caller: &Caller) -> Response {
    let media = media.of_one_answer();
    let lenient = media == Media::Json && refusal.code.concerns_document();
    let status = if lenient { StatusCode::OK } else { refusal.code.status() };
    let body = Body::from(Answer::refused(refusal, caller).to_json());
    let mut response = respond(status, media, body, caller);
    let headers = response.headers_mut();
    match refusal.code {
        Code::Unauthenticated => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Code::MethodNotAllowed => {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        _ => {}
    }
    if let Some(seconds) = refusal.retry_after_s {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

pub(crate) fn respond(status: StatusCode, media: Media, body: Body, caller: &Caller) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    // An event stream that is not kept anyway says so in the words its clients look for.
    let cache = if media == Media::EventStream { "no-cache" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(caller.lang.tag()));
    if media.streams() {
        // Proxies that buffer would hold events back.
        headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    }
    response
}
