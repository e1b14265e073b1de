//! What the business means: use cases and pure rules. No HTTP, GraphQL or queue type lives here.

pub mod actor;
pub mod bulk;
pub mod clock;
pub mod crash;
mod database_trouble;
pub mod error;
pub mod event;
pub mod exact;
pub mod ids;
pub mod import;
pub mod incentive;
pub mod lang;
pub mod ledger;
pub mod payment;
pub mod performance;
pub mod permission;
pub mod programme;
pub mod raw;
pub mod read;
pub mod scope;
pub mod settlement;
pub mod source;
pub mod stopping;
pub mod store;
pub mod stream;
pub mod work;
pub mod write;

pub use actor::{Actor, Principal, Role};
pub use clock::{Clock, StoppedClock};
pub use error::{Code, Error, Refusal, Result};
pub use ids::Ids;
pub use lang::Lang;
pub use scope::Scope;
pub use stopping::Stopping;
pub use store::{Purpose, Store};
pub use write::Context;
