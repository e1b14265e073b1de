//! Who asks, and what a resolver needs of the request.

use std::sync::Arc;

use async_graphql::{Context, Request, Result};
use domain::{Actor, Lang, Scope, Store};

use super::batch::Batches;
use super::errors::TopLevel;
use super::loaders::Rows;

/// The caller of an operation.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// The language of messages.
    pub lang: Lang,
    /// Names the request in logs and the audit trail.
    pub request_id: Option<String>,
}

/// Adds to a request what resolvers need, anew for each: loaders shared between callers would leak rows.
#[must_use]
pub fn attach(store: &Store, caller: Caller, request: Request) -> Request {
    let rows = Rows::new(store.clone(), &caller.actor);
    request.data(Arc::new(Batches::new(rows))).data(caller)
}

/// The caller; nobody is UNAUTHENTICATED.
pub(crate) fn caller<'c>(ctx: &Context<'c>) -> Result<&'c Caller> {
    ctx.data_opt::<Caller>().ok_or_else(|| TopLevel::Unauthenticated.error(Lang::En, None))
}

/// The language of messages.
pub(crate) fn lang(ctx: &Context<'_>) -> Lang {
    ctx.data_opt::<Caller>().map_or(Lang::En, |caller| caller.lang)
}

/// The rows the caller sees.
pub(crate) fn scope(ctx: &Context<'_>) -> Result<Scope> {
    Ok(Scope::of(&caller(ctx)?.actor, store(ctx)?.clock.now()))
}

/// The database.
pub(crate) fn store<'c>(ctx: &Context<'c>) -> Result<&'c Store> {
    ctx.data::<Store>()
}

/// Guards every field of a root type by the permission table.
pub(crate) fn root(type_name: &'static str) -> impl Fn(&Context<'_>) -> Result<()> + Send + Sync + 'static {
    move |ctx| {
        let caller = caller(ctx)?;
        let field = ctx.item.node.name.node.as_str();
        if domain::kernel::permission::allows(&caller.actor, &format!("{type_name}.{field}")) {
            return Ok(());
        }
        Err(TopLevel::Forbidden.error(caller.lang, caller.request_id.as_deref()))
    }
}
