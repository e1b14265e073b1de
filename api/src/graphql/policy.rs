//! Incentive policies: dated versions of rates.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::programme::incentive_policy::{self, NewPolicy, NewRate};
use domain::reading::{self, Key};
use entity::{IncentivePolicyId, incentive_rate};

use super::caller::{loaders, root, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::enums::{AssociationMode, PartnerKind};
use super::errors::OrFail;
use super::filter::{MonthFilter, StringFilter, Wanted, filter, order};
use super::loaders::RatesOf;
use super::money::decimal;
use super::scalars::{DateTime, Decimal, Month};
use super::user_error::payload;

/// Decimals of a minimum or cap, which hold in every currency: those of nearly all.
const AMOUNT_DIGITS: usize = 2;
/// Longest product class or tier, in characters.
const CLASS_LIMIT: usize = 200;

/// A version of an incentive policy.
#[derive(Clone)]
pub struct IncentivePolicy(entity::incentive_policy::Model);

impl From<entity::incentive_policy::Model> for IncentivePolicy {
    fn from(row: entity::incentive_policy::Model) -> Self {
        Self(row)
    }
}

/// A version of an incentive policy. The version with the latest first month not after a month prices it.
#[Object]
impl IncentivePolicy {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Name, shared by its versions.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Number of the version, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// First month it prices.
    async fn valid_from(&self) -> Month {
        Month(self.0.valid_from)
    }

    /// Last month it prices, where one is set.
    async fn valid_to(&self) -> Option<Month> {
        self.0.valid_to.map(Month)
    }

    /// Its rates in the order of matching, at most 200. The first one that fits prices a line.
    async fn rates(&self, ctx: &Context<'_>) -> Option<Result<Vec<IncentiveRate>>> {
        let rows = async { loaders(ctx)?.load_one(RatesOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(IncentiveRate::from).collect()))
    }

    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// A rate, and what it fits.
#[derive(SimpleObject)]
pub struct IncentiveRate {
    /// Its place in the order of matching, from 1.
    seq: i32,
    /// Only this product class; null for any.
    product_class: Option<String>,
    /// Only products whose policy of the month is SPECIFIC.
    specific_only: bool,
    /// Only this mode; null for any.
    mode: Option<AssociationMode>,
    /// Only partners of this kind; null for any.
    partner_kind: Option<PartnerKind>,
    /// Only partners of this tier; null for any.
    tier: Option<String>,
    /// The rate in parts per million: 50000 is 5 %.
    rate_ppm: i32,
    /// Performance below which nothing is earned, in units of the bill's currency.
    minimum: Decimal,
    /// Most that can be earned with this rate in a month, in units of the bill's currency; null for no bound.
    cap: Option<Decimal>,
}

impl From<incentive_rate::Model> for IncentiveRate {
    fn from(row: incentive_rate::Model) -> Self {
        Self {
            seq: i32::from(row.seq),
            product_class: row.product_class,
            specific_only: row.specific_only,
            mode: row.mode.map(Into::into),
            partner_kind: row.partner_kind.map(Into::into),
            tier: row.tier,
            rate_ppm: row.rate_ppm,
            minimum: decimal(row.minimum, AMOUNT_DIGITS),
            cap: row.cap.map(|cap| decimal(cap, AMOUNT_DIGITS)),
        }
    }
}

connection! {
    /// A page of incentive policies.
    IncentivePolicyConnection,
    /// A version of a policy with its cursor.
    IncentivePolicyEdge, IncentivePolicy, entity::incentive_policy::Model
}

filter! {
    /// Which versions of policies.
    IncentivePolicyFilter {
        /// By name.
        name: StringFilter => |f| f.on("name"),
        /// By first month.
        valid_from: MonthFilter => |f| f.on("valid_from"),
    }
}

order! {
    /// The order of policies.
    IncentivePolicyOrder,
    /// What policies are ordered by.
    IncentivePolicyOrderField of "incentivePolicies" {
        /// First month.
        ValidFrom "VALID_FROM" => [Key::int("valid_from"), Key::int("id")],
        /// Name and version.
        Name "NAME" => [Key::text("name"), Key::int("version"), Key::int("id")],
    } default ValidFrom Desc
}

/// Queries about policies.
#[derive(Default)]
pub struct PolicyQuery;

#[Object(guard = "root(\"Query\")")]
impl PolicyQuery {
    /// Every version of every incentive policy, latest first.
    async fn incentive_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<IncentivePolicyFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<IncentivePolicyOrder>,
    ) -> Option<Result<IncentivePolicyConnection>> {
        let list = Found::list(
            ctx,
            reading::policy::list(),
            Wanted::of(filter),
            IncentivePolicyOrder::of(order_by),
            Paging { first, after, last, before },
        );
        Some(list.await.map(IncentivePolicyConnection))
    }
}

/// A rate to be made.
#[derive(InputObject)]
pub struct IncentiveRateInput {
    /// Only this product class.
    product_class: Option<String>,
    /// Only products whose policy of the month is SPECIFIC.
    #[graphql(default)]
    specific_only: bool,
    /// Only this mode.
    mode: Option<AssociationMode>,
    /// Only partners of this kind.
    partner_kind: Option<PartnerKind>,
    /// Only partners of this tier.
    tier: Option<String>,
    /// The rate in parts per million, 0 to 1000000.
    rate_ppm: i32,
    /// Performance below which nothing is earned; at most 2 decimals.
    minimum: Option<Decimal>,
    /// Most that can be earned with this rate in a month; at most 2 decimals.
    cap: Option<Decimal>,
}

/// A version of a policy to be made.
#[derive(InputObject)]
pub struct IncentivePolicyCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// Name, shared by its versions; 1 to 200 characters.
    name: String,
    /// First month it prices; not final yet.
    valid_from: Month,
    /// Its rates in the order of matching, 1 to 200.
    rates: Vec<IncentiveRateInput>,
}

