//! What was sold on the marketplace, whether it is billed, and what bill-outs left and why.

use async_graphql::{Context, Object, Result};
use domain::money::market::labels;
use domain::reading::market::SoldLine;
use domain::reading::{self, Key, Predicate};
use entity::{CustomerId, PartnerId, ProductId, settlement_withheld};

use super::caller::{lang, root, scope};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::filter::{
    CurrencyFilter, IdFilter, MarketplaceCategoryFilter, MonthFilter, StringFilter, UnbilledReasonFilter,
    Wanted, filter, order,
};
use super::market_enums::{MarketplaceCategory, MarketplaceLineState, UnbilledReason};
use super::money::Money;
use super::partner::Partner;
use super::product::Product;
use super::scalars::{CurrencyCode, DateTime, Month};

/// What was sold to a customer.
#[derive(Clone)]
pub struct MarketplaceLine(SoldLine);

impl From<SoldLine> for MarketplaceLine {
    fn from(row: SoldLine) -> Self {
        Self(row)
    }
}

/// What was sold to a customer of a product in a month, and what of it is billed.
#[Object]
impl MarketplaceLine {
    /// The month of the payments.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The name under which was sold.
    async fn seller(&self) -> &str {
        &self.0.seller
    }

    /// The partner of that name; null if it is no partner's.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// Who bought; null if the caller does not see the customer, or the account is nobody's.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id).await.transpose()
    }

    /// What was sold.
    async fn product(&self, ctx: &Context<'_>) -> Option<Result<Product>> {
        super::node::load(ctx, self.0.product_id).await.transpose()
    }

    /// The category of the product.
    async fn category(&self) -> MarketplaceCategory {
        self.0.category.into()
    }

    /// The currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// What the customer paid: money, not vouchers, coupons, bonus or write-offs.
    async fn sales(&self) -> Money {
        Money::of(self.0.sales, self.0.currency)
    }

    /// What the customer has not paid yet.
    async fn unpaid(&self) -> Money {
        Money::of(self.0.unpaid, self.0.currency)
    }

    /// What bills hold of it.
    async fn billed(&self) -> Money {
        Money::of(self.0.billed, self.0.currency)
    }

    /// Whether all of it is billed.
    async fn state(&self) -> MarketplaceLineState {
        self.0.state().0.into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::of_line(self.0.state().0, lang(ctx))
    }

    /// Why not all of it is billed; null if it is.
    async fn reason(&self) -> Option<UnbilledReason> {
        self.0.state().1.map(Into::into)
    }

    /// The reason as people read it, in the request's language.
    async fn reason_text(&self, ctx: &Context<'_>) -> Option<&'static str> {
        self.0.state().1.map(|reason| labels::of_reason(reason, lang(ctx)))
    }
}

connection! {
    /// A page of what was sold.
    MarketplaceLineConnection,
    /// A line with its cursor.
    MarketplaceLineEdge, MarketplaceLine, SoldLine
}

filter! {
    /// Which of what was sold.
    MarketplaceLineFilter {
        /// By the partner that sold.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By the name under which was sold.
        seller: StringFilter => |f| f.on("seller"),
        /// By customer.
        customer: IdFilter => |f| f.on::<CustomerId>("customer_id"),
        /// By product.
        product: IdFilter => |f| f.on::<ProductId>("product_id"),
        /// By category.
        category: MarketplaceCategoryFilter => |f| f.on("category"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// Whether all of it is billed.
        billed: bool => |f| Ok(Predicate::new(
            if *f { "(sales = billed AND unpaid = 0 AND partner_id <> 0)" }
            else { "(sales <> billed OR unpaid <> 0 OR partner_id = 0)" },
            vec![],
        )),
    }
}

order! {
    /// The order of what was sold.
    MarketplaceLineOrder,
    /// What it is ordered by.
    MarketplaceLineOrderField of "marketplaceLines" {
        /// The name under which was sold.
        Seller "SELLER" => [Key::text("seller"), Key::int("customer_id"), Key::int("product_id"), Key::text("currency")],
        /// What the customer paid.
        Sales "SALES" => [Key::int("sales"), Key::text("seller"), Key::int("customer_id"), Key::int("product_id"), Key::text("currency")],
    } default Seller Asc
}

/// What a bill-out did not bill.
#[derive(Clone)]
pub struct SettlementWithheld(settlement_withheld::Model);

impl From<settlement_withheld::Model> for SettlementWithheld {
    fn from(row: settlement_withheld::Model) -> Self {
        Self(row)
    }
}

/// What a bill-out did not bill, and why. The next bill-out looks again.
#[Object]
impl SettlementWithheld {
    /// The month that was billed out.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The name under which was sold.
    async fn seller(&self) -> &str {
        &self.0.seller
    }

    /// The partner of that name; null if it is no partner's.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id?).await.transpose()
    }

    /// Why.
    async fn reason(&self) -> UnbilledReason {
        self.0.reason.into()
    }

    /// The reason as people read it, in the request's language.
    async fn reason_text(&self, ctx: &Context<'_>) -> &'static str {
        labels::of_reason(self.0.reason, lang(ctx))
    }

    /// Sales that are not billed; zero where they are not known.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// More about it; may be empty.
    async fn detail(&self) -> &str {
        &self.0.detail
    }

    /// When it was found.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

connection! {
    /// A page of what is not billed.
    SettlementWithheldConnection,
    /// A row with its cursor.
    SettlementWithheldEdge, SettlementWithheld, settlement_withheld::Model
}

filter! {
    /// Which of what is not billed.
    SettlementWithheldFilter {
        /// By month.
        month: MonthFilter => |f| f.on("month"),
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By the name under which was sold.
        seller: StringFilter => |f| f.on("seller"),
        /// By reason.
        reason: UnbilledReasonFilter => |f| f.on("reason"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
    }
}

order! {
    /// The order of what is not billed.
    SettlementWithheldOrder,
    /// What it is ordered by.
    SettlementWithheldOrderField of "settlementWithheld" {
        /// The month, then the seller.
        Month "MONTH" => [Key::int("month"), Key::text("seller"), Key::text("currency"), Key::text("reason")],
        /// How much.
        Amount "AMOUNT" => [Key::int("amount"), Key::int("month"), Key::text("seller"), Key::text("currency"), Key::text("reason")],
    } default Month Desc
}

/// Queries about what was sold.
#[derive(Default)]
pub struct MarketplaceLineQuery;

#[Object(guard = "root(\"Query\")")]
impl MarketplaceLineQuery {
    /// What was sold on the marketplace in a month, and what of it is billed: a partner sees what it sold.
    async fn marketplace_lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month of the payments.")] month: Month,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<MarketplaceLineFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<MarketplaceLineOrder>,
    ) -> Option<Result<MarketplaceLineConnection>> {
        let list = async {
            let of_month = Predicate::compare("month", "=", month.0.0);
            let (list, paging) =
                (reading::market::sold(scope(ctx)?).only(of_month), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), MarketplaceLineOrder::of(order_by), paging).await
        };
        Some(list.await.map(MarketplaceLineConnection))
    }

    /// What bill-outs did not bill, and why: a partner sees its own. Latest month first.
    async fn settlement_withheld(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<SettlementWithheldFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<SettlementWithheldOrder>,
    ) -> Option<Result<SettlementWithheldConnection>> {
        let list = async {
            let (list, paging) =
                (reading::market::withheld(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), SettlementWithheldOrder::of(order_by), paging).await
        };
        Some(list.await.map(SettlementWithheldConnection))
    }
}
