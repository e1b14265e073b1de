//! Claiming, claiming again, and moving claims.

use async_graphql::{ID, InputObject};
use domain::money::opportunity_incentive::claim::{self, Again, NewClaim};
use domain::money::opportunity_incentive::moves::{self, Move, Seen};
use entity::PceClaimId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::PceClaimOperation;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// A claim to be made.
#[derive(InputObject)]
pub(crate) struct PceClaimCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity; it is linked to its accounts and orders first.
    opportunity_id: ID,
    /// A note, at most 4000 characters.
    #[graphql(default)]
    note: String,
    /// A file of the opportunity that proves it.
    evidence_file_id: Option<ID>,
}

impl Change for PceClaimCreateInput {
    type Gives = PceClaimId;
    const NAME: &'static str = "pceClaimCreate";
    const DOC: &'static str = "Claims the incentive for an opportunity of one's own that was signed, once. Everything that speaks against it is \
         said at once; pceClaimEligibility says it before.";
    const INPUT: &'static str = "The claim to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("pceClaim", "The new claim.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PceClaimId> {
        let mut checks = Checks::default();
        let opportunity_id = checks.id("opportunityId", &self.opportunity_id);
        let evidence = checks.optional_id("evidenceFileId", self.evidence_file_id.as_ref());
        checks.done()?;
        let new = NewClaim { opportunity_id, note: self.note, evidence };
        claim::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// A claim that was sent back, as it shall be.
#[derive(InputObject)]
pub(crate) struct PceClaimResubmitInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The claim.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// A note, at most 4000 characters.
    #[graphql(default)]
    note: String,
    /// A file of the opportunity that proves it.
    evidence_file_id: Option<ID>,
}

impl Change for PceClaimResubmitInput {
    type Gives = PceClaimId;
    const NAME: &'static str = "pceClaimResubmit";
    const DOC: &'static str =
        "Sends a claim that was sent back again, with what the opportunity is linked to now.";
    const INPUT: &'static str = "The claim as it shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("pceClaim", "The claim as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PceClaimId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        let evidence = checks.optional_id("evidenceFileId", self.evidence_file_id.as_ref());
        checks.done()?;
        let again = Again { seen, note: self.note, evidence };
        claim::resubmit(&env.store, &env.context(), Some(&self.idempotency_key), again).await
    }
}

/// A claim to be moved, and how.
#[derive(InputObject)]
pub(crate) struct PceClaimMoveInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The claim.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// The operation: PUBLISH or REJECT by the vendor, CONFIRM or DISPUTE by the partner.
    operation: PceClaimOperation,
    /// The reason in words; needed where allowedOperations says so.
    reason: Option<String>,
}

impl Change for PceClaimMoveInput {
    type Gives = PceClaimId;
    const NAME: &'static str = "pceClaimMove";
    const DOC: &'static str = "Publishes the incentive of a claim or sends the claim back (the vendor); confirms or disputes it (the partner). \
         The incentive of a confirmed claim can be requested (incentiveEntitlements).";
    const INPUT: &'static str = "The claim, and how it moves.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("pceClaim", "The claim as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PceClaimId> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &self.id), expected_version: self.expected_version };
        checks.done()?;
        let how = Move { seen, operation: self.operation.0, reason: self.reason };
        moves::move_one(&env.store, &env.context(), Some(&self.idempotency_key), how).await
    }
}

/// Adds the changes of claims.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PceClaimCreateInput>().change::<PceClaimResubmitInput>().change::<PceClaimMoveInput>()
}
