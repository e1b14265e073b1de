//! What an opportunity says, as inputs give it.

use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::opportunity::content::edit::{Changes, Patch};

use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::{BudgetState, PresalesActivity, PurchasePhase, SupportKind};
use crate::graphql::schema::scalars::{CurrencyCode, Date, Decimal};

/// Most decimals of an amount; the currency may allow fewer.
const DECIMALS: usize = 6;

/// The fields of an opportunity. A field that is not given stays as it is; null takes its value away.
#[derive(InputObject)]
pub(crate) struct OpportunityFieldsInput {
    /// Its name, 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// A text about budget, decision maker, need and time; at most 4000 characters.
    description: MaybeUndefined<String>,
    /// The customer's name in law.
    customer_name: MaybeUndefined<String>,
    /// The customer's unified social credit code.
    credit_code: MaybeUndefined<String>,
    /// The customer, if it has an account.
    customer_id: MaybeUndefined<ID>,
    /// The province the customer is in: it decides which office looks after the opportunity.
    province: MaybeUndefined<String>,
    /// The city the customer is in.
    city: MaybeUndefined<String>,
    /// The customer's industry.
    industry: MaybeUndefined<String>,
    /// The name of the person to talk to at the customer.
    contact_name: MaybeUndefined<String>,
    /// The job title of that person.
    contact_title: MaybeUndefined<String>,
    /// The telephone number of that person.
    contact_phone: MaybeUndefined<String>,
    /// The e-mail address of that person.
    contact_email: MaybeUndefined<String>,
    /// The presales work that was done already.
    presales_activities: MaybeUndefined<Vec<PresalesActivity>>,
    /// The partner's own offering that goes with it.
    offering_id: MaybeUndefined<ID>,
    /// The names of the vendor's services that are wanted, at most 30.
    services: MaybeUndefined<Vec<String>>,
    /// The support that the partner asks for.
    support: MaybeUndefined<SupportKind>,
    /// How far the customer's budget is.
    budget_state: MaybeUndefined<BudgetState>,
    /// The customer's budget, in units of the currency.
    budget_amount: MaybeUndefined<Decimal>,
    /// The person who decides at the customer.
    decision_maker: MaybeUndefined<String>,
    /// The customer's need in words.
    need: MaybeUndefined<String>,
    /// How far the customer's purchase is.
    purchase_phase: MaybeUndefined<PurchasePhase>,
    /// The revenue that the vendor expects, in units of the currency.
    expected_amount: MaybeUndefined<Decimal>,
    /// The currency of its amounts; CNY if never given.
    currency_code: MaybeUndefined<CurrencyCode>,
    /// The day on which the customer is expected to sign.
    expected_sign_on: MaybeUndefined<Date>,
    /// The day on which it is expected to be delivered.
    expected_delivery_on: MaybeUndefined<Date>,
    /// Whether the customer agreed that its data is shared.
    customer_consent: MaybeUndefined<bool>,
    /// The product family that is wanted, of an opportunity of the vendor that no partner has yet; OTHER for none. A
    /// partner's has that of its offering.
    demand_tag: MaybeUndefined<String>,
}

/// What becomes of a field: nothing, if it was not given.
fn patch<A, B>(given: MaybeUndefined<A>, mut read: impl FnMut(A) -> B) -> Patch<B> {
    match given {
        MaybeUndefined::Undefined => Patch::Keep,
        MaybeUndefined::Null => Patch::Erase,
        MaybeUndefined::Value(value) => Patch::Set(read(value)),
    }
}

impl OpportunityFieldsInput {
    /// The changes, with every malformed id and amount noted.
    pub(super) fn changes(self, checks: &mut Checks) -> Changes {
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
                list.into_iter().map(|activity| activity.0).collect()
            }),
            offering_id: patch(self.offering_id, |id| checks.id("offeringId", &id)),
            services: patch(self.services, |list| list),
            support: patch(self.support, |kind| kind.0),
            budget_state: patch(self.budget_state, |state| state.0),
            budget_amount,
            decision_maker: patch(self.decision_maker, same),
            need: patch(self.need, same),
            purchase_phase: patch(self.purchase_phase, |phase| phase.0),
            expected_amount,
            currency: patch(self.currency_code, |code| code.0),
            expected_sign_on: patch(self.expected_sign_on, |day| day.0),
            expected_delivery_on: patch(self.expected_delivery_on, |day| day.0),
            customer_consent: patch(self.customer_consent, |agreed| agreed),
            demand_tag: patch(self.demand_tag, same),
        }
    }
}
