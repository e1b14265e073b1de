//! What the business means: use cases and pure rules. No HTTP, GraphQL or queue type lives here.
//!
//! The rooms stand in ranks, and each may use only those before it:
//! `kernel ← source ← programme ← performance ← settlement ← opportunity ← money ← notify ← reading ← operate`.

pub mod kernel;
pub mod money;
pub mod notify;
pub mod operate;
pub mod opportunity;
pub mod performance;
pub mod programme;
pub mod reading;
pub mod settlement;
pub mod source;

pub use kernel::actor::{Actor, Principal, Role};
pub use kernel::clock::{Clock, StoppedClock};
pub use kernel::error::{Code, Error, Refusal, Result};
pub use kernel::files::Files;
pub use kernel::ids::Ids;
pub use kernel::lang::Lang;
pub use kernel::news::News;
pub use kernel::scope::Scope;
pub use kernel::stopping::Stopping;
pub use kernel::store::{Purpose, Store};
pub use kernel::write::Context;
