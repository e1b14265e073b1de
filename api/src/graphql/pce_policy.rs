//! Policies of the incentive for opportunities.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::opportunity_incentive::policy::{self, NewPolicy};
use domain::reading::{self, Key};
use entity::pce_incentive_policy;

use super::caller::{root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::filter::{CurrencyFilter, MonthFilter, Wanted, filter, order};
use super::money::Money;
use super::scalars::{CurrencyCode, DateTime, Decimal, Month};
use super::user_error::payload;

/// Most decimals of a cap; the currency may allow fewer.
const DECIMALS: usize = 6;

/// A policy of the incentive for opportunities.
#[derive(Clone)]
pub struct PceIncentivePolicy(pce_incentive_policy::Model);

impl From<pce_incentive_policy::Model> for PceIncentivePolicy {
    fn from(row: pce_incentive_policy::Model) -> Self {
        Self(row)
    }
}

/// What partners earn with opportunities signed in some months. Of a currency the latest that began holds, if it has not
/// ended.
#[Object]
impl PceIncentivePolicy {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The first month of signing it is for.
    async fn valid_from(&self) -> Month {
        Month(self.0.valid_from)
    }

    /// The last one; null if it goes on until the next policy begins.
    async fn valid_to(&self) -> Option<Month> {
        self.0.valid_to.map(Month)
    }

    /// The currency it is for.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// Of the customer's cash, in parts per million: 50000 is 5 %.
    async fn rate_ppm(&self) -> i32 {
        self.0.rate_ppm
    }

    /// Months whose cash counts, from the month of signing.
    async fn months(&self) -> i32 {
        self.0.months
    }

    /// Most that one opportunity earns.
    async fn opportunity_cap(&self) -> Money {
        Money::of(self.0.opportunity_cap, self.0.currency)
    }

    /// Most that a partner earns with opportunities signed in a year.
    async fn year_cap(&self) -> Money {
        Money::of(self.0.year_cap, self.0.currency)
    }

    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of policies of the incentive for opportunities.
    PceIncentivePolicyConnection,
    /// A policy with its cursor.
    PceIncentivePolicyEdge, PceIncentivePolicy, pce_incentive_policy::Model
}

filter! {
    /// Which policies.
    PceIncentivePolicyFilter {
        /// By first month.
        valid_from: MonthFilter => |f| f.on("valid_from"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
    }
}

order! {
    /// The order of policies.
    PceIncentivePolicyOrder,
    /// What policies are ordered by.
    PceIncentivePolicyOrderField of "pceIncentivePolicies" {
        /// First month.
        ValidFrom "VALID_FROM" => [Key::int("valid_from"), Key::int("id")],
    } default ValidFrom Desc
}

/// Queries about policies.
#[derive(Default)]
pub struct PcePolicyQuery;

#[Object(guard = "root(\"Query\")")]
impl PcePolicyQuery {
    /// Every policy of the incentive for opportunities, latest first.
    async fn pce_incentive_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PceIncentivePolicyFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PceIncentivePolicyOrder>,
    ) -> Option<Result<PceIncentivePolicyConnection>> {
        let list = async {
            scope(ctx)?;
            let paging = Paging { first, after, last, before };
            let order = PceIncentivePolicyOrder::of(order_by);
            Found::list(ctx, reading::pce_claim::policies(), Wanted::of(filter), order, paging).await
        };
        Some(list.await.map(PceIncentivePolicyConnection))
    }
}

/// A policy to be made.
#[derive(InputObject)]
pub struct PceIncentivePolicyCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// What it is called.
    name: String,
    /// The first month of signing it is for; one policy begins in a month for each currency.
    valid_from: Month,
    /// The last one; not given if it goes on until the next policy begins.
    valid_to: Option<Month>,
    /// The currency it is for.
    currency_code: CurrencyCode,
    /// Of the customer's cash, in parts per million, 1 to 1000000.
    rate_ppm: i32,
    /// Months whose cash counts, from the month of signing, 1 to 36.
    months: i32,
    /// Most that one opportunity earns.
    opportunity_cap: Decimal,
    /// Most that a partner earns with opportunities signed in a year.
    year_cap: Decimal,
}

payload! {
    /// What came of it.
    PceIncentivePolicyCreatePayload {
        /// The policy.
        pce_incentive_policy: PceIncentivePolicy
    }
}

/// Changes of policies.
#[derive(Default)]
pub struct PcePolicyMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PcePolicyMutation {
    /// Makes a policy of the incentive for opportunities. Policies are not changed: the next one takes over.
    async fn pce_incentive_policy_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy to be made.")] input: PceIncentivePolicyCreateInput,
    ) -> Result<PceIncentivePolicyCreatePayload> {
        let mut checks = Checks::default();
        let new = NewPolicy {
            name: input.name,
            valid_from: input.valid_from.0,
            valid_to: input.valid_to.map(|month| month.0),
            currency: input.currency_code.0,
            rate_ppm: input.rate_ppm,
            months: input.months,
            opportunity_cap: checks.amount(vec!["opportunityCap".into()], &input.opportunity_cap, DECIMALS),
            year_cap: checks.amount(vec!["yearCap".into()], &input.year_cap, DECIMALS),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                policy::create(store(ctx)?, &write_context(ctx)?, key, new).await
            }
        };
        PceIncentivePolicyCreatePayload::of(ctx, result, None).await
    }
}
