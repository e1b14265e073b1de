//! Moving opportunities from state to state, many at once, and taking one to work on it.

use async_graphql::{ID, InputObject};
use domain::kernel::many;
use domain::opportunity::content::draft::Seen;
use domain::opportunity::review::take::{self, Take};
use domain::opportunity::state::moves::{self, Moves};
use entity::OpportunityId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{BulkPolicy, OpportunityOperation, OpportunityReason};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::many::{Became, Many, Seen as SeenOne, became};
use crate::graphql::schema::object::Object;

impl Many for OpportunityId {
    const LIST: &'static str = "opportunities";
    const RESULT: &'static str = "OpportunityMoveResult";
    const FIELD: &'static str = "opportunity";
}

/// The payload of a change of many opportunities.
pub(super) const MANY: &str = "OpportunityMovePayload";

/// The outcome for each of many opportunities.
pub(super) type AllBecame = Vec<Became<OpportunityId>>;

/// Adds what became of each of many opportunities.
pub(super) fn results<I: Change<Gives = AllBecame>>(fields: Object<Changed<I>>) -> Object<Changed<I>> {
    fields.objects(
        "results",
        "A row for each opportunity, in the order sent; empty if nothing was tried.",
        |changed| changed.done.clone().unwrap_or_default(),
    )
}

/// The opportunities of an input, as they were seen.
pub(super) fn seen(checks: &mut Checks, sent: &[SeenOne], policy: many::BulkPolicy) -> Vec<Seen> {
    let seen = |(id, expected_version)| Seen { id, expected_version };
    checks.many(sent, policy).into_iter().map(seen).collect()
}

/// Opportunities to be moved, and how.
#[derive(InputObject)]
pub(crate) struct OpportunityMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The operation, the same for all.
    operation: OpportunityOperation,
    /// The opportunities, at most 100.
    opportunities: Vec<SeenOne>,
    /// The reason, of the closed list; allowedOperations says which operations need one, and of which.
    reason_code: Option<OpportunityReason>,
    /// The reason in words; needed where allowedOperations says so, and with OTHER.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for OpportunityMoveInput {
    type Gives = AllBecame;
    const NAME: &'static str = "opportunityMove";
    const DOC: &'static str = "Moves opportunities from state to state. Each says which operations are possible, and for whom \
         (allowedOperations).";
    const INPUT: &'static str = "The opportunities, and how they move.";
    const PAYLOAD: Option<&'static str> = Some(MANY);

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        results(fields)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let opportunities = seen(&mut checks, &self.opportunities, self.policy.0);
        checks.done()?;
        let moves = Moves {
            operation: self.operation.0,
            opportunities,
            code: self.reason_code.map(|code| code.0),
            reason: self.reason,
            policy: self.policy.0,
        };
        let key = Some(self.idempotency_key.as_str());
        let outcomes = moves::move_all(&env.store, &env.context(), key, moves).await?;
        Ok(became::<Self, _>(env, self.opportunities, outcomes))
    }
}

/// An opportunity to be taken, or to be let go.
#[derive(InputObject)]
pub(crate) struct OpportunityClaimInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True to take it, false to let it go.
    #[graphql(default = true)]
    claim: bool,
}

impl Change for OpportunityClaimInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityClaim";
    const DOC: &'static str = "Takes an opportunity of one's office, so that no colleague works on it too, or lets it go. Coordinators take \
         any.";
    const INPUT: &'static str = "The opportunity to be taken, or to be let go.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        checks.done()?;
        let take = Take { seen, take: self.claim };
        take::take(&env.store, &env.context(), Some(&self.idempotency_key), take).await
    }
}

/// Adds the moves of opportunities.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityMoveInput>().change::<OpportunityClaimInput>()
}
