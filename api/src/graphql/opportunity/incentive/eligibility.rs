//! Whether an opportunity may be claimed for.

use async_graphql::ID;
use domain::money::opportunity_incentive::eligibility::Examined;
use domain::reading;
use entity::OpportunityId;

use crate::graphql::schema::args::Args;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::user_error::{UserError, found};

/// What was found of an opportunity.
struct Eligibility {
    examined: Examined,
    against: Vec<UserError>,
}

impl Eligibility {
    fn money(&self, amount: i64) -> Option<Money> {
        self.examined.policy.as_ref().map(|policy| Money::of(amount, policy.currency))
    }
}

impl Shown for Eligibility {
    const NAME: &'static str = "PceClaimEligibility";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "Whether an opportunity may be claimed for now, and the incentive it would come to.",
        )
        .field("eligible", "Whether nothing speaks against it.", |found| found.against.is_empty())
        .refusals("against", "Everything that speaks against it.", |found| &found.against)
        .maybe_object("policy", "The policy of the month of signing; null if there is none.", |found| {
            found.examined.policy.clone()
        })
        .field("months", "The months whose cash counts.", |found| found.examined.months.clone())
        .maybe_object("basis", "The customer's cash so far; null without a policy.", |found| {
            found.money(found.examined.basis)
        })
        .maybe_object(
            "amount",
            "The incentive it would come to now; null without a policy.",
            |found| found.money(found.examined.amount),
        )
    }
}

async fn examined(env: &Env, args: &Args) -> Outcome<Option<Eligibility>> {
    let Ok(id) = args.get::<ID>("opportunityId")?.parse::<OpportunityId>() else { return Ok(None) };
    let examined = reading::opportunity::incentive::eligibility(&env.store, env.scope, id).await?;
    Ok(examined.map(|examined| Eligibility { against: found(env, &examined.violations), examined }))
}

/// Adds the query of eligibility.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.column(
        "pceClaimEligibility",
        "Whether an opportunity may be claimed for now: everything that speaks against it, and the incentive it would \
         come to. Null if the caller does not see the opportunity.",
        |env, _, args| Box::pin(async move { Ok(vec![examined(env, args).await?]) }),
    )
    .arg::<ID>("opportunityId", "The opportunity's id.")
}
