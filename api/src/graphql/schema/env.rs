//! What the fields of one operation share.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::context::ContextBase;
use async_graphql::dataloader::Loader;
use domain::money::payout::Gateway;
use domain::{Lang, Scope, Store};

use super::batch::Batches;
use super::caller::Caller;
use super::errors;
use super::failure::{Failure, Outcome};
use super::loaders::Rows;
use crate::graphql::{Ring, Ringer};
use crate::links::LinkMaker;

/// The caller, the rows it sees, and the database.
pub(crate) struct Env {
    /// The database.
    pub(crate) store: Store,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The rows the caller sees.
    pub(crate) scope: Scope,
    /// Where payouts of this deployment go.
    pub(crate) payouts: Gateway,
    /// Makes links that open files; nothing outside of HTTP, where there is no address to begin with.
    pub(crate) links: Option<LinkMaker>,
    batches: Arc<Batches>,
    ringer: Option<Ringer>,
}

impl Env {
    /// The environment of the operation that `ctx` belongs to; nobody is UNAUTHENTICATED.
    pub(crate) fn of<T>(ctx: &ContextBase<'_, T>) -> async_graphql::Result<Self> {
        let nobody = || errors::TopLevel::Unauthenticated.error(Lang::En, None);
        let caller = ctx.data_opt::<Caller>().ok_or_else(nobody)?.clone();
        Ok(Self {
            scope: Scope::of(&caller.actor, ctx.data::<Store>()?.clock.now()),
            store: ctx.data::<Store>()?.clone(),
            caller,
            payouts: ctx.data::<Gateway>()?.clone(),
            links: ctx.data_opt::<LinkMaker>().cloned(),
            batches: Arc::clone(ctx.data::<Arc<Batches>>()?),
            ringer: ctx.data_opt::<Ringer>().cloned(),
        })
    }

    /// The language of messages.
    pub(crate) fn lang(&self) -> Lang {
        self.caller.lang
    }

    /// The caller as the write path wants it.
    pub(crate) fn context(&self) -> domain::Context {
        domain::Context { actor: self.caller.actor.clone(), request_id: self.caller.request_id.clone() }
    }

    /// Whether the caller may use `Type.field` of the schema.
    pub(crate) fn allows(&self, field: &str) -> bool {
        domain::kernel::permission::allows(&self.caller.actor, field)
    }

    /// The rows of `keys`, read in one statement with whatever else the operation needs of their kind.
    pub(crate) async fn load<K>(&self, keys: Vec<K>) -> Outcome<HashMap<K, <Rows as Loader<K>>::Value>>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Rows: Loader<K, Error = Arc<domain::Error>>,
    {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        Ok(self.batches.load_many(keys).await?)
    }

    /// Tells a worker of work that should begin at once.
    pub(crate) fn ring(&self, ring: Ring) {
        if let Some(ringer) = &self.ringer {
            ringer(ring);
        }
    }

    /// What the caller is told of a failure in `field`. Causes of surprises go to the log only.
    pub(crate) fn error(&self, field: &str, failure: &Failure) -> async_graphql::Error {
        let id = self.caller.request_id.as_deref();
        match failure {
            Failure::BadInput(wrong) => errors::TopLevel::BadUserInput.says(wrong.said(self.lang()), id),
            Failure::Domain(error) => errors::told(error, self.caller.lang, id, &field),
        }
    }
}
