//! The `graphql-transport-ws` protocol and its close codes.

use std::sync::atomic::Ordering;

use api::http::limits::{SOCKET_MESSAGE_MAX, SOCKET_OPERATIONS_MAX};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::kit::{NOW, TestFront, eventually, token, token_for};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(front: &TestFront, headers: &[(&'static str, &str)]) -> Result<Socket, Error> {
    let mut request = format!("ws://{}/graphql", front.address).into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    tokio_tungstenite::connect_async(request).await.map(|(socket, _)| socket)
}

async fn connect(front: &TestFront) -> Socket {
    open(front, &[("sec-websocket-protocol", "graphql-transport-ws")]).await.unwrap()
}

async fn say(socket: &mut Socket, message: Value) {
    socket.send(Message::text(message.to_string())).await.unwrap();
}

/// The next message, or the close code.
async fn hear(socket: &mut Socket) -> Result<Value, u16> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |f| f.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(1006),
        }
    }
}

async fn ready(front: &TestFront) -> Socket {
    let mut socket = connect(front).await;
    say(
        &mut socket,
        json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {}", token()) } }),
    )
    .await;
    assert_eq!(hear(&mut socket).await, Ok(json!({ "type": "connection_ack" })));
    socket
}

fn subscribe(id: &str, query: &str) -> Value {
    json!({ "id": id, "type": "subscribe", "payload": { "query": query } })
}

#[tokio::test]
async fn operations_of_every_kind_run_on_one_socket() {
    let front = TestFront::start().await;
    let mut socket = ready(&front).await;
    say(&mut socket, subscribe("1", "{ who }")).await;
    let next = hear(&mut socket).await.unwrap();
    assert_eq!((&next["type"], &next["payload"]["data"]["who"]), (&json!("next"), &json!("mei")));
    assert_eq!(hear(&mut socket).await, Ok(json!({ "type": "complete", "id": "1" })));
    say(&mut socket, subscribe("1", "mutation { rename(name: \"x\") }")).await;
    assert_eq!(hear(&mut socket).await.unwrap()["payload"]["data"]["rename"], "x");
    assert_eq!(hear(&mut socket).await.unwrap()["type"], "complete");
    say(&mut socket, subscribe("2", "subscription { count(to: 2) }")).await;
    for n in [1, 2] {
        assert_eq!(hear(&mut socket).await.unwrap()["payload"]["data"]["count"], n);
    }
    assert_eq!(hear(&mut socket).await.unwrap()["type"], "complete");
    say(&mut socket, json!({ "type": "ping", "payload": { "a": 1 } })).await;
    assert_eq!(hear(&mut socket).await, Ok(json!({ "type": "pong", "payload": { "a": 1 } })));
}

#[tokio::test]
async fn a_refused_operation_is_an_error_message_and_the_socket_goes_on() {
    let front = TestFront::start().await;
    let mut socket = ready(&front).await;
    let cases = [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ rows(first: 101) { nodes { name } } }", "QUERY_TOO_COMPLEX"),
        ("{ panics }", "INTERNAL"),
    ];
    for (query, code) in cases {
        say(&mut socket, subscribe("1", query)).await;
        let error = hear(&mut socket).await.unwrap();
        assert_eq!(error["type"], "error");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{error}");
    }
    say(&mut socket, subscribe("1", "{ hello }")).await;
    assert_eq!(hear(&mut socket).await.unwrap()["type"], "next");
}

