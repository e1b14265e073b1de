//! What was sold on the marketplace, whether it is billed, and what bill-outs left and why.

use crate::graphql::schema::enums::MarketplaceCategoryFilter;
use crate::graphql::schema::list::{Asked, page};
use domain::money::market::labels;
use domain::reading::money::market::SoldLine;
use domain::reading::{self, Key, Predicate};
use entity::{CustomerId, ProductId};
use entity::{PartnerId, settlement_withheld};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{CurrencyFilter, IdFilter, MonthFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::UnbilledReasonFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::Month;

impl Shown for SoldLine {
    const NAME: &'static str = "MarketplaceLine";

    fn object() -> Object<Self> {
        Object::<Self>::new("What was sold to a customer of a product in a month, and what of it is billed.")
            .field("month", "The month of the payments.", |row| row.month)
            .text("seller", "The name under which was sold.", |row| &row.seller)
            .one("partner", "The partner of that name; null if it is no partner's.", |row| {
                Some(row.partner_id)
            })
            .one(
                "customer",
                "The customer that bought; null if the caller does not see it, or the account is nobody's.",
                |row| Some(row.customer_id),
            )
            .one("product", "The product that was sold.", |row| Some(row.product_id))
            .field("category", "The category of the product.", |row| Choice(row.category))
            .field("currencyCode", "The currency.", |row| row.currency)
            .object(
                "sales",
                "The amount that the customer paid in money, not vouchers, coupons, bonus or write-offs.",
                |row| Money::of(row.sales, row.currency),
            )
            .object("unpaid", "The amount that the customer has not paid yet.", |row| {
                Money::of(row.unpaid, row.currency)
            })
            .object("billed", "The amount that bills hold of it.", |row| Money::of(row.billed, row.currency))
            .field("state", "Whether all of it is billed.", |row| Choice(row.state().0))
            .said("label", "The state as people read it, in the request's language.", |row, env| {
                labels::of_line(row.state().0, env.lang())
            })
            .field("reason", "The reason why it is not, or not all, billed; null if it is.", |row| {
                row.state().1.map(Choice)
            })
            .said("reasonText", "The reason as people read it, in the request's language.", |row, env| {
                row.state().1.map(|reason| labels::of_reason(reason, env.lang()))
            })
    }
}

impl Shown for settlement_withheld::Model {
    const NAME: &'static str = "SettlementWithheld";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a bill-out did not bill, and why. The next bill-out looks again.")
            .field("month", "The month that was billed out.", |row| row.month)
            .text("seller", "The name under which was sold.", |row| &row.seller)
            .one("partner", "The partner of that name; null if it is no partner's.", |row| row.partner_id)
            .field("reason", "The reason why it is not, or not all, billed; null if it is.", |row| {
                Choice(row.reason)
            })
            .said("reasonText", "The reason as people read it, in the request's language.", |row, env| {
                labels::of_reason(row.reason, env.lang())
            })
            .object("amount", "Sales that are not billed; zero where they are not known.", |row| {
                Money::of(row.amount, row.currency)
            })
            .text("detail", "More about it; may be empty.", |row| &row.detail)
            .field("at", "The instant at which it was found.", |row| row.at)
    }
}

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.pages(
        "marketplaceLines",
        "What was sold on the marketplace in a month, and what of it is billed: a partner sees what it sold.",
        |env, _, args| {
            Box::pin(async move {
                let of_month = Predicate::compare("month", "=", args.get::<Month>("month")?.0.0);
                let listing = reading::money::market::sold(env.scope).only(of_month);
                Ok(vec![page(env, listing, Asked::of::<SoldLine>(args)?).await?])
            })
        },
    )
    .asked::<SoldLine>()
    .arg::<Month>("month", "The month of the payments.")
    .list(
        "settlementWithheld",
        "What bill-outs did not bill, and why: a partner sees its own. Latest month first.",
        |env| reading::money::market::withheld(env.scope),
    )
}

impl Paged for SoldLine {
    const PAGE: &'static str = "A page of what was sold.";
    const EDGE: &'static str = "A line with its cursor.";
}

impl Paged for settlement_withheld::Model {
    const PAGE: &'static str = "A page of what is not billed.";
    const EDGE: &'static str = "A row with its cursor.";
}

impl Listable for settlement_withheld::Model {
    fn list() -> List {
        List {
            filter: Filter::new("SettlementWithheldFilter", "Conditions on what is not billed.")
                .by("month", "By month.", |f: &MonthFilter| f.on("month"))
                .by("partner", "By partner.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("seller", "By the name under which was sold.", |f: &StringFilter| f.on("seller"))
                .by("reason", "By reason.", |f: &UnbilledReasonFilter| f.on("reason"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency")),
            order: OrderBy::new(
                "settlementWithheld",
                "SettlementWithheldOrder",
                "The order of what is not billed.",
            )
            .by(
                "MONTH",
                "The month, then the seller.",
                [Key::int("month"), Key::text("seller"), Key::text("currency"), Key::text("reason")],
            )
            .by(
                "AMOUNT",
                "The amount.",
                [
                    Key::int("amount"),
                    Key::int("month"),
                    Key::text("seller"),
                    Key::text("currency"),
                    Key::text("reason"),
                ],
            )
            .descending(),
        }
    }
}

impl Listable for SoldLine {
    fn list() -> List {
        List {
            filter: Filter::new("MarketplaceLineFilter", "Conditions on what was sold.")
                .by("partner", "By the partner that sold.", |f: &IdFilter| f.on::<PartnerId>("partner_id"))
                .by("seller", "By the name under which was sold.", |f: &StringFilter| f.on("seller"))
                .by("customer", "By customer.", |f: &IdFilter| f.on::<CustomerId>("customer_id"))
                .by("product", "By product.", |f: &IdFilter| f.on::<ProductId>("product_id"))
                .by("category", "By category.", |f: &MarketplaceCategoryFilter| f.on("category"))
                .by("currency", "By currency.", |f: &CurrencyFilter| f.on("currency"))
                .by("billed", "Whether all of it is billed.", |f: &bool| {
                    let sql = if *f {
                        "(sales = billed AND unpaid = 0 AND partner_id <> 0)"
                    } else {
                        "(sales <> billed OR unpaid <> 0 OR partner_id = 0)"
                    };
                    Ok(Predicate::new(sql, vec![]))
                }),
            order: OrderBy::new("marketplaceLines", "MarketplaceLineOrder", "The order of what was sold.")
                .by(
                    "SELLER",
                    "The name under which was sold.",
                    [
                        Key::text("seller"),
                        Key::int("customer_id"),
                        Key::int("product_id"),
                        Key::text("currency"),
                    ],
                )
                .by(
                    "SALES",
                    "The amount that the customer paid.",
                    [
                        Key::int("sales"),
                        Key::text("seller"),
                        Key::int("customer_id"),
                        Key::int("product_id"),
                        Key::text("currency"),
                    ],
                ),
        }
    }
}
