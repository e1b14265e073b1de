//! The GraphQL schema behind the front.

use std::sync::Arc;

use api::graphql::{self, Caller, Options, Ring};
use api::http::{Attach, Execute};
use domain::Store;
use domain::money::payout::Gateway;
use worker::{Bell, Ringer};

use crate::process::answer;

/// The function that runs operations, the schema as text, and the data that each request is given.
pub(crate) struct Executor {
    pub(crate) execute: Arc<dyn Execute>,
    pub(crate) sdl: String,
    pub(crate) attach: Attach,
}

/// The executor over `store`; mutations ring `ringer` after their commit.
pub(crate) fn executor(store: &Store, payouts: Gateway, ringer: &Ringer) -> Executor {
    let ringer = ringer.clone();
    let ring = Arc::new(move |ring| {
        let bell = match ring {
            Ring::Import(id) => Bell::Import(id.0),
            Ring::Settle(id) => Bell::Settle(id.0),
            Ring::Export(id) => Bell::Export(id.0),
        };
        answer::ring(&ringer, bell);
    });
    // The front has validated the document before the executor sees it.
    let schema = graphql::build(store.clone(), ring, Options { validate: false, payouts });
    Executor { execute: schema, sdl: graphql::sdl(), attach: attach(store.clone()) }
}

/// Tells resolvers who asks, and gives each request loaders of its own.
fn attach(store: Store) -> Attach {
    Arc::new(move |caller, request| {
        let Some(actor) = caller.actor() else { return request };
        let request_id = Some(caller.request_id.0.clone());
        graphql::attach(&store, Caller { actor: actor.clone(), lang: caller.lang, request_id }, request)
    })
}
