//! Transports of operations and answers: plain requests, server-sent events, sockets.

pub(crate) mod answer;
pub(crate) mod framing;
pub(crate) mod graphql_route;
pub(crate) mod negotiate;
pub(crate) mod params;
pub(crate) mod single_connection;
pub(crate) mod socket_message;
pub(crate) mod socket_route;
pub(crate) mod socket_session;
pub(crate) mod streams;
