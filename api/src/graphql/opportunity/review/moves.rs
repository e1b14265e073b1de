//! Moving opportunities from state to state, many at once, and taking one to work on it.

use async_graphql::{ID, InputObject};
use domain::kernel::many::Outcome;
use domain::opportunity::content::draft::Seen;
use domain::opportunity::review::take::{self, Take};
use domain::opportunity::state::moves::{self, Moves};
use entity::OpportunityId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{BulkMode, OpportunityOperation, OpportunityReason};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, told};

/// An opportunity, as you saw it.
#[derive(InputObject)]
pub(crate) struct OpportunitySeen {
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

/// The opportunities of an input, each malformed id noted.
pub(super) fn seen(checks: &mut Checks, opportunities: &[OpportunitySeen]) -> Vec<Seen> {
    let one = |(i, seen): (usize, &OpportunitySeen)| Seen {
        id: checks.id(&format!("opportunities.{i}.id"), &seen.id),
        expected_version: seen.expected_version,
    };
    opportunities.iter().enumerate().map(one).collect()
}

/// The outcome for one of many opportunities.
pub(super) struct Moved {
    id: OpportunityId,
    errors: Vec<UserError>,
}

impl Shown for Moved {
    const NAME: &'static str = "OpportunityMoveResult";

    fn object() -> Object<Self> {
        Object::<Self>::new("The outcome for one opportunity.")
            .field("id", "The id that was sent.", |moved| moved.id)
            .one("opportunity", "The opportunity as it is now; null if the caller sees none.", |moved| {
                Some(moved.id)
            })
            .user_errors("Why it did not move; empty if it did.", |moved| &moved.errors)
    }
}

/// The payload of a change of many opportunities.
pub(super) const MANY: &str = "OpportunityMovePayload";

/// Adds the outcome for each of many opportunities.
pub(super) fn results<I>(fields: Object<Changed<I>>) -> Object<Changed<I>>
where
    I: Change<Gives = Vec<Outcome<OpportunityId>>>,
{
    fields.said_objects(
        "results",
        "A row for each opportunity, in the order sent; empty if nothing was tried.",
        |changed, env| changed.done.iter().flatten().map(|outcome| moved(outcome, env)).collect(),
    )
}

fn moved(outcome: &Outcome<OpportunityId>, env: &Env) -> Moved {
    let id = ID::from(outcome.id.to_string());
    Moved { id: outcome.id, errors: told(env, &outcome.refusals, Some(&id)) }
}

/// Opportunities to be moved, and how.
#[derive(InputObject)]
pub(crate) struct OpportunityMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The operation, the same for all.
    operation: OpportunityOperation,
    /// The opportunities, at most 100.
    opportunities: Vec<OpportunitySeen>,
    /// The reason, of the closed list; allowedOperations says which operations need one, and of which.
    reason_code: Option<OpportunityReason>,
    /// The reason in words; needed where allowedOperations says so, and with OTHER.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkMode,
}

impl Change for OpportunityMoveInput {
    type Gives = Vec<Outcome<OpportunityId>>;
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
        let opportunities = seen(&mut checks, &self.opportunities);
        checks.done()?;
        let moves = Moves {
            operation: self.operation.0,
            opportunities,
            code: self.reason_code.map(|code| code.0),
            reason: self.reason,
            policy: self.policy.0,
        };
        moves::move_all(&env.store, &env.context(), Some(&self.idempotency_key), moves).await
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

    fn edited(&self) -> Option<&ID> {
        Some(&self.id)
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
