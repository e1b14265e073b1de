//! Performance lines: what counted and what did not, and why.

use async_graphql::{Context, ID, Object, Result};
use domain::performance::explain::{LineExplanation, rules_of};
use domain::performance::line_payments::line_payments;
use domain::performance::refs::{LineRef, PaymentRef};
use domain::reading::line::{KEYS, Line};
use domain::reading::{self, Key, KeyValue, Page, payment};
use entity::{CustomerId, PartnerId, ProductId, Reason as StoredReason};

use super::caller::{loaders, root, scope, store};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::enums::{AssociationMode, ChargingMode, ProductPolicyKind, Reason};
use super::errors::{OrFail, bad_input};
use super::filter::{
    AmountFilter, AssociationModeFilter, ChargingModeFilter, CurrencyFilter, IdFilter, MonthFilter,
    ReasonFilter, Wanted, filter,
};
use super::money::Money;
use super::partner::Partner;
use super::payment::PaymentConnection;
use super::product::Product;
use super::scalars::{BigInt, Month};

/// A performance line.
#[derive(Clone)]
pub struct PerformanceLine(Line);

impl From<Line> for PerformanceLine {
    fn from(row: Line) -> Self {
        Self(row)
    }
}

impl PerformanceLine {
    fn counts(&self) -> bool {
        self.0.reference.key.reason == StoredReason::Counted
    }
}

/// A performance line: what a customer paid for a product in a month, as far as it counts or not for one reason.
#[Object]
impl PerformanceLine {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.reference.to_string().into()
    }

    /// The month in which it is posted.
    async fn month(&self) -> Month {
        Month(self.0.reference.month)
    }

    /// The month it belongs to; earlier than month for a correction of a closed month.
    async fn origin_month(&self) -> Month {
        Month(self.0.reference.key.origin_month)
    }

    /// It corrects a closed month.
    async fn correction(&self) -> bool {
        self.0.reference.month != self.0.reference.key.origin_month
    }

    /// Whose performance it is; null for nobody's.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        find_partner(ctx, self.0.reference.key.partner_id).await
    }

    /// Who is billed for it: the partner, or the distributor of a reseller; null for nobody.
    async fn bill_to(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        find_partner(ctx, self.0.reference.key.bill_to_id).await
    }

    /// The customer.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.reference.customer_id).await.transpose()
    }

    /// The product.
    async fn product(&self, ctx: &Context<'_>) -> Option<Result<Product>> {
        super::node::load(ctx, self.0.reference.key.product_id).await.transpose()
    }

    /// Association mode at the time; null for nobody's.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.reference.key.mode.map(Into::into)
    }

    /// How it was charged.
    async fn charging_mode(&self) -> ChargingMode {
        self.0.reference.key.charging_mode.into()
    }

    /// Why it counted, or did not.
    async fn reason(&self) -> Reason {
        self.0.reference.key.reason.into()
    }

    /// What counted.
    async fn counted(&self) -> Money {
        Money::of(if self.counts() { self.0.sum.amount } else { 0 }, self.0.reference.key.currency)
    }

    /// What did not count.
    async fn not_counted(&self) -> Money {
        Money::of(if self.counts() { 0 } else { self.0.sum.amount }, self.0.reference.key.currency)
    }

    /// Payments behind it.
    async fn payments(&self) -> BigInt {
        BigInt(self.0.sum.payments)
    }

    /// Version of the counting rules of the month it belongs to.
    async fn rule_version(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        let month = async { loaders(ctx)?.load_one(self.0.reference.key.origin_month).await.or_fail(ctx) };
        month.await.transpose().map(|month| month.map(|month| month.rule_version))
    }

    /// Why it is what it is, down to its payments.
    async fn explanation(&self, ctx: &Context<'_>) -> Option<Result<PerformanceLineExplanation>> {
        let found = async { rules_of(store(ctx)?, &self.0.reference, self.0.sum).await.or_fail(ctx) };
        Some(found.await.map(PerformanceLineExplanation))
    }
}

/// The partner of this id; nobody is 0.
pub(crate) async fn find_partner(ctx: &Context<'_>, id: PartnerId) -> Option<Result<Partner>> {
    if id.0 == 0 {
        return None;
    }
    super::node::load(ctx, id).await.transpose()
}

/// Why a line is what it is.
pub struct PerformanceLineExplanation(LineExplanation);

/// Why a line is what it is: the rules it was made by, and its payments.
#[Object]
impl PerformanceLineExplanation {
    /// Version of the counting rules.
    async fn rule_version(&self) -> i32 {
        self.0.rules.rule_version
    }

    /// What the product policy of the month of origin says.
    async fn policy(&self) -> ProductPolicyKind {
        self.0.rules.policy.into()
    }

