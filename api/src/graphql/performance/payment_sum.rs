//! Payments summed up.

use domain::performance::explain::PaymentView;
use domain::reading::Key;
use domain::reading::performance::payment_sum::{PaymentDimension as Dimension, PaymentSum, sums};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::list::{List, Listable, Queries, groups, list_of};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::quarter::{QUARTER, quarter};
use crate::graphql::schema::scalars::BigInt;

entity::listed! {
    /// A dimension by which payments are summed up. Currencies are always kept apart.
    GroupBy as "PaymentDimension"; [] {
        /// The month they belong to.
        Month [] = "MONTH",
        /// The quarter of that month.
        Quarter [] = "QUARTER",
        /// The customer whose account it is.
        Customer [] = "CUSTOMER",
        /// The account that was billed.
        Account [] = "ACCOUNT",
        /// The product that was paid for.
        Product [] = "PRODUCT",
        /// The class of the product.
        ProductClass [] = "PRODUCT_CLASS",
        /// Kind of charge.
        Category [] = "CATEGORY",
        /// The way in which the product was charged.
        ChargingMode [] = "CHARGING_MODE",
        /// The region in the bill.
        Region [] = "REGION",
    }
}

impl GroupBy {
    const fn dimension(self) -> Dimension {
        match self {
            Self::Month => Dimension::Month,
            Self::Quarter => Dimension::Quarter,
            Self::Customer => Dimension::Customer,
            Self::Account => Dimension::Account,
            Self::Product => Dimension::Product,
            Self::ProductClass => Dimension::ProductClass,
            Self::Category => Dimension::Category,
            Self::ChargingMode => Dimension::ChargingMode,
            Self::Region => Dimension::Region,
        }
    }
}

impl Shown for PaymentSum {
    const NAME: &'static str = "PaymentSum";

    fn object() -> Object<Self> {
        Object::<Self>::new("A sum of payments. What was not summed up by is null.")
            .field("month", "The month they belong to.", |sum| sum.month)
            .field("quarter", QUARTER, |sum| sum.quarter.map(quarter))
            .one("customer", "The customer whose account it is; null also for nobody's.", |sum| {
                sum.customer_id
            })
            .one("account", "The account.", |sum| sum.account_id)
            .one("product", "The product.", |sum| sum.product_id)
            .maybe_text("productClass", "The class of the product.", |sum| sum.product_class.as_deref())
            .field("category", "Kind of charge.", |sum| sum.category.map(Choice))
            .field("chargingMode", "The way in which the product was charged.", |sum| {
                sum.charging_mode.map(Choice)
            })
            .maybe_text("region", "The region in the bill.", |sum| sum.region.as_deref())
            .field("currencyCode", "The currency of the sum.", |sum| sum.currency)
            .object("official", "List prices.", |sum| Money::of(sum.official, sum.currency))
            .object("payable", "What was to be paid.", |sum| Money::of(sum.payable, sum.currency))
            .field("payments", "How many payments.", |sum| BigInt(sum.count))
    }
}

impl Paged for PaymentSum {
    const PAGE: &'static str = "A page of sums.";
    const EDGE: &'static str = "A sum with its cursor.";
}

impl Listable for PaymentSum {
    fn list() -> List {
        let doc = "The order of sums of payments; groups decide between equals.";
        List {
            filter: PaymentView::list().filter,
            order: OrderBy::new("paymentSums", "PaymentSumOrder", doc)
                .by("GROUP", "Group by group, in the order of `PaymentDimension`.", Vec::new())
                .by("PAYABLE", "What was to be paid.", [Key::int("payable")])
                .by("OFFICIAL", "List prices.", [Key::int("official")])
                .by("PAYMENTS", "How many payments.", [Key::int("count")]),
        }
    }
}

/// Adds the query about sums.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "paymentSums",
        "The payments the caller sees, summed up by what it names: one statement, however many groups. Without a month \
         in the filter it reads them all.",
        |env, _, args| {
            Box::pin(async move {
                let by: Vec<Choice<GroupBy>> = args.get("groupBy")?;
                let by: Vec<Dimension> = by.into_iter().map(|by| by.0.dimension()).collect();
                let filter = list_of::<PaymentView>().filter.read(args.sent("filter"))?;
                Ok(vec![groups(env, sums(env.scope, &by), filter, args).await?])
            })
        },
    )
    .grouped::<PaymentSum>()
    .arg::<Vec<Choice<GroupBy>>>("groupBy", "What to sum up by; currencies are always kept apart.")
}
