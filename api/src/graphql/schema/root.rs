//! The root types and what subscriptions send: where the executor of async-graphql hands over to the tables.

use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::parser::types::{Field as Asked, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::ContainerType;
use async_graphql::{
    Context, ContextSelectionSet, ObjectType, OutputType, PathSegment, Positioned, ServerError, ServerResult,
    Value,
};

use super::caller::lang;
use super::describe;
use super::env::Env;
use super::errors::TopLevel;
use super::object::Shown;
use super::read::{Level, cells, level};
use super::relation::part;
use super::render::{Answer, Missing};
use super::selection::Operation;
use super::table::{Field, Table, table_of};

/// `Query` or `Mutation`: a table over the one row there is.
pub(crate) struct Root<R>(PhantomData<fn(R)>);

impl<R> Default for Root<R> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<R: Shown + Default> OutputType for Root<R> {
    fn type_name() -> Cow<'static, str> {
        R::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        describe::object(registry, table_of::<R>());
        Self::qualified_type_name()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, field: &Positioned<Asked>) -> ServerResult<Value> {
        Err(ServerError::new("A root is not a field.", Some(field.pos)))
    }
}

impl<R: Shown + Default> ContainerType for Root<R> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let table = table_of::<R>();
        let Some(field) = table.field(ctx.item.node.name.node.as_str()) else { return Ok(None) };
        match may_use(ctx, table, field) {
            Ok(env) => answer::<R>(ctx, &env, table, field).await.map(Some),
            Err(error) => {
                let error = ctx.set_error_path(error.into_server_error(ctx.item.pos));
                if field.sure.whole {
                    return Err(error);
                }
                ctx.add_error(error);
                Ok(Some(Value::Null))
            }
        }
    }
}

impl<R: Shown + Default> ObjectType for Root<R> {}

/// The environment of a caller that may use a field of a root, by the permission table.
fn may_use(ctx: &Context<'_>, table: &Table, field: &Field) -> async_graphql::Result<Env> {
    let env = Env::of(ctx)?;
    if env.allows(&format!("{}.{}", table.name, field.name)) {
        return Ok(env);
    }
    Err(TopLevel::Forbidden.error(lang(ctx), env.caller.request_id.as_deref()))
}

/// Reads and renders one field of a root. The executor hands over every field of the document; equal ones are answered
/// by the first, with all that is selected below them.
async fn answer<R: Shown + Default>(
    ctx: &Context<'_>,
    env: &Env,
    table: &'static Table,
    field: &'static Field,
) -> ServerResult<Value> {
    let operation = Operation { env, query: ctx.query_env };
    let key = ctx.item.node.response_key().node.as_str();
    let asked = operation.asked_as(table, &ctx.query_env.operation.node.selection_set.node, key)?;
    if asked.first().is_some_and(|first| !std::ptr::eq(*first, ctx.item)) {
        return Ok(Value::Null);
    }
    let step = operation.root_step(field, &asked)?;
    let rows = vec![R::default()];
    let cells = cells(&operation, table, &rows, &step).await?;
    let mut answer = Answer::new(env, vec![PathSegment::Field(key.to_owned())]);
    let written = answer.field(field, &step, &cells, &rows, 0);
    finish(ctx.query_env, answer, written)
}

/// What was written, as the executor's value, and the errors for it. Nothing at all is its last error.
fn finish(
    query: &async_graphql::context::QueryEnv,
    mut answer: Answer<'_>,
    written: Result<(), Missing>,
) -> ServerResult<Value> {
    let last = if written.is_err() { answer.errors.pop() } else { None };
    if !answer.errors.is_empty()
        && let Ok(mut errors) = query.errors.lock()
    {
        errors.append(&mut answer.errors);
    }
    if written.is_err() {
        return Err(last.unwrap_or_else(|| ServerError::new("nothing was written", None)));
    }
    let bytes = answer.out.into_bytes();
    Ok(if bytes == b"null" { Value::Null } else { Value::Binary(bytes.into()) })
}

/// An object that a subscription sends.
pub(crate) struct Sent<C>(pub(crate) C);

impl<C: Shown + Clone> OutputType for Sent<C> {
    fn type_name() -> Cow<'static, str> {
        C::name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        describe::object(registry, table_of::<C>());
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Asked>) -> ServerResult<Value> {
        let env = Env::of(ctx).map_err(|error| error.into_server_error(field.pos))?;
        let operation = Operation { env: &env, query: ctx.query_env };
        let sets: Vec<&SelectionSet> = vec![&ctx.item.node];
        let below: Level<'_> = level(&operation, part(vec![self.0.clone()]), sets).await?;
        let key = field.node.response_key().node.to_string();
        let mut answer = Answer::new(&env, vec![PathSegment::Field(key)]);
        let written = answer.object(&below, 0);
        finish(ctx.query_env, answer, written)
    }
}