#[tokio::test]
async fn each_breach_of_the_protocol_has_its_close_code() {
    let front = TestFront::start().await;
    let bearer = |token: &str| json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } });
    let init = bearer(&token());
    let silence = subscribe("1", "subscription { silence }");
    let cases: Vec<(&str, Vec<Value>, u16)> = vec![
        ("no protocol message", vec![json!({ "type": "start" })], 4400),
        (
            "malformed parameters",
            vec![init.clone(), json!({ "id": "1", "type": "subscribe", "payload": { "query": 1 } })],
            4400,
        ),
        ("subscribe before init", vec![silence.clone()], 4401),
        ("a bad token", vec![bearer("x.y.z")], 4403),
        ("an expired token", vec![bearer(&token_for("mei", -100))], 4403),
        ("the same id twice", vec![init.clone(), silence.clone(), silence.clone()], 4409),
        ("init twice", vec![init.clone(), init.clone()], 4429),
    ];
    for (name, messages, code) in cases {
        let mut socket = connect(&front).await;
        for message in messages {
            say(&mut socket, message).await;
        }
        let closed = loop {
            if let Err(code) = hear(&mut socket).await {
                break code;
            }
        };
        assert_eq!(closed, code, "{name}");
    }
    let mut socket = connect(&front).await;
    socket.send(Message::text("{")).await.unwrap();
    assert_eq!(hear(&mut socket).await, Err(4400));
    let mut socket = connect(&front).await;
    socket.send(Message::binary(vec![1])).await.unwrap();
    assert_eq!(hear(&mut socket).await, Err(4400));
    let mut silent = connect(&front).await;
    assert_eq!(hear(&mut silent).await, Err(4408));
    let mut other = open(&front, &[("sec-websocket-protocol", "graphql-ws")]).await;
    if let Ok(socket) = &mut other {
        assert_eq!(hear(socket).await, Err(4406));
    }
    let mut none = open(&front, &[]).await.unwrap();
    assert_eq!(hear(&mut none).await, Err(4406));
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_open_a_socket() {
    let front = TestFront::start().await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let refused = open(&front, &[protocol, ("origin", "https://evil.example.com")]).await;
    assert!(matches!(refused, Err(Error::Http(response)) if response.status() == 403));
    let own = format!("http://{}", front.address);
    assert!(open(&front, &[protocol, ("origin", &own)]).await.is_ok());
}

#[tokio::test]
async fn a_message_has_a_largest_size() {
    let front = TestFront::start().await;
    let message = |size: usize| {
        let frame = json!({ "type": "ping", "payload": { "x": "" } }).to_string();
        json!({ "type": "ping", "payload": { "x": "y".repeat(size - frame.len()) } })
    };
    let mut socket = ready(&front).await;
    say(&mut socket, message(SOCKET_MESSAGE_MAX)).await;
    assert_eq!(hear(&mut socket).await.unwrap()["type"], "pong");
    say(&mut socket, message(SOCKET_MESSAGE_MAX + 1)).await;
    assert_eq!(hear(&mut socket).await, Err(1009));
}

#[tokio::test]
async fn a_socket_runs_a_bounded_number_of_operations() {
    let front = TestFront::start().await;
    let mut socket = ready(&front).await;
    for n in 0..SOCKET_OPERATIONS_MAX {
        say(&mut socket, subscribe(&n.to_string(), "subscription { silence }")).await;
        assert_eq!(hear(&mut socket).await.unwrap()["type"], "next");
    }
    say(&mut socket, subscribe("more", "subscription { silence }")).await;
    let refused = hear(&mut socket).await.unwrap();
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    say(&mut socket, json!({ "id": "3", "type": "complete" })).await;
    say(&mut socket, subscribe("more", "subscription { silence }")).await;
    assert_eq!(hear(&mut socket).await.unwrap()["type"], "next");
    assert_eq!(front.counters.open.load(Ordering::SeqCst), SOCKET_OPERATIONS_MAX as u64);
    drop(socket);
    eventually("all operations end with the socket", || front.counters.open.load(Ordering::SeqCst) == 0)
        .await;
}

#[tokio::test]
async fn a_socket_ends_with_its_token_and_with_the_process() {
    let front = TestFront::start().await;
    let mut socket = connect(&front).await;
    // Good for one more second, leeway included.
    let short = token_for("mei", 1 - api::auth::LEEWAY_S);
    say(
        &mut socket,
        json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {short}") } }),
    )
    .await;
    assert_eq!(hear(&mut socket).await, Ok(json!({ "type": "connection_ack" })));
    assert_eq!(hear(&mut socket).await, Err(4403));
    assert_eq!(front.clock.load(Ordering::SeqCst), NOW);
    let mut socket = ready(&front).await;
    front.stop.cancel();
    assert_eq!(hear(&mut socket).await, Err(1001));
}
