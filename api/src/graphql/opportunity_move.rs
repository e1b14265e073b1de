//! Moving opportunities from state to state.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::kernel::many::Outcome;
use domain::opportunity::content::draft::Seen;
use domain::opportunity::review::take::{self, Take};
use domain::opportunity::state::moves::{self, Moves};
use entity::OpportunityId;

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::opportunity::Opportunity;
use super::opportunity_enums::{OpportunityOperation, OpportunityReason};
use super::payment_move::BulkMode;
use super::user_error::{UserError, outcome, payload, refused};

/// An opportunity, as you saw it.
#[derive(InputObject)]
pub struct OpportunitySeen {
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

/// Which opportunities to move, and how.
#[derive(InputObject)]
pub struct OpportunityMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What to do, the same for all.
    operation: OpportunityOperation,
    /// The opportunities, at most 100.
    opportunities: Vec<OpportunitySeen>,
    /// Why, of the closed list; allowedOperations says which operations need one, and of which.
    reason_code: Option<OpportunityReason>,
    /// Why, in words; needed where allowedOperations says so, and with OTHER.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// What became of one opportunity.
#[derive(SimpleObject)]
pub struct OpportunityMoveResult {
    /// The id that was sent.
    id: ID,
    /// The opportunity as it is now; null if the caller sees none.
    opportunity: Option<Opportunity>,
    /// Why it did not move; empty if it did.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityMovePayload {
    /// A row for each opportunity, in the order sent; empty if nothing was tried.
    results: Vec<OpportunityMoveResult>,
    /// Why nothing moved; empty if some did.
    user_errors: Vec<UserError>,
}

/// An opportunity to be worked on, or let go.
#[derive(InputObject)]
pub struct OpportunityClaimInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// True to work on it, false to let it go.
    #[graphql(default = true)]
    claim: bool,
}

payload! {
    /// What came of it.
    OpportunityClaimPayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}

/// Moves of opportunities.
#[derive(Default)]
pub struct OpportunityMoveMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityMoveMutation {
    /// Moves opportunities from state to state. Which operations are possible, and for whom, each says itself
    /// (allowedOperations).
    async fn opportunity_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which opportunities, and how.")] input: OpportunityMoveInput,
    ) -> Result<OpportunityMovePayload> {
        let mut checks = Checks::default();
        let opportunities = seen(&mut checks, &input.opportunities);
        let moves = Moves {
            operation: input.operation.into(),
            opportunities,
            code: input.reason_code.map(Into::into),
            reason: input.reason,
            policy: input.policy.into(),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                moves::move_all(store(ctx)?, &write_context(ctx)?, key, moves).await
            }
        };
        results(ctx, result).await
    }

    /// Takes an opportunity of one's office, so that no colleague works on it too, or lets it go. Coordinators take
    /// whatever they like.
    async fn opportunity_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: OpportunityClaimInput,
    ) -> Result<OpportunityClaimPayload> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &input.id), expected_version: input.expected_version };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                take::take(store(ctx)?, &write_context(ctx)?, key, Take { seen, take: input.claim }).await
            }
        };
        OpportunityClaimPayload::of(ctx, result, Some(&input.id)).await
    }
}

/// The opportunities of an input, each at fault named.
pub(crate) fn seen(checks: &mut Checks, opportunities: &[OpportunitySeen]) -> Vec<Seen> {
    let one = |(i, seen): (usize, &OpportunitySeen)| Seen {
        id: checks.id(&format!("opportunities.{i}.id"), &seen.id),
        expected_version: seen.expected_version,
    };
    opportunities.iter().enumerate().map(one).collect()
}

/// What became of many.
pub(crate) async fn results(
    ctx: &Context<'_>,
    result: domain::Result<Vec<Outcome<OpportunityId>>>,
) -> Result<OpportunityMovePayload> {
    let (outcomes, user_errors) = outcome(ctx, result, None).await?;
    let rows = outcomes.unwrap_or_default().into_iter().map(|one| moved(ctx, one));
    Ok(OpportunityMovePayload { results: futures_util::future::try_join_all(rows).await?, user_errors })
}

/// The row of an opportunity in a payload.
async fn moved(ctx: &Context<'_>, one: Outcome<OpportunityId>) -> Result<OpportunityMoveResult> {
    let id: ID = one.id.to_string().into();
    let opportunity = super::node::load::<OpportunityId, Opportunity>(ctx, one.id).await?;
    let user_errors = refused(ctx, &one.refusals, Some(&id)).await?;
    Ok(OpportunityMoveResult { id, opportunity, user_errors })
}
