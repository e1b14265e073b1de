//! Months of the programme.

use async_graphql::{Context, Object, Result};
use domain::reading::{self, Key};
use entity::settlement_month;

use super::caller::{allowed, loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::MonthState;
use super::errors::OrFail;
use super::filter::{MonthFilter, MonthStateFilter, Wanted, filter, order};
use super::run::{SettlementRunConnection, SettlementRunFilter, SettlementRunOrder};
use super::scalars::{DateTime, Month};

/// A month of the programme.
#[derive(Clone)]
pub struct SettlementMonth(settlement_month::Model);

impl From<settlement_month::Model> for SettlementMonth {
    fn from(row: settlement_month::Model) -> Self {
        Self(row)
    }
}

/// A month of the programme: its borders, and how far its books are.
#[Object]
impl SettlementMonth {
    /// The month.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// First instant, in the programme's time zone.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// First instant after.
    async fn ends_at(&self) -> DateTime {
        DateTime(self.0.ends_at)
    }

    /// Where it stands.
    async fn state(&self) -> MonthState {
        self.0.state.into()
    }

    /// Nothing of it changes any more; later facts become corrections in an open month.
    async fn closed(&self) -> bool {
        self.0.closed
    }

    /// Version of the counting rules that hold for it.
    async fn rule_version(&self) -> i32 {
        self.0.rule_version
    }

    /// Digest of its lines, once it is final.
    async fn lines_digest(&self) -> Option<&str> {
        self.0.lines_digest.as_deref()
    }

    /// When it became final.
    async fn finalised_at(&self) -> Option<DateTime> {
        self.0.finalised_at.map(DateTime)
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Its settlement runs; null for whoever may not see runs.
    async fn runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<SettlementRunFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<SettlementRunOrder>,
    ) -> Option<Result<SettlementRunConnection>> {
        if !allowed(ctx, "Query.settlementRuns").ok()? {
            return None;
        }
        let below = async {
            let (list, at) = (reading::run::list(scope(ctx)?), ("month", i64::from(self.0.month.0)));
            Found::below(
                ctx,
                at,
                list,
                Wanted::of(filter),
                SettlementRunOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(SettlementRunConnection))
    }
}

connection! {
    /// A page of months.
    SettlementMonthConnection,
    /// A month with its cursor.
    SettlementMonthEdge, SettlementMonth, settlement_month::Model
}

filter! {
    /// Which months.
    SettlementMonthFilter {
        /// By month.
        month: MonthFilter => |f| f.on("month"),
        /// By state.
        state: MonthStateFilter => |f| f.on("state"),
        /// Whether it is closed.
        closed: bool => |f| Ok(Predicate::compare("closed", "=", *f)),
    }
}

order! {
    /// The order of months.
    SettlementMonthOrder,
    /// What months are ordered by.
    SettlementMonthOrderField of "months" {
        /// The month.
        Month "MONTH" => [Key::int("month")],
    } default Month Desc
}

/// Queries about months.
#[derive(Default)]
pub struct MonthQuery;

#[Object(guard = "root(\"Query\")")]
impl MonthQuery {
    /// A month; null until something of it is known.
    async fn month(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which month.")] month: Month,
    ) -> Option<Result<SettlementMonth>> {
        let row = async { loaders(ctx)?.load_one(month.0).await.or_fail(ctx) };
        row.await.transpose().map(|row| row.map(SettlementMonth::from))
    }

    /// The months, latest first.
    async fn months(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<SettlementMonthFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<SettlementMonthOrder>,
    ) -> Option<Result<SettlementMonthConnection>> {
        let list = Found::list(
            ctx,
            reading::month::list(),
            Wanted::of(filter),
            SettlementMonthOrder::of(order_by),
            Paging { first, after, last, before },
        );
        Some(list.await.map(SettlementMonthConnection))
    }
}
