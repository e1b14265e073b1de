//! Making, changing, copying and deleting opportunities.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::opportunity::content::draft::{self, Seen};
use domain::opportunity::content::edit::{Changes, Patch};
use domain::opportunity::content::update::{self, Update};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::opportunity::Opportunity;
use super::opportunity_enums::{BudgetState, PresalesActivity, PurchasePhase, SupportKind};
use super::scalars::{CurrencyCode, Date, Decimal};
use super::user_error::{UserError, outcome, payload};

/// Most decimals of an amount; the currency may allow fewer.
const DECIMALS: usize = 6;

/// What an opportunity says. What is not given stays as it is; null takes it away.
#[derive(InputObject)]
pub struct OpportunityFieldsInput {
    /// What it is called, 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// What it is about: budget, decision maker, need and time; at most 4000 characters.
    description: MaybeUndefined<String>,
    /// The customer's name in law.
    customer_name: MaybeUndefined<String>,
    /// The customer's unified social credit code.
    credit_code: MaybeUndefined<String>,
    /// The customer, if it has an account.
    customer_id: MaybeUndefined<ID>,
    /// The province the customer is in: it decides which office looks after it.
    province: MaybeUndefined<String>,
    /// The city the customer is in.
    city: MaybeUndefined<String>,
    /// The customer's industry.
    industry: MaybeUndefined<String>,
    /// Whom to talk to.
    contact_name: MaybeUndefined<String>,
    /// As what that person works.
    contact_title: MaybeUndefined<String>,
    /// Telephone number.
    contact_phone: MaybeUndefined<String>,
    /// Mail address.
    contact_email: MaybeUndefined<String>,
    /// What was done already.
    presales_activities: MaybeUndefined<Vec<PresalesActivity>>,
    /// The partner's own offering that goes with it.
    offering_id: MaybeUndefined<ID>,
    /// The vendor's services wanted, at most 30.
    services: MaybeUndefined<Vec<String>>,
    /// The support asked for.
    support: MaybeUndefined<SupportKind>,
    /// How far the customer's budget is.
    budget_state: MaybeUndefined<BudgetState>,
    /// The budget.
    budget_amount: MaybeUndefined<Decimal>,
    /// Who decides at the customer.
    decision_maker: MaybeUndefined<String>,
    /// What the customer needs.
    need: MaybeUndefined<String>,
    /// How far the purchase is.
    purchase_phase: MaybeUndefined<PurchasePhase>,
    /// Expected revenue of the vendor.
    expected_amount: MaybeUndefined<Decimal>,
    /// The currency of its amounts; CNY if never given.
    currency_code: MaybeUndefined<CurrencyCode>,
    /// When the customer is expected to sign.
    expected_sign_on: MaybeUndefined<Date>,
    /// When it is expected to be delivered.
    expected_delivery_on: MaybeUndefined<Date>,
    /// Whether the customer agreed to the sharing of its data.
    customer_consent: MaybeUndefined<bool>,
    /// The product family wanted, of the vendor's own that no partner has yet; OTHER for none. A partner's is that of its
    /// offering.
    demand_tag: MaybeUndefined<String>,
}

/// As the domain says it.
fn patch<A, B>(given: MaybeUndefined<A>, mut read: impl FnMut(A) -> B) -> Patch<B> {
    match given {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Erase,
        MaybeUndefined::Value(value) => Patch::Set(read(value)),
    }
}