    /// It corrects a closed month: its amount is the difference to what that month says.
    async fn correction(&self) -> bool {
        self.0.correction
    }

    /// Its payments, in the order of their key, forward only. For a correction these are all payments of the
    /// month of origin.
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start of the list, at most 100; 20 if not given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
    ) -> Option<Result<PaymentConnection>> {
        Some(self.find_payments(ctx, Paging { first, after, ..Paging::default() }).await)
    }
}

impl PerformanceLineExplanation {
    async fn find_payments(&self, ctx: &Context<'_>, paging: Paging) -> Result<PaymentConnection> {
        let order = payment::order();
        let args = paging.read(&order).map_err(|message| bad_input(ctx, &message))?;
        let limit = usize::try_from(args.limit).unwrap_or(0);
        let after = args.after.as_deref().and_then(payment::reference);
        let mut rows = line_payments(store(ctx)?, &self.0, after.as_ref(), limit + 1).await.or_fail(ctx)?;
        let has_next = rows.len() > limit;
        rows.truncate(limit);
        let key = |p: &PaymentRef| -> Vec<KeyValue> { payment::key(p) };
        let rows = rows.into_iter().map(|row| (key(&row.reference), row)).collect();
        let page = Page { rows, has_previous: after.is_some(), has_next };
        Ok(PaymentConnection(Found::uncounted(page, order)))
    }
}

connection! {
    /// A page of performance lines.
    PerformanceLineConnection,
    /// A line with its cursor.
    PerformanceLineEdge, PerformanceLine, Line
}

filter! {
    /// Which performance lines.
    PerformanceLineFilter {
        /// By the month in which it is posted.
        month: MonthFilter => |f| f.on("month"),
        /// By the month it belongs to.
        origin_month: MonthFilter => |f| f.on("origin_month"),
        /// By whose performance it is.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By who is billed for it.
        bill_to: IdFilter => |f| f.on::<PartnerId>("bill_to_id"),
        /// By customer.
        customer: IdFilter => |f| f.on::<CustomerId>("customer_id"),
        /// By product.
        product: IdFilter => |f| f.on::<ProductId>("product_id"),
        /// By association mode.
        mode: AssociationModeFilter => |f| f.on("mode"),
        /// By how it was charged.
        charging_mode: ChargingModeFilter => |f| f.on("charging_mode"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// By why it counted, or did not.
        reason: ReasonFilter => |f| f.on("reason"),
        /// By amount, counted or not.
        amount: AmountFilter => |f| f.on("amount"),
        /// Whether it corrects a closed month.
        correction: bool => |f| Ok(reading::Predicate::new(if *f { "month <> origin_month" } else { "month = origin_month" }, vec![])),
        /// Whether it counted.
        counted: bool => |f| Ok(reading::Predicate::new(if *f { "reason = 0" } else { "reason <> 0" }, vec![])),
    }
}

/// The keys of a line, behind `first`.
fn behind(first: Key) -> Vec<Key> {
    std::iter::once(first).chain(KEYS).collect()
}

/// What performance lines are ordered by.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerformanceLineOrderField {
    /// Month, who is billed, partner, customer and so on: the order of the books.
    Key,
    /// Amount, counted or not.
    Amount,
}

/// The order of performance lines.
#[derive(async_graphql::InputObject, Clone, Copy, Debug)]
pub struct PerformanceLineOrder {
    /// By what.
    pub field: PerformanceLineOrderField,
    /// Which way; the key decides between equals, the same way.
    #[graphql(default)]
    pub direction: super::filter::OrderDirection,
}

impl PerformanceLineOrder {
    fn of(order: Option<Self>) -> reading::Order {
        let descending = order.is_some_and(|o| o.direction == super::filter::OrderDirection::Desc);
        let (name, keys) = match order.map(|o| o.field) {
            None | Some(PerformanceLineOrderField::Key) => ("KEY", KEYS.to_vec()),
            Some(PerformanceLineOrderField::Amount) => ("AMOUNT", behind(Key::int("amount"))),
        };
        let way = if descending { "DESC" } else { "ASC" };
        reading::Order { name: format!("performanceLines:{name}:{way}"), keys, descending }
    }
}

/// Queries about performance lines.
#[derive(Default)]
pub struct LineQuery;

#[Object(guard = "root(\"Query\")")]
impl LineQuery {
    /// A performance line by id; null if the caller sees none.
    async fn performance_line(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line's id.")] id: ID,
    ) -> Option<Result<PerformanceLine>> {
        let id: LineRef = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The performance lines the caller sees: its own performance, and what rolls up to it.
    async fn performance_lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PerformanceLineFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<PerformanceLineOrder>,
    ) -> Option<Result<PerformanceLineConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::line::list(scope(ctx)?),
                Wanted::of(filter),
                PerformanceLineOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(PerformanceLineConnection))
    }
}
