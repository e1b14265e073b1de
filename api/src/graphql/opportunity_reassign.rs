//! Giving opportunities to another office or person.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::opportunity::content::draft::Seen;
use domain::opportunity::review::reassign::{Reassign, Target, reassign_many};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::opportunity_move::{OpportunityMovePayload, OpportunitySeen, results, seen};
use super::payment_move::BulkMode;

/// Which opportunities to give to whom.
#[derive(InputObject)]
pub struct OpportunityReassignManyInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunities, at most 100.
    opportunities: Vec<OpportunitySeen>,
    /// The office that looks after them from now on; not needed with `subject`.
    office_id: Option<ID>,
    /// The person of the office who works on them from now on; not given, anybody of the office may claim them.
    subject: Option<String>,
    /// Why, in words.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// Giving opportunities away.
#[derive(Default)]
pub struct OpportunityReassignMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityReassignMutation {
    /// Gives opportunities to another office, or to one of its people. Operations and coordinators may. What was claimed
    /// is free again, unless a person gets it.
    async fn opportunity_reassign_many(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which opportunities, to whom.")] input: OpportunityReassignManyInput,
    ) -> Result<OpportunityMovePayload> {
        let mut checks = Checks::default();
        let opportunities: Vec<Seen> = seen(&mut checks, &input.opportunities);
        let office_id = checks.optional_id("officeId", input.office_id.as_ref());
        if let Some(reason) = &input.reason {
            checks.text("reason", reason, domain::opportunity::state::apply::REASON_LIMIT);
        }
        let to = Target { office_id, subject: input.subject };
        let wish = Reassign { opportunities, to, reason: input.reason, policy: input.policy.into() };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                reassign_many(store(ctx)?, &write_context(ctx)?, key, wish).await
            }
        };
        results(ctx, result).await
    }
}
