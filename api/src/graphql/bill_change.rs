//! Confirming incentive bills, and releasing those that were parked.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::incentive::confirm::{self, Confirm};
use domain::money::incentive::release::{self, Release};

use super::bill::IncentiveBill;
use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::user_error::payload;

/// Which bill to confirm, as you saw it.
#[derive(InputObject)]
pub struct IncentiveBillConfirmInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    bill_id: ID,
    /// The version you saw.
    expected_version: i32,
}

payload! {
    /// What came of it.
    IncentiveBillConfirmPayload {
        /// The bill as it is now.
        incentive_bill: IncentiveBill
    }
}

/// Which parked bill is right after all, as you saw it.
#[derive(InputObject)]
pub struct IncentiveBillReleaseInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    bill_id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What the review found, 1 to 1000 characters; it stands in the audit trail.
    reason: String,
}

payload! {
    /// What came of it.
    IncentiveBillReleasePayload {
        /// The bill as it is now.
        incentive_bill: IncentiveBill
    }
}

/// Changes of bills.
#[derive(Default)]
pub struct BillMutation;

#[Object(guard = "root(\"Mutation\")")]
impl BillMutation {
    /// Confirms an incentive bill. A partner confirms its own.
    async fn incentive_bill_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bill, as you saw it.")] input: IncentiveBillConfirmInput,
    ) -> Result<IncentiveBillConfirmPayload> {
        let mut checks = Checks::default();
        let bill_id = checks.id("billId", &input.bill_id);
        let confirm = Confirm { bill_id, expected_version: input.expected_version };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                confirm::confirm(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), confirm)
                    .await
            }
        };
        IncentiveBillConfirmPayload::of(ctx, result, Some(&input.bill_id)).await
    }

    /// Releases a bill that was parked for review: from now on it waits for its partner.
    async fn incentive_bill_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bill, as you saw it.")] input: IncentiveBillReleaseInput,
    ) -> Result<IncentiveBillReleasePayload> {
        let mut checks = Checks::default();
        let bill_id = checks.id("billId", &input.bill_id);
        let new = Release { bill_id, expected_version: input.expected_version, reason: input.reason };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                release::release(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await
            }
        };
        IncentiveBillReleasePayload::of(ctx, result, Some(&input.bill_id)).await
    }
}
