//! The vendor makes opportunities of its own known.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::opportunity::intake::share::{self, Share};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::opportunity::Opportunity;
use super::opportunity_change::OpportunityFieldsInput;
use super::scalars::DateTime;
use super::user_error::payload;

/// An opportunity of the vendor.
#[derive(InputObject)]
pub struct OpportunityShareInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it says. Needed are a name, the customer's name and province, and when it is expected to sign; it has no
    /// offering yet.
    fields: OpportunityFieldsInput,
    /// The product family wanted, e.g. BIG_DATA; OTHER for none.
    demand_tag: String,
    /// When the vendor's sales created it, not after now: from then it counts. Now if not given.
    shared_at: Option<DateTime>,
    /// Its number in the vendor's CRM: the same number is taken in once.
    crm_no: Option<String>,
}

payload! {
    /// What came of it.
    OpportunitySharePayload {
        /// The opportunity, to be offered.
        opportunity: Opportunity
    }
}

/// Making the vendor's opportunities known.
#[derive(Default)]
pub struct OpportunityShareMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityShareMutation {
    /// Makes an opportunity of the vendor known: it stands to be offered to a partner.
    async fn opportunity_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The opportunity.")] input: OpportunityShareInput,
    ) -> Result<OpportunitySharePayload> {
        let mut checks = Checks::default();
        let changes = input.fields.changes(&mut checks);
        let shared_at = input.shared_at.map(|at| at.0);
        let share = Share { changes, demand_tag: input.demand_tag, shared_at, crm_no: input.crm_no };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                share::share(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), share).await
            }
        };
        OpportunitySharePayload::of(ctx, result, None).await
    }
}
