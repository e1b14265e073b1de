//! Making versions of incentive policies, and reading those that are only tried.

use async_graphql::{ID, InputObject};
use domain::programme::incentive_policy::{self, NewPolicy, NewRate};
use entity::IncentivePolicyId;

use super::policy::AMOUNT_DIGITS;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::enums::{AssociationMode, PartnerKind};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;
use crate::graphql::schema::scalars::{Decimal, Month};

/// Longest product class or tier, in characters: that of names.
const CLASS_LIMIT: usize = 200;

/// A rate to be made.
#[derive(InputObject)]
pub(crate) struct IncentiveRateInput {
    /// The one product class it fits; any if not given.
    product_class: Option<String>,
    /// Whether it fits only products whose policy of the month is SPECIFIC.
    #[graphql(default)]
    specific_only: bool,
    /// The one mode it fits; any if not given.
    mode: Option<AssociationMode>,
    /// The one kind of partners it fits; any if not given.
    partner_kind: Option<PartnerKind>,
    /// The one tier of partners it fits; any if not given.
    tier: Option<String>,
    /// The rate in parts per million, 0 to 1000000.
    rate_ppm: i32,
    /// Performance below which nothing is earned; no minimum if not given; at most 2 decimals.
    minimum: Option<Decimal>,
    /// Most that can be earned with this rate in a month; at most 2 decimals.
    cap: Option<Decimal>,
}

/// A version of a policy to be made.
#[derive(InputObject)]
pub(crate) struct IncentivePolicyCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The name that its versions share, 1 to 200 characters.
    name: String,
    /// First month it prices; not final yet.
    valid_from: Month,
    /// Its rates in the order of matching, 1 to 200.
    rates: Vec<IncentiveRateInput>,
}

impl Change for IncentivePolicyCreateInput {
    type Gives = IncentivePolicyId;
    const NAME: &'static str = "incentivePolicyCreate";
    const DOC: &'static str = "Makes the next version of an incentive policy.";
    const INPUT: &'static str = "The version to be made.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("incentivePolicy", "The new version.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<IncentivePolicyId> {
        let mut checks = Checks::default();
        let new = read_policy(&mut checks, self.name, self.valid_from, self.rates);
        checks.done()?;
        incentive_policy::create(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
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
        mode: rate.mode.map(|mode| mode.0),
        partner_kind: rate.partner_kind.map(|kind| kind.0),
        tier: rate.tier,
        rate_ppm: rate.rate_ppm,
        minimum: rate.minimum.map(|amount| checks.amount(path("minimum"), &amount, AMOUNT_DIGITS)),
        cap: rate.cap.map(|amount| checks.amount(path("cap"), &amount, AMOUNT_DIGITS)),
    }
}

/// Adds the change of policies.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<IncentivePolicyCreateInput>()
}
