//! The parts of the front: its configuration, and what it is given.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Request;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::execute::Execute;
use super::limits::{BODY_READ_TIMEOUT, COST_MAX, IN_FLIGHT_MAX, OPERATION_TIMEOUT};
use super::probes::{MetricsText, ReadyCheck};
use crate::auth::Verifier;
use crate::http::document::cost::CostTable;
use crate::http::document::documents::Documents;
use crate::http::document::persisted::{Persisted, PersistedMode};
use crate::http::document::scalars::ScalarCheck;
use crate::http::gate::budgets::{BudgetConfig, Budgets};
use crate::http::gate::caller::Caller;
use crate::http::transport::single_connection::Connections;
use crate::http::transport::streams::Streams;
use crate::links::FileLinks;

/// Adds to the data of each request what resolvers need, made anew for it: loaders above all, which
/// would leak rows between callers if they were shared.
pub type Attach = Arc<dyn Fn(&Caller, Request) -> Request + Send + Sync>;

/// Configuration of the front, which does not change while it runs.
#[derive(Clone)]
pub struct FrontConfig {
    /// Serve GraphiQL at `/`.
    pub graphiql: bool,
    /// `true` if introspection is answered.
    pub introspection: bool,
    /// Answer introspection without a token, so that tools can load the schema.
    pub anonymous_introspection: bool,
    /// Origins (`https://app.example.com`) whose pages may call; compared exactly.
    pub allowed_origins: Vec<String>,
    /// Proxies in front of us that append to `X-Forwarded-For`.
    pub trusted_proxies: usize,
    /// Documents by hash.
    pub persisted: PersistedMode,
    /// Budgets of accounts and addresses.
    pub budgets: BudgetConfig,
    /// Weights of fields that differ from the rule.
    pub costs: CostTable,
    /// Time for one query or mutation.
    pub operation_timeout: Duration,
    /// Queries and mutations at work at once.
    pub in_flight: usize,
    /// Time for a client to send its body.
    pub body_timeout: Duration,
    /// Base URL under which callers reach us (`https://api.example.com`); what each request says of it where
    /// nothing is configured.
    pub public_url: Option<String>,
    /// Signs the links to files that resolvers give out.
    pub links: FileLinks,
}

impl FrontConfig {
    /// For developers: everything that helps is on.
    #[must_use]
    pub fn development() -> Self {
        Self {
            graphiql: true,
            introspection: true,
            anonymous_introspection: true,
            allowed_origins: Vec::new(),
            trusted_proxies: 0,
            persisted: PersistedMode::Automatic,
            budgets: BudgetConfig::default(),
            costs: CostTable::default(),
            operation_timeout: OPERATION_TIMEOUT,
            in_flight: IN_FLIGHT_MAX,
            body_timeout: BODY_READ_TIMEOUT,
            public_url: None,
            links: FileLinks::default(),
        }
    }

    /// For production: introspection, GraphiQL and documents by hash are off until asked for.
    #[must_use]
    pub fn production() -> Self {
        Self {
            graphiql: false,
            introspection: false,
            anonymous_introspection: false,
            persisted: PersistedMode::Off,
            ..Self::development()
        }
    }
}

/// Parts that the front is given and does not make itself.
pub struct FrontParts {
    /// Runs the operations. Documents are validated here, so build the schema with
    /// `ValidationMode::Fast`: the executor need not do it again.
    pub executor: Arc<dyn Execute>,
    /// The schema the executor serves, in the schema language (`Schema::sdl()`).
    pub sdl: String,
    /// Judges values of the schema's own scalars, before anything runs.
    pub scalars: ScalarCheck,
    /// Judges the bearer tokens of requests.
    pub verifier: Arc<Verifier>,
    /// Adds per-request data.
    pub attach: Attach,
    /// Checks behind `/readyz`.
    pub ready: ReadyCheck,
    /// Text that `/metrics` answers with.
    pub metrics: MetricsText,
    /// Makes tokens that nobody can guess.
    pub one_time_token: Arc<dyn Fn() -> String + Send + Sync>,
    /// Cancelled when the process is about to stop: open streams and sockets end.
    pub stop: CancellationToken,
}

/// Reason for which there is no front.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FrontError {
    /// The schema text does not validate.
    #[error("the schema is invalid: {0}")]
    Schema(String),
    /// The most expensive query allowed could never run.
    #[error("each budget must hold at least {COST_MAX} points and refill")]
    BudgetTooSmall,
}

/// The front: shared by all connections.
pub struct Front {
    pub(crate) config: FrontConfig,
    pub(crate) parts: FrontParts,
    pub(crate) documents: Documents,
    pub(crate) persisted: Persisted,
    pub(crate) budgets: Budgets,
    pub(crate) in_flight: Semaphore,
    pub(crate) streams: Arc<Streams>,
    pub(crate) connections: Connections,
    started: Instant,
}

impl Front {
    /// A front over `parts`.
    pub fn new(config: FrontConfig, parts: FrontParts) -> Result<Arc<Self>, FrontError> {
        let budgets = [config.budgets.account, config.budgets.address];
        if budgets.iter().any(|b| b.capacity < COST_MAX || b.per_second == 0) {
            return Err(FrontError::BudgetTooSmall);
        }
        Ok(Arc::new(Self {
            documents: Documents::new(&parts.sdl, parts.scalars).map_err(FrontError::Schema)?,
            persisted: Persisted::new(config.persisted.clone()),
            budgets: Budgets::new(config.budgets),
            in_flight: Semaphore::new(config.in_flight),
            streams: Streams::new(),
            connections: Connections::default(),
            started: Instant::now(),
            config,
            parts,
        }))
    }

    /// Milliseconds since the front was made; never goes back.
    pub(crate) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
