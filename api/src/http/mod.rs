//! The HTTP front: everything between a socket and the executor.
//!
//! A request walks through `envelope` (request id, header size, panics), `graphql_route` (transport
//! rules of GET and POST) or `socket_route`, then through the one function every transport uses,
//! `operation::prepare` (persisted documents, limits, validation, authorisation, cost, budget), and
//! is answered by `operation::run` or `operation::stream`.

pub mod document;
mod envelope;
mod execute;
mod explorer;
mod front;
pub(crate) mod gate;
pub mod limits;
mod listen;
mod operation;
mod probes;
mod refusal;
mod router;
mod stream_mark;
pub(crate) mod transport;

pub use document::cost::CostTable;
pub use document::persisted::{AllowList, PersistedMode};
pub use document::scalars::ScalarCheck;
pub use execute::Execute;
pub use front::{Attach, Front, FrontConfig, FrontError, FrontParts};
pub use gate::budgets::{Budget, BudgetConfig};
pub use gate::caller::{Caller, RequestId};
pub use listen::serve;
pub use probes::{MetricsText, ReadyCheck, ReadyReport};
pub use refusal::{Code, Detail, Refusal};
pub use router::router;
pub use stream_mark::StreamMark;
