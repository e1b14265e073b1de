//! GraphQL over HTTP: authentication, the HTTP front, and resolvers of a few lines each.

// A GraphQL execution is a future as deep as the schema: its layout needs more than the default of 128.
#![recursion_limit = "256"]

pub mod auth;
pub mod files;
pub mod graphql;
pub mod http;
pub mod links;
pub mod payout_callback;
