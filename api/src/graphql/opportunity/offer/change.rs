//! Offering the vendor's opportunities to partners.

use async_graphql::{ID, InputObject};
use domain::opportunity::offer::make::{self, Offer};
use entity::OpportunityId;

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// An opportunity to be offered, and to whom.
#[derive(InputObject)]
pub(crate) struct OpportunityOfferInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// The partner to which it is offered; the best recipient if not given.
    partner_id: Option<ID>,
}

impl Change for OpportunityOfferInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityOffer";
    const DOC: &'static str = "Offers an opportunity of the vendor to a partner, who has three working days to accept or refuse it. A partner \
         that refuses or does not answer is followed by the next recipient by itself.";
    const INPUT: &'static str = "The opportunity, and the partner to which it is offered.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let id = checks.id("id", &self.id);
        let partner_id = checks.optional_id("partnerId", self.partner_id.as_ref());
        checks.done()?;
        let new = Offer { id, expected_version: self.expected_version, partner_id };
        make::offer(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds offering.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityOfferInput>()
}
