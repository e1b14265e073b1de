//! Performance summed up.

use domain::reading::performance::line::Line;
use domain::reading::performance::performance_sum::{self as sums, Dimension, PerformanceSum};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::list::{Asked, Queries, list_of, page};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::BigInt;

entity::listed! {
    /// What performance is summed up by. Currencies are always kept apart.
    GroupBy as "PerformanceDimension"; [] {
        /// The partner whose performance it is.
        Partner [] = "PARTNER",
        /// The customer.
        Customer [] = "CUSTOMER",
        /// The product.
        Product [] = "PRODUCT",
        /// Association mode.
        Mode [] = "MODE",
        /// The reason why it counted, or did not.
        Reason [] = "REASON",
        /// The currency; sums are always kept apart by it.
        Currency [] = "CURRENCY",
        /// The month it belongs to.
        OriginMonth [] = "ORIGIN_MONTH",
    }
}

impl GroupBy {
    const fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Partner => Some(Dimension::Partner),
            Self::Customer => Some(Dimension::Customer),
            Self::Product => Some(Dimension::Product),
            Self::Mode => Some(Dimension::Mode),
            Self::Reason => Some(Dimension::Reason),
            Self::OriginMonth => Some(Dimension::OriginMonth),
            Self::Currency => None,
        }
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
            .one("customer", "The customer that paid.", |sum| sum.customer_id)
            .one("product", "The product that was paid for.", |sum| sum.product_id)
            .field("mode", "Association mode; null also for nobody's.", |sum| sum.mode.map(Choice))
            .field("reason", "The reason why it counted, or did not.", |sum| sum.reason.map(Choice))
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

/// Adds the query about sums.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "performanceSums",
        "The performance the caller sees, summed up by what it names, in the order of the groups.",
        |env, _, args| {
            Box::pin(async move {
                let by: Vec<Choice<GroupBy>> = args.get("groupBy")?;
                let by: Vec<Dimension> = by.into_iter().filter_map(|by| by.0.dimension()).collect();
                let (listing, order) = sums::list(env.scope, &by);
                let filter = list_of::<Line>().filter.read(args.sent("filter"))?;
                let asked = Asked { filter, ..Asked::in_order(args, order)? };
                Ok(vec![page(env, listing, asked).await?])
            })
        },
    )
    .filtered::<Line>()
    .arg::<Vec<Choice<GroupBy>>>("groupBy", "What to sum up by; currencies are always kept apart.")
}
