//! What the business means: use cases and pure rules. No HTTP, GraphQL or queue type lives here.

pub mod actor;
pub mod lang;

pub use actor::{Actor, Principal, Role};
pub use lang::Lang;
