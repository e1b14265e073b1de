//! GraphQL over HTTP: authentication, the HTTP front, and resolvers of a few lines each.

// The futures of resolvers nest as deep as the longest chain of fields and loaders.
#![recursion_limit = "256"]

pub mod auth;
pub mod files;
pub mod graphql;
pub mod http;
