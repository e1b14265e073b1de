//! Confirming incentive bills, and releasing those that were parked.

use async_graphql::{ID, InputObject};
use domain::money::incentive::confirm::{self, Confirm};
use domain::money::incentive::release::{self, Release};
use entity::IncentiveBillId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// A bill to confirm, as you saw it.
#[derive(InputObject)]
pub(crate) struct IncentiveBillConfirmInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

impl Change for IncentiveBillConfirmInput {
    type Gives = IncentiveBillId;
    const NAME: &'static str = "incentiveBillConfirm";
    const DOC: &'static str = "Confirms an incentive bill. A partner confirms its own.";
    const INPUT: &'static str = "The bill, as you saw it.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("incentiveBill", "The bill as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<IncentiveBillId> {
        let mut checks = Checks::default();
        let bill_id = checks.id("id", &self.id);
        checks.done()?;
        let new = Confirm { bill_id, expected_version: self.expected_version };
        confirm::confirm(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// A parked bill that is right after all, as you saw it.
#[derive(InputObject)]
pub(crate) struct IncentiveBillReleaseInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What the review found, 1 to 1000 characters; it stands in the audit trail.
    reason: String,
}

impl Change for IncentiveBillReleaseInput {
    type Gives = IncentiveBillId;
    const NAME: &'static str = "incentiveBillRelease";
    const DOC: &'static str =
        "Releases a bill that was parked for review: from now on it waits for its partner.";
    const INPUT: &'static str = "The bill, as you saw it.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("incentiveBill", "The bill as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<IncentiveBillId> {
        let mut checks = Checks::default();
        let bill_id = checks.id("id", &self.id);
        checks.done()?;
        let new = Release { bill_id, expected_version: self.expected_version, reason: self.reason };
        release::release(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the changes of bills.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<IncentiveBillConfirmInput>().change::<IncentiveBillReleaseInput>()
}
