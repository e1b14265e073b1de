//! What the business means: use cases and pure rules. No HTTP, GraphQL or queue type lives here.

pub mod actor;
pub mod exact;
pub mod source;

pub use actor::{Actor, Principal, Role};
