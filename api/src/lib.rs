//! GraphQL over HTTP: authentication, the HTTP front, and the types of the API as tables.

pub mod auth;
pub mod files;
pub mod graphql;
pub mod http;
mod json;
pub mod links;
pub mod payout_callback;
