//! Making opportunities of the vendor known, one by one.

use async_graphql::{ID, InputObject};
use domain::opportunity::intake::share::{self, Share};
use entity::OpportunityId;

use crate::graphql::opportunity::fields::OpportunityFieldsInput;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::DateTime;

/// An opportunity of the vendor.
#[derive(InputObject)]
pub(crate) struct OpportunityShareInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it says. Needed are a name, the customer's name and province, and the day on which it is expected to sign;
    /// it has no offering yet.
    fields: OpportunityFieldsInput,
    /// The product family that is wanted, e.g. BIG_DATA; OTHER for none.
    demand_tag: String,
    /// The instant at which the vendor's sales created it, not after now: from then it counts. Now if not given.
    shared_at: Option<DateTime>,
    /// Its number in the vendor's CRM: the same number is taken in once.
    crm_no: Option<String>,
}

impl Change for OpportunityShareInput {
    type Gives = OpportunityId;
    const NAME: &'static str = "opportunityShare";
    const DOC: &'static str =
        "Makes an opportunity of the vendor known, which is then to be offered to a partner.";
    const INPUT: &'static str = "The opportunity.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("opportunity", "The opportunity, to be offered.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<OpportunityId> {
        let mut checks = Checks::default();
        let changes = self.fields.changes(&mut checks);
        checks.done()?;
        let shared_at = self.shared_at.map(|at| at.0);
        let share = Share { changes, demand_tag: self.demand_tag, shared_at, crm_no: self.crm_no };
        share::share(&env.store, &env.context(), Some(&self.idempotency_key), share).await
    }
}

/// Adds making an opportunity known.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityShareInput>()
}
