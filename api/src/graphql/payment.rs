//! Payments: what customers paid, where it counted, and every reason why it did not.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::performance::explain::{self, Allotment, PaymentExplanation as Explained, PaymentView};
use domain::performance::refs::PaymentRef;
use domain::reading;
use entity::{CloudAccountId, Currency, CustomerId, ImportId, InvoiceId, ProductId};

use super::account::CloudAccount;
use super::caller::{root, scope, store};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::enums::{AssociationMode, ChargeCategory, ChargingMode, DetailType, Reason};
use super::errors::OrFail;
use super::filter::{
    AmountFilter, ChargeCategoryFilter, CurrencyFilter, DateTimeFilter, IdFilter, MonthFilter, Wanted,
    filter, flag,
};
use super::import::Import;
use super::invoice::Invoice;
use super::line::{PerformanceLine, find_partner};
use super::money::Money;
use super::partner::Partner;
use super::product::Product;
use super::scalars::{BigInt, DateTime, Month};

/// What a customer paid.
#[derive(Clone)]
pub struct Payment(PaymentView);

impl From<PaymentView> for Payment {
    fn from(row: PaymentView) -> Self {
        Self(row)
    }
}

impl Payment {
    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.0.counted.currency)
    }
}

/// A fact: one row of a bill, as a customer paid it or owes it. It never changes.
#[Object]
impl Payment {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.reference.to_string().into()
    }

    /// The month it belongs to.
    async fn month(&self) -> Month {
        Month(self.0.reference.month)
    }

    /// When the resource was consumed.
    async fn consumed_at(&self) -> DateTime {
        DateTime(self.0.reference.consumed_at)
    }

    /// The account it was billed to.
    async fn account(&self, ctx: &Context<'_>) -> Option<Result<CloudAccount>> {
        super::node::load(ctx, self.0.reference.account_id).await.transpose()
    }

    /// Whose account it is; null while it is nobody's.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id?).await.transpose()
    }

    /// The product.
    async fn product(&self, ctx: &Context<'_>) -> Option<Result<Product>> {
        super::node::load(ctx, self.0.counted.product_id).await.transpose()
    }

    /// Region as in the bill.
    async fn region(&self) -> &str {
        &self.0.region
    }

    /// How it was charged.
    async fn charging_mode(&self) -> ChargingMode {
        self.0.counted.charging_mode.into()
    }

    /// Kind of bill detail.
    async fn detail_type(&self) -> DetailType {
        self.0.detail_type.into()
    }

    /// Kind of charge.
    async fn category(&self) -> ChargeCategory {
        self.0.category.into()
    }

    /// It corrects an earlier charge.
    async fn correction(&self) -> bool {
        self.0.correction
    }

    /// The bill says it is paid.
    async fn settled(&self) -> bool {
        self.0.settled
    }

    /// List price.
    async fn official(&self) -> Money {
        self.money(self.0.official)
    }

    /// What was taken off.
    async fn discount(&self) -> Money {
        self.money(self.0.discount)
    }

    /// Fractions that were cut off.
    async fn truncated(&self) -> Money {
        self.money(self.0.truncated)
    }

    /// What was to pay: official less discount less truncated; the sum of the parts.
    async fn payable(&self) -> Money {
        self.money(self.0.payable)
    }

    /// How it was paid.
    async fn parts(&self) -> PaymentParts {
        let parts = self.0.parts();
        PaymentParts {
            cash: self.money(parts.cash),
            credit: self.money(parts.credit),
            voucher: self.money(parts.voucher),
            cash_coupon: self.money(parts.cash_coupon),
            stored_value_card: self.money(parts.stored_value_card),
            bonus: self.money(parts.bonus),
            debt: self.money(parts.debt),
            write_off: self.money(parts.write_off),
        }
    }

    /// Its invoice.
    async fn invoice(&self, ctx: &Context<'_>) -> Option<Result<Invoice>> {
        super::node::load(ctx, self.0.invoice_id?).await.transpose()
    }

    /// The import that brought it; null for whoever may not see imports.
    async fn import(&self, ctx: &Context<'_>) -> Option<Result<Import>> {
        super::import::visible(ctx, self.0.import_id).await.transpose()
    }

    /// Line of the import's file.
    async fn line_no(&self) -> BigInt {
        BigInt(self.0.line_no)
    }

    /// Its id in the source.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// The id in the source of what it corrects.
    async fn corrects_external_id(&self) -> Option<&str> {
        self.0.corrects_external_id.as_deref()
    }

    /// Where it counted, or every reason why it did not.
    async fn explanation(&self, ctx: &Context<'_>) -> Option<Result<PaymentExplanation>> {
        let found =
            async { explain::payment(store(ctx)?, scope(ctx)?, &self.0.reference).await.or_fail(ctx) };
        found.await.transpose().map(|found| found.map(PaymentExplanation))
    }
}

