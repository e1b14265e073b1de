//! Claiming, claiming again, and moving claims.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::opportunity_incentive::claim::{self, Again, NewClaim};
use domain::money::opportunity_incentive::moves::{self, Move, Seen};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::pce_claim::PceClaim;
use super::pce_claim_enums::PceClaimOperation;
use super::user_error::payload;

/// What is claimed.
#[derive(InputObject)]
pub struct PceClaimCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity; it is linked to its accounts and orders first.
    opportunity_id: ID,
    /// What you want to say, at most 4000 characters.
    #[graphql(default)]
    note: String,
    /// A file of the opportunity that proves it.
    evidence_file_id: Option<ID>,
}

/// A claim that was sent back, as it shall be.
#[derive(InputObject)]
pub struct PceClaimResubmitInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The claim.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What you want to say, at most 4000 characters.
    #[graphql(default)]
    note: String,
    /// A file of the opportunity that proves it.
    evidence_file_id: Option<ID>,
}

/// What is to be done with a claim.
#[derive(InputObject)]
pub struct PceClaimMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The claim.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What to do: PUBLISH or REJECT by the vendor, CONFIRM or DISPUTE by the partner.
    operation: PceClaimOperation,
    /// Why; needed where allowedOperations says so.
    reason: Option<String>,
}

payload! {
    /// What came of it.
    PceClaimCreatePayload {
        /// The claim.
        pce_claim: PceClaim
    }
}
payload! {
    /// What came of it.
    PceClaimResubmitPayload {
        /// The claim as it is now.
        pce_claim: PceClaim
    }
}
payload! {
    /// What came of it.
    PceClaimMovePayload {
        /// The claim as it is now.
        pce_claim: PceClaim
    }
}

/// Changes of claims.
#[derive(Default)]
pub struct PceClaimMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PceClaimMutation {
    /// Claims the incentive for an opportunity of one's own that was signed, once. Everything that speaks against it is
    /// said at once; pceClaimEligibility says it before.
    async fn pce_claim_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is claimed.")] input: PceClaimCreateInput,
    ) -> Result<PceClaimCreatePayload> {
        let mut checks = Checks::default();
        let new = NewClaim {
            opportunity_id: checks.id("opportunityId", &input.opportunity_id),
            note: input.note,
            evidence: checks.optional_id("evidenceFileId", input.evidence_file_id.as_ref()),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                claim::create(store(ctx)?, &write_context(ctx)?, key, new).await
            }
        };
        PceClaimCreatePayload::of(ctx, result, None).await
    }

    /// Sends a claim that was sent back again, with what the opportunity is linked to now.
    async fn pce_claim_resubmit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The claim as it shall be.")] input: PceClaimResubmitInput,
    ) -> Result<PceClaimResubmitPayload> {
        let mut checks = Checks::default();
        let again = Again {
            seen: Seen { id: checks.id("id", &input.id), expected_version: input.expected_version },
            note: input.note,
            evidence: checks.optional_id("evidenceFileId", input.evidence_file_id.as_ref()),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                claim::resubmit(store(ctx)?, &write_context(ctx)?, key, again).await
            }
        };
        PceClaimResubmitPayload::of(ctx, result, Some(&input.id)).await
    }

    /// Publishes what a claim comes to or sends it back (the vendor); confirms or disputes it (the partner). What is
    /// confirmed can be requested (incentiveEntitlements).
    async fn pce_claim_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which claim, and how.")] input: PceClaimMoveInput,
    ) -> Result<PceClaimMovePayload> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &input.id), expected_version: input.expected_version };
        let how = Move { seen, operation: input.operation.into(), reason: input.reason };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                moves::move_one(store(ctx)?, &write_context(ctx)?, key, how).await
            }
        };
        PceClaimMovePayload::of(ctx, result, Some(&input.id)).await
    }
}
