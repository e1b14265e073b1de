//! The GraphQL schema behind the front.

use std::sync::Arc;

use api::http::{Attach, Execute};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use domain::Store;
use worker::Ringer;

/// What runs operations, the schema as text, and what each request is given.
pub(crate) struct Executor {
    pub(crate) execute: Arc<dyn Execute>,
    pub(crate) sdl: String,
    pub(crate) attach: Attach,
}

struct Query;

#[Object]
impl Query {
    /// Whether the API is there.
    async fn alive(&self) -> bool {
        true
    }
}

/// The executor over `store`; mutations ring `ringer` after their commit.
pub(crate) fn executor(_store: &Store, _ringer: &Ringer) -> Executor {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    Executor { sdl: schema.sdl(), execute: Arc::new(schema), attach: Arc::new(|_caller, request| request) }
}

/// The schema as text.
pub(crate) fn sdl() -> String {
    Schema::new(Query, EmptyMutation, EmptySubscription).sdl()
}