/// How a payment was made up. The sum of the parts is the payable amount.
#[derive(SimpleObject)]
pub struct PaymentParts {
    /// Money.
    cash: Money,
    /// Bought on credit: not paid yet.
    credit: Money,
    /// Vouchers and vendor credits.
    voucher: Money,
    /// Cash coupons.
    cash_coupon: Money,
    /// Stored-value cards: counted when spent, like cash.
    stored_value_card: Money,
    /// Bonus money.
    bonus: Money,
    /// Owed.
    debt: Money,
    /// Written off by the vendor.
    write_off: Money,
}

/// Where a payment counted.
pub struct PaymentExplanation(Explained);

/// Where a payment counted, or every reason why it did not.
#[Object]
impl PaymentExplanation {
    /// The partner that had the customer when it was consumed.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        find_partner(ctx, self.0.owner.as_ref()?.partner_id).await
    }

    /// Who is billed for it.
    async fn bill_to(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        find_partner(ctx, self.0.owner.as_ref()?.bill_to_id).await
    }

    /// Association mode when it was consumed.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.owner.as_ref().map(|owner| owner.mode.into())
    }

    /// Its amount by reason.
    async fn allotments(&self) -> Vec<PaymentAllotment> {
        let currency = self.0.payment.counted.currency;
        self.0.allotments.iter().map(|a| PaymentAllotment(a.clone(), currency)).collect()
    }

    /// Every reason why some of it did not count: those that alone exclude all of it first, then those of its parts.
    async fn reasons(&self) -> Vec<Reason> {
        self.0.reasons.iter().map(|reason| (*reason).into()).collect()
    }

    /// Its account belongs to no customer: it waits.
    async fn unmatched(&self) -> bool {
        self.0.unmatched
    }

    /// A change of its customer waits to be worked in: lines may differ until then.
    async fn pending(&self) -> bool {
        self.0.pending
    }
}

/// A part of a payment.
pub struct PaymentAllotment(Allotment, Currency);

/// An amount of a payment, why it counted or not, and the line it stands in.
#[Object]
impl PaymentAllotment {
    /// Why it counted, or did not.
    async fn reason(&self) -> Reason {
        self.0.reason.into()
    }

    /// How much.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.1)
    }

    /// The line it stands in; null while the account belongs to nobody or the caller does not see the line.
    async fn line(&self, ctx: &Context<'_>) -> Option<Result<PerformanceLine>> {
        super::node::load(ctx, self.0.line?).await.transpose()
    }
}

connection! {
    /// A page of payments.
    PaymentConnection,
    /// A payment with its cursor.
    PaymentEdge, Payment, PaymentView
}

filter! {
    /// Which payments.
    PaymentFilter {
        /// By the month it belongs to. Lists without it are slow.
        month: MonthFilter => |f| f.on("p.month"),
        /// By when it was consumed.
        consumed_at: DateTimeFilter => |f| f.on("p.consumed_at"),
        /// By account.
        account: IdFilter => |f| f.on::<CloudAccountId>("p.account_id"),
        /// By customer.
        customer: IdFilter => |f| f.on::<CustomerId>("a.customer_id"),
        /// By product.
        product: IdFilter => |f| f.on::<ProductId>("p.product_id"),
        /// By invoice.
        invoice: IdFilter => |f| f.on::<InvoiceId>("p.invoice_id"),
        /// By the import that brought it.
        import: IdFilter => |f| f.on::<ImportId>("p.import_id"),
        /// By kind of charge.
        category: ChargeCategoryFilter => |f| f.on("p.category"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("p.currency"),
        /// By payable amount.
        payable: AmountFilter => |f| f.on("p.payable"),
        /// Whether the bill says it is paid.
        settled: bool => |f| flag("p.settled", *f),
        /// Whether its account belongs to a customer.
        matched: bool => |f| Ok(reading::Predicate::is_null("a.customer_id", !*f)),
    }
}

/// Queries about payments.
#[derive(Default)]
pub struct PaymentQuery;

#[Object(guard = "root(\"Query\")")]
impl PaymentQuery {
    /// A payment by id; null if the caller sees none.
    async fn payment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The payment's id.")] id: ID,
    ) -> Option<Result<Payment>> {
        let id: PaymentRef = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The payments the caller sees, by month, account and time. A partner sees those of the time in which it, or
    /// its reseller, had the customer.
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<PaymentFilter>,
    ) -> Option<Result<PaymentConnection>> {
        let list = async {
            let (list, order) = (reading::payment::list(scope(ctx)?), reading::payment::order());
            Found::list(ctx, list, Wanted::of(filter), order, Paging { first, after, last, before }).await
        };
        Some(list.await.map(PaymentConnection))
    }
}
