//! Keeping views of one's own.

use async_graphql::{ID, InputObject, InputType, Name, Value};
use domain::opportunity::view::{SaveView, delete, save};
use domain::reading::opportunity::search;
use domain::{Code, Error, Refusal};
use entity::{ViewId, opportunity, opportunity_view};

use super::object::own;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::kept::{FilterOf, OrderOf};
use crate::graphql::schema::object::Object;

/// A view to be kept.
#[derive(InputObject)]
pub(crate) struct OpportunityViewSaveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The view to be changed; not given for a new one.
    id: Option<ID>,
    /// The version you saw; only with `id`.
    expected_version: Option<i32>,
    /// Its name, 1 to 200 characters; each of your views has another.
    name: String,
    /// The filter of the list. The view is kept as it is given here: what is not given is none, also of one that is
    /// changed.
    filter: Option<FilterOf<opportunity::Model>>,
    /// The order of the list.
    order_by: Option<OrderOf<opportunity::Model>>,
    /// The words to look for.
    search: Option<String>,
    /// Whether only opportunities that you are at work on are listed.
    #[graphql(default)]
    mine: bool,
}

impl Change for OpportunityViewSaveInput {
    type Gives = ViewId;
    const NAME: &'static str = "opportunityViewSave";
    const DOC: &'static str = "Keeps a view of one's own: a new one, or a change of one.";
    const INPUT: &'static str = "The view to be kept.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.column("view", "The view as it is now.", |env, changed, _| Box::pin(saved(env, changed)))
    }

    fn edited(&self) -> Option<ID> {
        self.id.clone()
    }

    async fn change(self, env: &Env) -> domain::Result<ViewId> {
        let key = self.idempotency_key.clone();
        save(&env.store, &env.context(), Some(&key), self.read(env)?).await
    }
}

async fn saved(
    env: &Env,
    changed: &[Changed<OpportunityViewSaveInput>],
) -> Outcome<Vec<Option<opportunity_view::Model>>> {
    let ids = changed.iter().filter_map(|changed| Some(changed.done?.0.into())).collect();
    let views = own(env).by_ids(&env.store, "id", ids).await?;
    let of = |changed: &Changed<_>| views.iter().find(|view| Some(view.id) == changed.done).cloned();
    Ok(changed.iter().map(of).collect())
}

impl OpportunityViewSaveInput {
    /// The view as the domain keeps it, or everything that is wrong with it.
    fn read(self, env: &Env) -> domain::Result<SaveView> {
        let mut checks = Checks::default();
        checks.name("name", &self.name);
        let id: Option<ViewId> = checks.optional_id("id", self.id.as_ref());
        let of = match (id, self.expected_version) {
            (Some(id), Some(version)) => Some((id, version)),
            (None, None) => None,
            _ => {
                let detail = "`id` and `expectedVersion` go together";
                checks.refuse(Refusal::at("expectedVersion", Code::Invalid, detail));
                None
            }
        };
        if let Some(Err(wrong)) = self.filter.as_ref().map(FilterOf::condition) {
            checks.refuse(Refusal::at("filter", Code::Invalid, wrong.said(env.lang())));
        }
        let search = self.search.as_deref().unwrap_or_default();
        if let Err(wrong) = search::matching(env.store.backend(), search) {
            checks.refuse(Refusal::at("search", Code::Invalid, wrong));
        }
        checks.done()?;
        Ok(SaveView { of, settings: self.settings()?, name: self.name })
    }

    /// The arguments of the list as JSON.
    fn settings(&self) -> domain::Result<String> {
        let parts = [
            ("filter", self.filter.to_value()),
            ("orderBy", self.order_by.to_value()),
            ("search", self.search.to_value()),
            ("mine", Value::Boolean(self.mine)),
        ];
        let all = parts.into_iter().map(|(name, value)| (Name::new(name), value)).collect();
        let json = given(Value::Object(all)).into_json();
        Ok(json.map_err(|wrong| Error::Invariant(wrong.to_string()))?.to_string())
    }
}

/// Without the fields that were not given. PURE.
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

/// A view to be deleted.
#[derive(InputObject)]
pub(crate) struct OpportunityViewDeleteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The view.
    id: ID,
}

impl Change for OpportunityViewDeleteInput {
    type Gives = ViewId;
    const NAME: &'static str = "opportunityViewDelete";
    const DOC: &'static str = "Deletes a view of one's own.";
    const INPUT: &'static str = "The view to be deleted.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.field("deletedId", "The id of the deleted view; null if nothing was deleted.", |changed| {
            changed.done
        })
    }

    async fn change(self, env: &Env) -> domain::Result<ViewId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        delete(&env.store, &env.context(), Some(&self.idempotency_key), id).await
    }
}

/// Adds the changes of views.
pub(in crate::graphql::opportunity) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityViewSaveInput>().change::<OpportunityViewDeleteInput>()
}
