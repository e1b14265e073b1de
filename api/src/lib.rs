//! GraphQL over HTTP: authentication, the HTTP front, and resolvers of a few lines each.

pub mod auth;
pub mod files;
pub mod graphql;
pub mod http;
