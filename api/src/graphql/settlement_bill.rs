//! Marketplace settlement bills with their lines.

use async_graphql::{Context, ID, Object, Result};
use domain::money::market::labels;
use domain::reading::market::BillLine;
use domain::reading::{self, Key};
use entity::{PartnerId, SettlementBillId, settlement_bill};

use super::caller::{lang, loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::errors::OrFail;
use super::filter::{
    AmountFilter, CurrencyFilter, IdFilter, MarketplaceCategoryFilter, MonthFilter,
    SettlementBillStateFilter, Wanted, filter, order,
};
use super::loaders::RequestsOf;
use super::market_enums::{MarketplaceCategory, SettlementBillState, SettlementLineKind};
use super::money::Money;
use super::partner::Partner;
use super::payment_request::PaymentRequest;
use super::product::Product;
use super::scalars::{CurrencyCode, DateTime, Month};

/// A settlement bill.
#[derive(Clone)]
pub struct SettlementBill(settlement_bill::Model);

impl From<settlement_bill::Model> for SettlementBill {
    fn from(row: settlement_bill::Model) -> Self {
        Self(row)
    }
}

impl SettlementBill {
    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.0.currency)
    }
}

/// What the vendor owes a seller for its sales on the marketplace, by the bill-out of a month, in one currency and
/// category; below zero what the seller owes, which is carried forward.
#[Object]
impl SettlementBill {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The seller.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The month that was billed out.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// The category of what was sold.
    async fn category(&self) -> MarketplaceCategory {
        self.0.category.into()
    }

    /// Where it stands.
    async fn state(&self) -> SettlementBillState {
        self.0.state.into()
    }

    /// The state as people read it, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        labels::of_bill(self.0.state, lang(ctx))
    }

    /// Sales: what customers paid less what earlier bills hold.
    async fn sales(&self) -> Money {
        self.money(self.0.sales)
    }

    /// What the vendor takes for the platform.
    async fn platform_fee(&self) -> Money {
        self.money(self.0.platform_fee)
    }

    /// What the vendor takes for operating it.
    async fn operating_fee(&self) -> Money {
        self.money(self.0.operating_fee)
    }

    /// What the seller gets, tax included: the sum of its lines.
    async fn amount(&self) -> Money {
        self.money(self.0.amount)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The payment request that holds it; of a void bill, the one that held it. Null while it is carried forward.
    async fn payment_request(&self, ctx: &Context<'_>) -> Option<Result<PaymentRequest>> {
        if self.0.state == entity::SettlementBillState::Carried {
            return None;
        }
        let rows = async { loaders(ctx)?.load_one(RequestsOf(self.0.id)).await.or_fail(ctx) };
        match rows.await {
            Ok(rows) => Some(Ok(PaymentRequest::from(rows?.pop()?.request))),
            Err(error) => Some(Err(error)),
        }
    }

    /// Its lines in order, with what rounding left over as a line of its own.
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<SettlementBillLineConnection>> {
        let below = async {
            let (list, at) = (reading::market::bill_lines(scope(ctx)?), ("bill_id", self.0.id.0));
            let keys = vec![Key::int("line_no")];
            let order = reading::Order { name: "settlementBillLines".into(), keys, descending: false };
            let paging = Paging { first, after, last, before };
            Found::below(ctx, at, list, Ok(reading::Predicate::always()), order, paging).await
        };
        Some(below.await.map(SettlementBillLineConnection))
    }
}

/// A line of a settlement bill.
#[derive(Clone)]
pub struct SettlementBillLine(BillLine);

impl From<BillLine> for SettlementBillLine {
    fn from(row: BillLine) -> Self {
        Self(row)
    }
}

impl SettlementBillLine {
    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.0.currency)
    }
}

/// A line of a settlement bill: what changed since earlier bills for a month, customer and product.
#[Object]
impl SettlementBillLine {
    /// Its number in the bill, from 1.
    async fn line_no(&self) -> i32 {
        self.0.row.line_no
    }

    /// What it is.
    async fn kind(&self) -> SettlementLineKind {
        self.0.row.kind.into()
    }

    /// The month the sales belong to.
    async fn origin_month(&self) -> Month {
        Month(self.0.row.origin_month)
    }

    /// Who bought; null if the caller does not see the customer, or the account is nobody's.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.row.customer_id).await.transpose()
    }

    /// What was sold; null for the residue.
    async fn product(&self, ctx: &Context<'_>) -> Option<Result<Product>> {
        super::node::load(ctx, self.0.row.product_id).await.transpose()
    }

    /// What was added to sales.
    async fn sales(&self) -> Money {
        self.money(self.0.row.sales)
    }

    /// Platform fee, in parts per million of sales.
    async fn platform_fee_ppm(&self) -> i32 {
        self.0.row.platform_fee_ppm
    }

    /// Operating fee, in parts per million of sales.
    async fn operating_fee_ppm(&self) -> i32 {
        self.0.row.operating_fee_ppm
    }

    /// The fee of all sales so far, rounded once, less what earlier bills hold of it.
    async fn platform_fee(&self) -> Money {
        self.money(self.0.row.platform_fee)
    }

    /// Likewise.
    async fn operating_fee(&self) -> Money {
        self.money(self.0.row.operating_fee)
    }

    /// Sales less fees.
    async fn amount(&self) -> Money {
        self.money(self.0.row.amount)
    }
}

connection! {
    /// A page of lines of a settlement bill.
    SettlementBillLineConnection,
    /// A line with its cursor.
    SettlementBillLineEdge, SettlementBillLine, BillLine
}

connection! {
    /// A page of settlement bills.
    SettlementBillConnection,
    /// A bill with its cursor.
    SettlementBillEdge, SettlementBill, settlement_bill::Model
}

filter! {
    /// Which settlement bills.
    SettlementBillFilter {
        /// By seller.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By month.
        month: MonthFilter => |f| f.on("month"),
        /// By state.
        state: SettlementBillStateFilter => |f| f.on("state"),
        /// By category.
        category: MarketplaceCategoryFilter => |f| f.on("category"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// By what the seller gets.
        amount: AmountFilter => |f| f.on("amount"),
    }
}

order! {
    /// The order of settlement bills.
    SettlementBillOrder,
    /// What settlement bills are ordered by.
    SettlementBillOrderField of "settlementBills" {
        /// The month.
        Month "MONTH" => [Key::int("month"), Key::int("id")],
        /// What the seller gets.
        Amount "AMOUNT" => [Key::int("amount"), Key::int("id")],
    } default Month Desc
}

/// Queries about settlement bills.
#[derive(Default)]
pub struct SettlementBillQuery;

#[Object(guard = "root(\"Query\")")]
impl SettlementBillQuery {
    /// A settlement bill by id; null if the caller sees none.
    async fn settlement_bill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bill's id.")] id: ID,
    ) -> Option<Result<SettlementBill>> {
        let id: SettlementBillId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The settlement bills the caller sees: a partner its own. Latest month first.
    async fn settlement_bills(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<SettlementBillFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<SettlementBillOrder>,
    ) -> Option<Result<SettlementBillConnection>> {
        let list = async {
            let (list, paging) = (reading::market::bills(scope(ctx)?), Paging { first, after, last, before });
            Found::list(ctx, list, Wanted::of(filter), SettlementBillOrder::of(order_by), paging).await
        };
        Some(list.await.map(SettlementBillConnection))
    }
}
