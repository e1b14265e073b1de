//! Incentive bills.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::money::incentive::wording;
use domain::reading::{self, Key};
use entity::{IncentiveBillId, PartnerId, incentive_bill};

use super::bill_line::IncentiveBillLineConnection;
use super::caller::{allowed, caller, lang, loaders, root, scope};
use super::connection::{Found, Paging, connection};
use super::entitlement::IncentiveFreeze;
use super::enums::{BillState, ParkedCode};
use super::errors::OrFail;
use super::feedback::{BillFeedbackConnection, BillFeedbackOrder};
use super::feedback_loaders::HeldUp;
use super::filter::{
    AmountFilter, BillStateFilter, CurrencyFilter, IdFilter, MonthFilter, Wanted, filter, order,
};
use super::loaders::FrozenOf;
use super::money::Money;
use super::partner::Partner;
use super::run::SettlementRun;
use super::scalars::{CurrencyCode, DateTime, Month};

/// An incentive bill.
#[derive(Clone)]
pub struct IncentiveBill(incentive_bill::Model);

impl From<incentive_bill::Model> for IncentiveBill {
    fn from(row: incentive_bill::Model) -> Self {
        Self(row)
    }
}

impl IncentiveBill {
    async fn hint_now(&self, ctx: &Context<'_>) -> Result<&'static str> {
        let caller = caller(ctx)?;
        let waits = self.0.state == entity::BillState::PendingConfirm;
        let held = waits && loaders(ctx)?.load_one(HeldUp(self.0.id)).await.or_fail(ctx)?.is_some();
        Ok(wording::hint(self.0.state, held, &caller.actor.principal, caller.lang))
    }
}

/// What the vendor owes a partner for the performance of a month in one currency.
#[Object]
impl IncentiveBill {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose it is.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.partner_id).await.transpose()
    }

    /// The month.
    async fn month(&self) -> Month {
        Month(self.0.month)
    }

    /// The currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }

    /// Where it stands.
    async fn state(&self) -> BillState {
        self.0.state.into()
    }

    /// The state in words, in the request's language.
    async fn label(&self, ctx: &Context<'_>) -> &'static str {
        wording::label(self.0.state, lang(ctx))
    }

    /// What the caller can do about it now, in the request's language.
    async fn hint(&self, ctx: &Context<'_>) -> Option<Result<&'static str>> {
        Some(self.hint_now(ctx).await)
    }

    /// Why it is parked for review, was until its release, or would be if the month became final as it is; null
    /// if it lies within what is usual.
    async fn parked_reason(&self) -> Option<ParkedReason> {
        let (code, typical) = (self.0.parked_code?, self.0.parked_typical?);
        Some(ParkedReason::of(code, typical, self.0.parked_factor_ppm?, self.0.currency))
    }

    /// The performance it rests on.
    async fn basis(&self) -> Money {
        Money::of(self.0.basis, self.0.currency)
    }

    /// What is earned: the sum of its lines.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.0.currency)
    }

    /// Confirmed by itself at this instant; null while it is an estimate.
    async fn confirm_by(&self) -> Option<DateTime> {
        self.0.confirm_by.map(DateTime)
    }

    /// When it was confirmed.
    async fn confirmed_at(&self) -> Option<DateTime> {
        self.0.confirmed_at.map(DateTime)
    }

    /// Who confirmed it.
    async fn confirmed_by(&self) -> Option<&str> {
        self.0.confirmed_by.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
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
    ) -> Option<Result<IncentiveBillLineConnection>> {
        let below = async {
            let (list, at) = (reading::bill::lines(scope(ctx)?), ("bill_id", self.0.id.0));
            let order = reading::Order {
                name: "billLines".into(),
                keys: vec![Key::int("line_no")],
                descending: false,
            };
            Found::below(
                ctx,
                at,
                list,
                Ok(reading::Predicate::always()),
                order,
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(IncentiveBillLineConnection))
    }

    /// What its partner finds wrong with it or its lines, latest first.
    async fn feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<BillFeedbackConnection>> {
        let below = async {
            let (list, at) = (reading::feedback::with_bills(scope(ctx)?), ("incentive_bill.id", self.0.id.0));
            let (all, order) = (Ok(reading::Predicate::always()), BillFeedbackOrder::of(None));
            Found::below(ctx, at, list, all, order, Paging { first, after, last, before }).await
        };
        Some(below.await.map(BillFeedbackConnection))
    }

    /// The parts of it that are frozen because customers have not paid, also those that were released.
    async fn frozen(&self, ctx: &Context<'_>) -> Option<Result<Vec<IncentiveFreeze>>> {
        let frozen = async {
            let rows = loaders(ctx)?.load_one(FrozenOf(self.0.id)).await.or_fail(ctx)?.unwrap_or_default();
            Ok(rows.into_iter().map(IncentiveFreeze::from).collect())
        };
        Some(frozen.await)
    }

    /// The run that wrote it; null for whoever may not see runs.
    async fn run(&self, ctx: &Context<'_>) -> Option<Result<SettlementRun>> {
        if !allowed(ctx, "Query.settlementRun").ok()? {
            return None;
        }
        super::node::load(ctx, self.0.run_id).await.transpose()
    }
}

/// Why a bill is parked for review.
#[derive(SimpleObject)]
pub struct ParkedReason {
    /// How it lies to what is usual.
    code: ParkedCode,
    /// What is usual: the median of the partner's formal bills of the three months before, in this currency.
    typical: Money,
    /// How many times more or less than usual it may be, in parts per million: 3000000 is three times.
    factor_ppm: i32,
}

impl ParkedReason {
    /// From what is kept with a bill, or was found for a preview.
    pub(crate) fn of(
        code: entity::ParkedCode,
        typical: i64,
        factor_ppm: i32,
        currency: entity::Currency,
    ) -> Self {
        Self { code: code.into(), typical: Money::of(typical, currency), factor_ppm }
    }
}

connection! {
    /// A page of incentive bills.
    IncentiveBillConnection,
    /// A bill with its cursor.
    IncentiveBillEdge, IncentiveBill, incentive_bill::Model
}

filter! {
    /// Which incentive bills.
    IncentiveBillFilter {
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
        /// By month.
        month: MonthFilter => |f| f.on("month"),
        /// By currency.
        currency: CurrencyFilter => |f| f.on("currency"),
        /// By state.
        state: BillStateFilter => |f| f.on("state"),
        /// By what is earned.
        amount: AmountFilter => |f| f.on("amount"),
    }
}

order! {
    /// The order of incentive bills.
    IncentiveBillOrder,
    /// What incentive bills are ordered by.
    IncentiveBillOrderField of "incentiveBills" {
        /// The month.
        Month "MONTH" => [Key::int("month"), Key::int("id")],
        /// What is earned.
        Amount "AMOUNT" => [Key::int("amount"), Key::int("id")],
    } default Month Desc
}

/// Queries about bills.
#[derive(Default)]
pub struct BillQuery;

#[Object(guard = "root(\"Query\")")]
impl BillQuery {
    /// An incentive bill by id; null if the caller sees none.
    async fn incentive_bill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bill's id.")] id: ID,
    ) -> Option<Result<IncentiveBill>> {
        let id: IncentiveBillId = id.parse().ok()?;
        super::node::load(ctx, id).await.transpose()
    }

    /// The incentive bills the caller sees: a partner its own. Latest month first.
    async fn incentive_bills(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<IncentiveBillFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<IncentiveBillOrder>,
    ) -> Option<Result<IncentiveBillConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::bill::list(scope(ctx)?),
                Wanted::of(filter),
                IncentiveBillOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(IncentiveBillConnection))
    }
}
