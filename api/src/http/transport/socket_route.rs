//! `GET /graphql` as a WebSocket: who may open one, and on which protocol.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::{HeaderMap, Request, header};
use axum::response::Response;

use crate::http::front::Front;
use crate::http::limits::SOCKET_MESSAGE_MAX;
use crate::http::refusal::Code;
use crate::http::transport::graphql_route::{self, anonymous, refuse, text};
use crate::http::transport::negotiate::Media;
use crate::http::transport::socket_message::{Close, PROTOCOL};
use crate::http::transport::socket_session;

/// A GET: an upgrade, or a query.
pub(crate) async fn get(
    State(front): State<Arc<Front>>,
    peer: ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response {
    let wants_upgrade = text(request.headers(), &header::UPGRADE)
        .is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket"));
    if !wants_upgrade {
        return graphql_route::get(State(front), peer, request).await;
    }
    let (mut parts, _) = request.into_parts();
    let caller = anonymous(&front, &parts.headers, &parts.extensions, peer.0);
    if !same_or_allowed_origin(&parts.headers, &front.config.allowed_origins) {
        return refuse(&Code::Forbidden.into(), Media::Json, &caller);
    }
    let place = match front.streams.socket(caller.address) {
        Ok(place) => place,
        Err(full) => return refuse(&full.into(), Media::Json, &caller),
    };
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await else {
        return refuse(&Code::BadRequest.into(), Media::Json, &caller);
    };
    let authorization = text(&parts.headers, &header::AUTHORIZATION).map(str::to_owned);
    upgrade
        .protocols([PROTOCOL])
        // Twice the limit, so that the session sees what is past it and can say so.
        .max_message_size(2 * SOCKET_MESSAGE_MAX)
        .max_frame_size(2 * SOCKET_MESSAGE_MAX)
        .on_upgrade(move |mut socket| async move {
            let _held_while_the_socket_lives = place;
            if socket.protocol().is_none() {
                socket_session::close(&mut socket, Close::ProtocolNotAcceptable).await;
                return;
            }
            socket_session::Session::new(front, caller, authorization).run(socket).await;
        })
}

/// Browsers let any page open a socket and send its origin along: only our own and allowed ones
/// pass. Other clients send none.
fn same_or_allowed_origin(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own = text(headers, &header::HOST)
        .is_some_and(|host| origin.split_once("://").is_some_and(|(_, authority)| authority == host));
    own || allowed.iter().any(|a| a == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_opened_by_our_own_pages_allowed_ones_and_other_programs() {
        let allowed = vec!["https://app.example.com".to_owned()];
        let cases = [
            (None, true),
            (Some("http://localhost:8080"), true),
            (Some("https://app.example.com"), true),
            (Some("https://app.example.com.evil.test"), false),
            (Some("http://localhost:8081"), false),
            (Some("null"), false),
        ];
        for (origin, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "localhost:8080".parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(same_or_allowed_origin(&headers, &allowed), expected, "{origin:?}");
        }
    }
}
