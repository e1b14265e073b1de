//! Performance summed up.

use async_graphql::{Context, Enum, Object, Result};
use domain::reading::performance_sum::{self as sums, Dimension};

use super::caller::{root, scope};
use super::connection::{Found, Paging, connection};
use super::customer::Customer;
use super::enums::{AssociationMode, Reason};
use super::filter::Wanted;
use super::line::PerformanceLineFilter;
use super::money::Money;
use super::partner::Partner;
use super::product::Product;
use super::scalars::{BigInt, CurrencyCode, Month};

/// What performance is summed up by. Currencies are always kept apart.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerformanceDimension {
    /// Whose performance it is.
    Partner,
    /// The customer.
    Customer,
    /// The product.
    Product,
    /// Association mode.
    Mode,
    /// Why it counted, or did not.
    Reason,
    /// The currency; sums are always kept apart by it.
    Currency,
    /// The month it belongs to.
    OriginMonth,
}

impl PerformanceDimension {
    const fn stored(self) -> Option<Dimension> {
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

/// A sum of performance lines.
#[derive(Clone)]
pub struct PerformanceSum(sums::PerformanceSum);

impl From<sums::PerformanceSum> for PerformanceSum {
    fn from(row: sums::PerformanceSum) -> Self {
        Self(row)
    }
}

impl PerformanceSum {
    fn money(&self, micros: i64) -> Option<Money> {
        self.0.currency.map(|currency| Money::of(micros, currency))
    }
}

/// A sum of performance lines. What was not summed up by is null.
#[Object]
impl PerformanceSum {
    /// Whose performance it is; null also for nobody's.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id?).await.transpose()
    }

    /// The customer.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        super::node::load(ctx, self.0.customer_id?).await.transpose()
    }

    /// The product.
    async fn product(&self, ctx: &Context<'_>) -> Option<Result<Product>> {
        super::node::load(ctx, self.0.product_id?).await.transpose()
    }

    /// Association mode; null also for nobody's.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.mode.map(Into::into)
    }

    /// Why it counted, or did not.
    async fn reason(&self) -> Option<Reason> {
        self.0.reason.map(Into::into)
    }

    /// The month it belongs to.
    async fn origin_month(&self) -> Option<Month> {
        self.0.origin_month.map(Month)
    }

    /// The currency.
    async fn currency_code(&self) -> Option<CurrencyCode> {
        self.0.currency.map(CurrencyCode)
    }

    /// What counted.
    async fn counted(&self) -> Option<Money> {
        self.money(self.0.counted)
    }

    /// What did not count.
    async fn not_counted(&self) -> Option<Money> {
        self.money(self.0.not_counted)
    }

    /// Lines summed up.
    async fn lines(&self) -> BigInt {
        BigInt(self.0.lines)
    }

    /// Payments behind the lines; a payment with two reasons is in two lines.
    async fn payments(&self) -> BigInt {
        BigInt(self.0.payments)
    }
}

connection! {
    /// A page of sums.
    PerformanceSumConnection,
    /// A sum with its cursor.
    PerformanceSumEdge, PerformanceSum, sums::PerformanceSum
}

/// Queries about sums.
#[derive(Default)]
pub struct SumQuery;

#[Object(guard = "root(\"Query\")")]
impl SumQuery {
    /// The performance the caller sees, summed up by what it names, in the order of the groups.
    async fn performance_sums(
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
        #[graphql(desc = "What to sum up by; currencies are always kept apart.")] group_by: Vec<
            PerformanceDimension,
        >,
    ) -> Option<Result<PerformanceSumConnection>> {
        let found = async {
            let by: Vec<Dimension> = group_by.into_iter().filter_map(PerformanceDimension::stored).collect();
            let (list, order) = sums::list(scope(ctx)?, &by);
            Found::list(ctx, list, Wanted::of(filter), order, Paging { first, after, last, before }).await
        };
        Some(found.await.map(PerformanceSumConnection))
    }
}
