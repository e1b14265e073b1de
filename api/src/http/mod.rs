//! The HTTP front: everything between a socket and the executor.
//!
//! A request walks through `envelope` (request id, header size, panics), `graphql_route` (transport
//! rules of GET and POST) or `socket_route`, then through the one function every transport uses,
//! `operation::prepare` (persisted documents, limits, validation, authorisation, cost, budget), and
//! is answered by `operation::run` or `operation::stream`.

mod absent;
mod answer;
mod bounded_cache;
mod budgets;
mod caller;
mod coerce;
mod cost;
mod document_limits;
mod documents;
mod envelope;
mod execute;
mod explorer;
mod framing;
mod front;
mod graphql_route;
pub mod limits;
mod listen;
mod literals;
pub mod manifest;
mod measured;
mod negotiate;
mod operation;
mod params;
mod persisted;
mod probes;
mod rate_limit;
mod refusal;
mod router;
mod scalars;
mod single_connection;
mod socket_message;
mod socket_route;
mod socket_session;
mod streams;
mod translate;
mod variables;

pub use budgets::{Budget, BudgetConfig};
pub use caller::{Caller, RequestId};
pub use cost::CostTable;
pub use execute::Execute;
pub use front::{Attach, Front, FrontConfig, FrontError, FrontParts};
pub use listen::serve;
pub use persisted::{AllowList, PersistedMode};
pub use probes::{MetricsText, ReadyCheck, ReadyReport};
pub use refusal::{Code, Detail, Refusal};
pub use router::router;
pub use scalars::ScalarCheck;
