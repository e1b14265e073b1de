//! Performance summed up.

use domain::reading::Key;
use domain::reading::performance::line::Line;
use domain::reading::performance::performance_sum::{self as sums, Dimension, PerformanceSum};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::list::{List, Listable, Queries, groups, list_of};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::quarter::{QUARTER, quarter};
use crate::graphql::schema::scalars::BigInt;

entity::listed! {
    /// A dimension by which performance is summed up. Currencies are always kept apart.
    GroupBy as "PerformanceDimension"; [] {
        /// The partner whose performance it is.
        Partner [] = "PARTNER",
        /// The business region of that partner.
        Region [] = "REGION",
        /// The customer.
        Customer [] = "CUSTOMER",
        /// The product.
        Product [] = "PRODUCT",
        /// The class of the product.
        ProductClass [] = "PRODUCT_CLASS",
        /// Association mode.
        Mode [] = "MODE",
        /// The way in which the product was charged.
        ChargingMode [] = "CHARGING_MODE",
        /// The reason why it counted, or did not.
        Reason [] = "REASON",
        /// The currency; sums are always kept apart by it.
        Currency [] = "CURRENCY",
        /// The month in which it is posted.
        Month [] = "MONTH",
        /// The quarter of that month.
        Quarter [] = "QUARTER",
        /// The month it belongs to.
        OriginMonth [] = "ORIGIN_MONTH",
    }
}

impl GroupBy {
    const fn dimension(self) -> Option<Dimension> {
        Some(match self {
            Self::Partner => Dimension::Partner,
            Self::Region => Dimension::Region,
            Self::Customer => Dimension::Customer,
            Self::Product => Dimension::Product,
            Self::ProductClass => Dimension::ProductClass,
            Self::Mode => Dimension::Mode,
            Self::ChargingMode => Dimension::ChargingMode,
            Self::Reason => Dimension::Reason,
            Self::Month => Dimension::Month,
            Self::Quarter => Dimension::Quarter,
            Self::OriginMonth => Dimension::OriginMonth,
            Self::Currency => return None,
        })
    }
}

fn money(sum: &PerformanceSum, micros: i64) -> Option<Money> {
    sum.currency.map(|currency| Money::of(micros, currency))
}

impl Shown for PerformanceSum {
    const NAME: &'static str = "PerformanceSum";

    fn object() -> Object<Self> {
        Object::<Self>::new("A sum of performance lines. What was not summed up by is null.")
            .one("partner", "The partner whose performance it is; null also for nobody's.", |sum| {
                sum.partner_id
            })
            .maybe_text("region", "The business region of that partner; empty for nobody's.", |sum| {
                sum.region.as_deref()
            })
            .one("customer", "The customer that paid.", |sum| sum.customer_id)
            .one("product", "The product that was paid for.", |sum| sum.product_id)
            .maybe_text("productClass", "The class of the product.", |sum| sum.product_class.as_deref())
            .field("mode", "Association mode; null also for nobody's.", |sum| sum.mode.map(Choice))
            .field("chargingMode", "The way in which the product was charged.", |sum| {
                sum.charging_mode.map(Choice)
            })
            .field("reason", "The reason why it counted, or did not.", |sum| sum.reason.map(Choice))
            .field("month", "The month in which it is posted.", |sum| sum.month)
            .field("quarter", QUARTER, |sum| sum.quarter.map(quarter))
            .field("originMonth", "The month it belongs to.", |sum| sum.origin_month)
            .field("currencyCode", "The currency of the sum.", |sum| sum.currency)
            .maybe_object("counted", "What counted.", |sum| money(sum, sum.counted))
            .maybe_object("notCounted", "What did not count.", |sum| money(sum, sum.not_counted))
            .field("lines", "Lines summed up.", |sum| BigInt(sum.lines))
            .field(
                "payments",
                "Payments behind the lines; a payment with two reasons is in two lines.",
                |sum| BigInt(sum.payments),
            )
    }
}

impl Paged for PerformanceSum {
    const PAGE: &'static str = "A page of sums.";
    const EDGE: &'static str = "A sum with its cursor.";
}

impl Listable for PerformanceSum {
    fn list() -> List {
        let doc = "The order of sums of performance; groups decide between equals.";
        List {
            filter: Line::list().filter,
            order: OrderBy::new("performanceSums", "PerformanceSumOrder", doc)
                .by("GROUP", "Group by group, in the order of `PerformanceDimension`.", Vec::new())
                .by("COUNTED", "What counted.", [Key::int("counted")])
                .by("NOT_COUNTED", "What did not count.", [Key::int("not_counted")])
                .by("LINES", "How many lines.", [Key::int("line_count")])
                .by("PAYMENTS", "How many payments.", [Key::int("payment_count")]),
        }
    }
}

/// Adds the query about sums.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "performanceSums",
        "The performance the caller sees, summed up by what it names: one statement, however many groups.",
        |env, _, args| {
            Box::pin(async move {
                let by: Vec<Choice<GroupBy>> = args.get("groupBy")?;
                let by: Vec<Dimension> = by.into_iter().filter_map(|by| by.0.dimension()).collect();
                let filter = list_of::<Line>().filter.read(args.sent("filter"))?;
                Ok(vec![groups(env, sums::sums(env.scope, &by), filter, args).await?])
            })
        },
    )
    .grouped::<PerformanceSum>()
    .arg::<Vec<Choice<GroupBy>>>("groupBy", "What to sum up by; currencies are always kept apart.")
}
