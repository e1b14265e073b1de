//! The HTTP front over a real socket, with a small schema behind it.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise; the whole crate is one"
)]

#[path = "front/authentication.rs"]
mod authentication;
#[path = "front/clients.rs"]
mod clients;
#[path = "front/execution.rs"]
mod execution;
#[path = "front/issuer.rs"]
mod issuer;
#[path = "front/keys.rs"]
mod keys;
#[path = "front/kit.rs"]
mod kit;
#[path = "front/limits.rs"]
mod limits;
#[path = "front/persisted.rs"]
mod persisted;
#[path = "front/probes.rs"]
mod probes;
#[path = "front/schema.rs"]
mod schema;
#[path = "front/socket.rs"]
mod socket;
#[path = "front/streams.rs"]
mod streams;
#[path = "front/transport.rs"]
mod transport;
#[path = "front/values.rs"]
mod values;