impl OpportunityFieldsInput {
    /// The changes, with every malformed id and amount noted.
    pub(crate) fn changes(self, checks: &mut Checks) -> Changes {
        let same = |text: String| text;
        let mut amount = |path: &str, given: MaybeUndefined<Decimal>| {
            patch(given, |amount| checks.amount(vec![path.to_owned()], &amount, DECIMALS))
        };
        let budget_amount = amount("budgetAmount", self.budget_amount);
        let expected_amount = amount("expectedAmount", self.expected_amount);
        Changes {
            name: patch(self.name, same),
            description: patch(self.description, same),
            customer_name: patch(self.customer_name, same),
            credit_code: patch(self.credit_code, same),
            customer_id: patch(self.customer_id, |id| checks.id("customerId", &id)),
            province: patch(self.province, same),
            city: patch(self.city, same),
            industry: patch(self.industry, same),
            contact_name: patch(self.contact_name, same),
            contact_title: patch(self.contact_title, same),
            contact_phone: patch(self.contact_phone, same),
            contact_email: patch(self.contact_email, same),
            presales_activities: patch(self.presales_activities, |list| {
                list.into_iter().map(Into::into).collect()
            }),
            offering_id: patch(self.offering_id, |id| checks.id("offeringId", &id)),
            services: patch(self.services, |list| list),
            support: patch(self.support, Into::into),
            budget_state: patch(self.budget_state, Into::into),
            budget_amount,
            decision_maker: patch(self.decision_maker, same),
            need: patch(self.need, same),
            purchase_phase: patch(self.purchase_phase, Into::into),
            expected_amount,
            currency: patch(self.currency_code, |code| code.0),
            expected_sign_on: patch(self.expected_sign_on, |day| day.0),
            expected_delivery_on: patch(self.expected_delivery_on, |day| day.0),
            customer_consent: patch(self.customer_consent, |agreed| agreed),
            demand_tag: patch(self.demand_tag, same),
        }
    }
}

/// An opportunity to be saved as a draft.
#[derive(InputObject)]
pub struct OpportunityCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it says; a name is enough for a draft.
    fields: OpportunityFieldsInput,
}

/// What is to be changed.
#[derive(InputObject)]
pub struct OpportunityUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
    /// The version you saw.
    expected_version: i32,
    /// What it says then; what is not given stays.
    fields: OpportunityFieldsInput,
}

/// Which opportunity to copy.
#[derive(InputObject)]
pub struct OpportunityCopyInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunity.
    id: ID,
}

/// Which draft to delete.
#[derive(InputObject)]
pub struct OpportunityDeleteInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The draft.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

payload! {
    /// What came of it.
    OpportunityCreatePayload {
        /// The draft.
        opportunity: Opportunity
    }
}
payload! {
    /// What came of it.
    OpportunityUpdatePayload {
        /// The opportunity as it is now.
        opportunity: Opportunity
    }
}
payload! {
    /// What came of it.
    OpportunityCopyPayload {
        /// The new draft.
        opportunity: Opportunity
    }
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OpportunityDeletePayload {
    /// The id of what is gone; null if nothing is.
    deleted_id: Option<ID>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of opportunities.
#[derive(Default)]
pub struct OpportunityMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OpportunityMutation {
    /// Saves an opportunity of one's own as a draft, which nobody else sees.
    async fn opportunity_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: OpportunityCreateInput,
    ) -> Result<OpportunityCreatePayload> {
        let mut checks = Checks::default();
        let changes = input.fields.changes(&mut checks);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                draft::create(store(ctx)?, &write_context(ctx)?, key, changes).await
            }
        };
        OpportunityCreatePayload::of(ctx, result, None).await
    }

    /// Changes what an opportunity says: what your side may change where it stands (editableFields).
    async fn opportunity_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: OpportunityUpdateInput,
    ) -> Result<OpportunityUpdatePayload> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &input.id), expected_version: input.expected_version };
        let changes = input.fields.changes(&mut checks);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                update::update(store(ctx)?, &write_context(ctx)?, key, Update { seen, changes }).await
            }
        };
        OpportunityUpdatePayload::of(ctx, result, Some(&input.id)).await
    }

    /// Copies an opportunity of one's own that was rejected or closed to a new draft.
    async fn opportunity_copy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: OpportunityCopyInput,
    ) -> Result<OpportunityCopyPayload> {
        let mut checks = Checks::default();
        let id = checks.id("id", &input.id);
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                draft::copy(store(ctx)?, &write_context(ctx)?, key, id).await
            }
        };
        OpportunityCopyPayload::of(ctx, result, None).await
    }

    /// Deletes a draft of one's own.
    async fn opportunity_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft.")] input: OpportunityDeleteInput,
    ) -> Result<OpportunityDeletePayload> {
        let mut checks = Checks::default();
        let seen = Seen { id: checks.id("id", &input.id), expected_version: input.expected_version };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                draft::delete(store(ctx)?, &write_context(ctx)?, key, seen).await
            }
        };
        let (deleted, user_errors) = outcome(ctx, result, Some(&input.id)).await?;
        Ok(OpportunityDeletePayload { deleted_id: deleted.map(|id| id.to_string().into()), user_errors })
    }
}
