//! Policies of the incentive for opportunities.

use async_graphql::{ID, InputObject};
use domain::money::opportunity_incentive::policy::{self, NewPolicy};
use domain::reading::{self, Key};
use entity::{PcePolicyId, pce_incentive_policy};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::comparators::{CurrencyFilter, MonthFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::{CurrencyCode, Decimal, Month};

/// Most decimals of a cap; the currency may allow fewer.
const DECIMALS: usize = 6;

impl Shown for pce_incentive_policy::Model {
    const NAME: &'static str = "PceIncentivePolicy";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "What partners earn with opportunities signed in some months. Of the policies of a currency the latest that \
             began holds, if it has not ended.",
        )
        .node(|policy| policy.id)
        .text("name", "Its name.", |policy| &policy.name)
        .field("validFrom", "The first month of signing it is for.", |policy| policy.valid_from)
        .field(
            "validTo",
            "The last month of signing it is for; null if it goes on until the next policy begins.",
            |policy| policy.valid_to,
        )
        .field("currencyCode", "The currency it is for.", |policy| policy.currency)
        .field(
            "ratePpm",
            "The rate on the customer's cash, in parts per million: 50000 is 5 %.",
            |policy| policy.rate_ppm,
        )
        .field("months", "The number of months whose cash counts, from the month of signing.", |policy| {
            policy.months
        })
        .object("opportunityCap", "The most that one opportunity earns.", |policy| {
            Money::of(policy.opportunity_cap, policy.currency)
        })
        .object("yearCap", "The most that a partner earns with opportunities signed in a year.", |policy| {
            Money::of(policy.year_cap, policy.currency)
        })
        .text("createdBy", "The person who made it.", |policy| &policy.created_by)
        .field("createdAt", "The instant at which it was made.", |policy| policy.created_at)
    }
}

impl Paged for pce_incentive_policy::Model {
    const PAGE: &'static str = "A page of policies of the incentive for opportunities.";
    const EDGE: &'static str = "A policy with its cursor.";
}

impl Listable for pce_incentive_policy::Model {
    fn list() -> List {
        List {
            filter: Filter::new(
                "PceIncentivePolicyFilter",
                "Conditions on policies of the incentive for opportunities.",
            )
            .by("validFrom", "By first month.", |f: &MonthFilter| f.on("valid_from"))
            .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency")),
            order: OrderBy::new("pceIncentivePolicies", "PceIncentivePolicyOrder", "The order of policies.")
                .by("VALID_FROM", "The first month.", [Key::int("valid_from"), Key::int("id")])
                .descending(),
        }
    }
}

/// A policy to be made.
#[derive(InputObject)]
pub(crate) struct PceIncentivePolicyCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Its name.
    name: String,
    /// The first month of signing it is for; one policy begins in a month for each currency.
    valid_from: Month,
    /// The last month of signing it is for; not given if it goes on until the next policy begins.
    valid_to: Option<Month>,
    /// The currency it is for.
    currency_code: CurrencyCode,
    /// The rate on the customer's cash, in parts per million, 1 to 1000000.
    rate_ppm: i32,
    /// The number of months whose cash counts, from the month of signing, 1 to 36.
    months: i32,
    /// The most that one opportunity earns, in units of the currency.
    opportunity_cap: Decimal,
    /// The most that a partner earns with opportunities signed in a year, in units of the currency.
    year_cap: Decimal,
}

impl Change for PceIncentivePolicyCreateInput {
    type Gives = PcePolicyId;
    const NAME: &'static str = "pceIncentivePolicyCreate";
    const DOC: &'static str = "Makes a policy of the incentive for opportunities. Policies are not changed: the next one takes over.";
    const INPUT: &'static str = "The policy to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("pceIncentivePolicy", "The new policy.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PcePolicyId> {
        let mut checks = Checks::default();
        let mut cap = |path: &str, cap: &Decimal| checks.amount(vec![path.into()], cap, DECIMALS);
        let opportunity_cap = cap("opportunityCap", &self.opportunity_cap);
        let year_cap = cap("yearCap", &self.year_cap);
        checks.done()?;
        let new = NewPolicy {
            name: self.name,
            valid_from: self.valid_from.0,
            valid_to: self.valid_to.map(|month| month.0),
            currency: self.currency_code.0,
            rate_ppm: self.rate_ppm,
            months: self.months,
            opportunity_cap,
            year_cap,
        };
        policy::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the query of policies.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list(
        "pceIncentivePolicies",
        "Every policy of the incentive for opportunities, latest first.",
        |_| reading::opportunity::incentive::policies(),
    )
}

/// Adds making a policy.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PceIncentivePolicyCreateInput>()
}
