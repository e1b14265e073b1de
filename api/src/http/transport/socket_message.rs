//! The messages and close codes of the `graphql-transport-ws` protocol. PURE.

use async_graphql::ServerError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::http::limits::SOCKET_ID_MAX;
use crate::http::transport::answer::Answer;
use crate::http::transport::params::Params;
use crate::json::Json;

/// The subprotocol we speak.
pub(crate) const PROTOCOL: &str = "graphql-transport-ws";

/// Reason for which a socket is closed, with its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Close {
    GoingAway,
    MessageTooBig,
    BadMessage,
    Unauthorized,
    Forbidden,
    ProtocolNotAcceptable,
    InitTimeout,
    OperationExists,
    TooManyInits,
}

impl Close {
    /// Code and reason; the 44xx are the protocol's, clients decide by them whether to try again.
    pub(crate) fn code_and_reason(self) -> (u16, &'static str) {
        match self {
            Self::GoingAway => (1001, "Going away"),
            Self::MessageTooBig => (1009, "Message too big"),
            Self::BadMessage => (4400, "Invalid message"),
            Self::Unauthorized => (4401, "Unauthorized"),
            Self::Forbidden => (4403, "Forbidden"),
            Self::ProtocolNotAcceptable => (4406, "Subprotocol not acceptable"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::OperationExists => (4409, "Subscriber already exists"),
            Self::TooManyInits => (4429, "Too many initialisation requests"),
        }
    }
}

/// Message of a client, read from JSON.
#[allow(clippy::large_enum_variant, reason = "read and taken apart at once, never stored")]
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ClientMessage {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(default)]
        #[allow(dead_code, reason = "its type is checked, its content means nothing")]
        payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Params,
    },
    Complete {
        id: String,
    },
}

impl ClientMessage {
    /// Reads a message; `None` for anything the protocol does not know.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let message: Self = serde_json::from_str(text).ok()?;
        match message {
            Self::Subscribe { id, .. } | Self::Complete { id }
                if id.is_empty() || id.len() > SOCKET_ID_MAX =>
            {
                None
            }
            Self::Subscribe { id, payload } => Some(Self::Subscribe { id, payload: payload.checked().ok()? }),
            other => Some(other),
        }
    }
}

/// The bearer token in the payload of `connection_init`, however clients spell it.
pub(crate) fn authorization(payload: Option<&Map<String, Value>>) -> Option<String> {
    let named = |(name, value): (&String, &Value)| {
        name.eq_ignore_ascii_case("authorization").then(|| value.as_str().map(str::to_owned))?
    };
    payload?.iter().find_map(named)
}

/// Message to a client, written as JSON.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ServerMessage<'m> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Error {
        id: &'m str,
        payload: &'m [ServerError],
    },
    Complete {
        id: &'m str,
    },
}

impl ServerMessage<'_> {
    pub(crate) fn to_text(&self) -> String {
        // Values, strings and numbers always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An event of a subscription. Its answer is JSON already, so that it is not written twice.
pub(crate) fn next(id: &str, answer: &Answer) -> String {
    let mut json = Json::default();
    json.open_object();
    json.key("type");
    json.text("next");
    json.key("id");
    json.text(id);
    json.key("payload");
    json.written(&answer.to_json());
    json.close_object();
    // What was written is made of texts.
    String::from_utf8(json.into_bytes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_protocol_are_read_and_others_are_not() {
        let good = [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#,
            r#"{"type":"ping"}"#,
            r#"{"type":"pong","payload":{}}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":"1","type":"complete"}"#,
        ];
        for text in good {
            assert!(ClientMessage::parse(text).is_some(), "{text}");
        }
        let bad = [
            "",
            "{}",
            "[]",
            r#"{"type":"start"}"#,
            r#"{"type":"connection_init","payload":1}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":"","type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":1,"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"id":"1","type":"subscribe"}"#,
            r#"{"id":"1","type":"subscribe","payload":{}}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{a}","variables":[]}}"#,
            r#"{"type":"complete"}"#,
        ];
        for text in bad {
            assert!(ClientMessage::parse(text).is_none(), "{text}");
        }
        let id = |n| format!(r#"{{"id":"{}","type":"complete"}}"#, "x".repeat(n));
        assert!(ClientMessage::parse(&id(SOCKET_ID_MAX)).is_some());
        assert!(ClientMessage::parse(&id(SOCKET_ID_MAX + 1)).is_none());
    }
}
