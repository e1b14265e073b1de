//! Creating, changing, copying and deleting opportunities.

use async_graphql::{ID, InputObject};
use domain::opportunity::content::draft::{self, Seen};
use domain::opportunity::content::update::{self, Update};
use entity::OpportunityId;

use super::fields::OpportunityFieldsInput;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// An opportunity to be saved as a draft.
#[derive(InputObject)]
pub(crate) struct OpportunityCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it says; a name is enough for a draft.
    fields: OpportunityFieldsInput,
}

impl Change for OpportunityCreateInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityCreate";
    const DOC: &'static str = "Saves an opportunity of one's own as a draft, which nobody else sees.";
    const INPUT: &'static str = "The draft.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The draft.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let changes = self.fields.changes(&mut checks);
        checks.done()?;
        draft::create(&env.store, &env.context(), Some(&self.idempotency_key), changes).await
    }
}

/// A change of what an opportunity says.
#[derive(InputObject)]
pub(crate) struct OpportunityUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What it says then; what is not given stays.
    fields: OpportunityFieldsInput,
}

impl Change for OpportunityUpdateInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityUpdate";
    const DOC: &'static str = "Changes what an opportunity says: the fields that your side may change in its state (editableFields).";
    const INPUT: &'static str = "The opportunity, and what changes of it.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        let changes = self.fields.changes(&mut checks);
        checks.done()?;
        update::update(&env.store, &env.context(), Some(&self.idempotency_key), Update { seen, changes })
            .await
    }
}

/// An opportunity to be copied.
#[derive(InputObject)]
pub(crate) struct OpportunityCopyInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
}

impl Change for OpportunityCopyInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityCopy";
    const DOC: &'static str =
        "Copies an opportunity of one's own that was rejected or closed to a new draft.";
    const INPUT: &'static str = "The opportunity to be copied.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The new draft.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        checks.done()?;
        draft::copy(&env.store, &env.context(), Some(&self.idempotency_key), id).await
    }
}

/// A draft to be deleted.
#[derive(InputObject)]
pub(crate) struct OpportunityDeleteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The draft.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

impl Change for OpportunityDeleteInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityDelete";
    const DOC: &'static str = "Deletes a draft of one's own.";
    const INPUT: &'static str = "The draft to be deleted.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.field("deletedId", "The id of the deleted draft; null if nothing was deleted.", |changed| {
            changed.done
        })
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        checks.done()?;
        draft::delete(&env.store, &env.context(), Some(&self.idempotency_key), seen).await
    }
}

/// Adds the changes of opportunities by whoever shares them.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityCreateInput>()
        .change::<OpportunityUpdateInput>()
        .change::<OpportunityCopyInput>()
        .change::<OpportunityDeleteInput>()
}