payload! {
    /// What came of it.
    IncentivePolicyCreatePayload {
        /// The new version.
        incentive_policy: IncentivePolicy
    }
}

/// Changes of policies.
#[derive(Default)]
pub struct PolicyMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PolicyMutation {
    /// Makes the next version of an incentive policy.
    async fn incentive_policy_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version to be made.")] input: IncentivePolicyCreateInput,
    ) -> Result<IncentivePolicyCreatePayload> {
        let result = create(ctx, input).await?;
        IncentivePolicyCreatePayload::of(ctx, result, None).await
    }
}

async fn create(
    ctx: &Context<'_>,
    input: IncentivePolicyCreateInput,
) -> Result<domain::Result<IncentivePolicyId>> {
    let mut checks = Checks::default();
    let new = read_policy(&mut checks, input.name, input.valid_from, input.rates);
    if let Err(refused) = checks.done() {
        return Ok(Err(refused));
    }
    Ok(incentive_policy::create(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), new).await)
}

/// A policy to be made or tried, as the domain wants it.
pub(crate) fn read_policy(
    checks: &mut Checks,
    name: String,
    valid_from: Month,
    rates: Vec<IncentiveRateInput>,
) -> NewPolicy {
    checks.name("name", &name);
    let rates = rates.into_iter().enumerate().map(|(i, rate)| read_rate(checks, i, rate)).collect();
    NewPolicy { name, valid_from: valid_from.0, rates }
}

fn read_rate(checks: &mut Checks, i: usize, rate: IncentiveRateInput) -> NewRate {
    let path = |field: &str| vec!["rates".to_owned(), i.to_string(), field.to_owned()];
    for (field, text) in [("productClass", &rate.product_class), ("tier", &rate.tier)] {
        checks.text(&format!("rates.{i}.{field}"), text.as_deref().unwrap_or_default(), CLASS_LIMIT);
    }
    NewRate {
        product_class: rate.product_class,
        specific_only: rate.specific_only,
        mode: rate.mode.map(Into::into),
        partner_kind: rate.partner_kind.map(Into::into),
        tier: rate.tier,
        rate_ppm: rate.rate_ppm,
        minimum: rate.minimum.map_or(0, |amount| checks.amount(path("minimum"), &amount, AMOUNT_DIGITS)),
        cap: rate.cap.map(|amount| checks.amount(path("cap"), &amount, AMOUNT_DIGITS)),
    }
}
