//! Views of opportunities that people keep for themselves.

use async_graphql::{Context, ID, InputObject, InputType, Object, Result, SimpleObject, Value};
use domain::opportunity::view::{SaveView, delete, save};
use domain::reading::{self, opportunity_search};
use domain::{Code, Refusal};
use entity::{ViewId, opportunity_view};

use super::caller::{caller, root, store, write_context};
use super::checks::Checks;
use super::errors::OrFail;
use super::filter::Wanted;
use super::opportunity_list::{OpportunityFilter, OpportunityOrder};
use super::scalars::DateTime;
use super::user_error::{UserError, outcome};

/// A view.
pub struct OpportunityView(opportunity_view::Model);

/// What somebody looks for in the list of opportunities, under a name. Only its owner sees it.
#[Object]
impl OpportunityView {
    /// Its id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The arguments of `opportunities` as a JSON object: filter, orderBy, search, mine. Give them as variables.
    async fn settings(&self) -> &str {
        &self.0.settings
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A view to keep.
#[derive(InputObject)]
pub struct OpportunityViewSaveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The view to change; not given for a new one.
    id: Option<ID>,
    /// The version you saw; only with `id`.
    expected_version: Option<i32>,
    /// What it is called, 1 to 200 characters; each of your views has another name.
    name: String,
    /// The filter of the list. The view is kept as it is given here: what is not given is none, also of one that is changed.
    filter: Option<OpportunityFilter>,
    /// The order of the list.
    order_by: Option<OpportunityOrder>,
    /// The words to look for.
    search: Option<String>,
    /// Only what you are at work on.
    #[graphql(default)]
    mine: bool,
}

/// Which view to forget.
#[derive(InputObject)]
pub struct OpportunityViewDeleteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The view.
    id: ID,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityViewSavePayload {
    /// The view as it is now.
    view: Option<OpportunityView>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityViewDeletePayload {
    /// The id of what is gone; null if nothing is.
    deleted_id: Option<ID>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Queries about views.
#[derive(Default)]
pub struct OpportunityViewQuery;

#[Object(guard = "root(\"Query\")")]
impl OpportunityViewQuery {
    /// The caller's own views of opportunities, by name; there are at most 50.
    async fn opportunity_views(&self, ctx: &Context<'_>) -> Option<Result<Vec<OpportunityView>>> {
        let found = async {
            let list = reading::opportunity::views(&caller(ctx)?.actor.subject);
            let rows = list.all(store(ctx)?, reading::Predicate::always(), "name, id").await.or_fail(ctx)?;
            Ok(rows.into_iter().map(OpportunityView).collect())
        };
        Some(found.await)
    }
}

/// Changes of views.
#[derive(Default)]
pub struct OpportunityViewMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityViewMutation {
    /// Keeps a view of one's own: a new one, or a change of one.
    async fn opportunity_view_save(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The view.")] input: OpportunityViewSaveInput,
    ) -> Result<OpportunityViewSavePayload> {
        let (key, edited) = (input.idempotency_key.clone(), input.id.clone());
        let result = match wish(ctx, input)? {
            Err(refused) => Err(refused),
            Ok(wish) => save(store(ctx)?, &write_context(ctx)?, Some(&key), wish).await,
        };
        let (id, user_errors) = outcome(ctx, result, edited.as_ref()).await?;
        let view = match id {
            None => None,
            Some(id) => {
                let list = reading::opportunity::views(&caller(ctx)?.actor.subject);
                list.by_id(store(ctx)?, "id", id.0).await.or_fail(ctx)?.map(OpportunityView)
            }
        };
        Ok(OpportunityViewSavePayload { view, user_errors })
    }

    /// Forgets a view of one's own.
    async fn opportunity_view_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which view.")] input: OpportunityViewDeleteInput,
    ) -> Result<OpportunityViewDeletePayload> {
        let mut checks = Checks::default();
        let id: ViewId = checks.id("id", &input.id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => delete(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), id).await,
        };
        let (deleted, user_errors) = outcome(ctx, result, None).await?;
        Ok(OpportunityViewDeletePayload { deleted_id: deleted.map(|id| id.to_string().into()), user_errors })
    }
}

/// The view as the domain keeps it, or everything that is wrong with it.
fn wish(ctx: &Context<'_>, input: OpportunityViewSaveInput) -> Result<domain::Result<SaveView>> {
    let mut checks = Checks::default();
    checks.name("name", &input.name);
    let of: Option<ViewId> = checks.optional_id("id", input.id.as_ref());
    let of = match (of, input.expected_version) {
        (Some(id), Some(version)) => Some((id, version)),
        (None, None) => None,
        _ => {
            let detail = "`id` and `expectedVersion` go together";
            checks.refuse(Refusal::at("expectedVersion", Code::Invalid, detail));
            None
        }
    };
    if let Err(wrong) = Wanted::of(input.filter.clone()) {
        checks.refuse(Refusal::at("filter", Code::Invalid, wrong));
    }
    let search = input.search.as_deref().unwrap_or_default();
    if let Err(wrong) = opportunity_search::matching(store(ctx)?.backend(), search) {
        checks.refuse(Refusal::at("search", Code::Invalid, wrong));
    }
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    let parts = [
        ("filter", input.filter.to_value()),
        ("orderBy", input.order_by.to_value()),
        ("search", input.search.to_value()),
        ("mine", Value::Boolean(input.mine)),
    ];
    let all = parts.into_iter().map(|(name, value)| (async_graphql::Name::new(name), value)).collect();
    let settings = given(Value::Object(all)).into_json()?.to_string();
    Ok(Ok(SaveView { of, name: input.name, settings }))
}

/// Without what was not given. PURE.
fn given(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| *value != Value::Null);
            Value::Object(kept.map(|(name, value)| (name, given(value))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(given).collect()),
        other => other,
    }
}
