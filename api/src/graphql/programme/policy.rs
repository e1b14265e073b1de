//! What is shown of incentive policies: dated versions of rates.

use domain::reading::{self, Key};
use entity::{incentive_policy, incentive_rate};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{MonthFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::loaders::RatesOf;
use crate::graphql::schema::money::decimal;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;

/// Decimals of a minimum or cap, which hold in every currency: those of nearly all.
pub(super) const AMOUNT_DIGITS: usize = 2;

impl Shown for incentive_policy::Model {
    const NAME: &'static str = "IncentivePolicy";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A version of an incentive policy. The version with the latest first month not after a month prices it.",
        )
        .node(|policy| policy.id)
        .text("name", "The name that its versions share.", |policy| &policy.name)
        .field("version", "Number of the version, from 1.", |policy| policy.version)
        .field("validFrom", "First month it prices.", |policy| policy.valid_from)
        .field("validTo", "Last month it prices; null if none is set.", |policy| policy.valid_to)
        .many(
            "rates",
            "Its rates in the order of matching, at most 200. The first one that fits prices a line.",
            |policy| RatesOf(policy.id),
        )
        .text("createdBy", "The name in the token of whoever made it.", |policy| &policy.created_by)
        .field("createdAt", "The instant at which it was created.", |policy| policy.created_at)
    }
}

impl Shown for incentive_rate::Model {
    const NAME: &'static str = "IncentiveRate";

    fn object() -> Object<Self> {
        Object::<Self>::new("A rate, and what it fits.")
            .field("seq", "Its place in the order of matching, from 1.", |rate| i32::from(rate.seq))
            .maybe_text("productClass", "The one product class it fits; null for any.", |rate| {
                rate.product_class.as_deref()
            })
            .field(
                "specificOnly",
                "Whether it fits only products whose policy of the month is SPECIFIC.",
                |rate| rate.specific_only,
            )
            .field("mode", "The one mode it fits; null for any.", |rate| rate.mode.map(Choice))
            .field("partnerKind", "The one kind of partners it fits; null for any.", |rate| {
                rate.partner_kind.map(Choice)
            })
            .maybe_text("tier", "The one tier of partners it fits; null for any.", |rate| rate.tier.as_deref())
            .field("ratePpm", "The rate in parts per million: 50000 is 5 %.", |rate| rate.rate_ppm)
            .field(
                "minimum",
                "Performance below which nothing is earned, in units of the bill's currency; null for no minimum.",
                |rate| rate.minimum.map(|minimum| decimal(minimum, AMOUNT_DIGITS)),
            )
            .field(
                "cap",
                "Most that can be earned with this rate in a month, in units of the bill's currency; null for no bound.",
                |rate| rate.cap.map(|cap| decimal(cap, AMOUNT_DIGITS)),
            )
    }
}

impl Paged for incentive_policy::Model {
    const PAGE: &'static str = "A page of incentive policies.";
    const EDGE: &'static str = "A version of a policy with its cursor.";
}

impl Listable for incentive_policy::Model {
    fn list() -> List {
        List {
            filter: Filter::new("IncentivePolicyFilter", "Conditions on versions of policies.")
                .by("name", "By name.", |f: &StringFilter| f.on("name"))
                .by("validFrom", "By first month.", |f: &MonthFilter| f.on("valid_from")),
            order: OrderBy::new("incentivePolicies", "IncentivePolicyOrder", "The order of policies.")
                .by("VALID_FROM", "First month.", [Key::int("valid_from"), Key::int("id")])
                .by("NAME", "Name and version.", [Key::text("name"), Key::int("version"), Key::int("id")])
                .descending(),
        }
    }
}

/// Adds the query about policies.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.list("incentivePolicies", "Every version of every incentive policy, latest first.", |_| {
        reading::programme::policy::list()
    })
}
