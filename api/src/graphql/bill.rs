//! Incentive bills with their lines.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::incentive::confirm::{self, Confirm};
use domain::read::bill::Line;
use domain::read::{self, Key};
use entity::{IncentiveBillId, PartnerId, incentive_bill};

use super::caller::{allowed, root, scope, store, write_context};
use super::checks::Checks;
use super::connection::{Found, Paging, connection};
use super::enums::{AssociationMode, BillLineKind, BillState};
use super::filter::{
    AmountFilter, BillStateFilter, CurrencyFilter, IdFilter, MonthFilter, Wanted, filter, order,
};
use super::money::Money;
use super::partner::Partner;
use super::policy::IncentivePolicy;
use super::run::SettlementRun;
use super::scalars::{CurrencyCode, DateTime, Decimal, Month};
use super::user_error::payload;

/// An incentive bill.
#[derive(Clone)]
pub struct IncentiveBill(incentive_bill::Model);

impl From<incentive_bill::Model> for IncentiveBill {
    fn from(row: incentive_bill::Model) -> Self {
        Self(row)
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
            let (list, at) = (read::bill::lines(scope(ctx)?), ("bill_id", self.0.id.0));
            let order =
                read::Order { name: "billLines".into(), keys: vec![Key::int("line_no")], descending: false };
            Found::below(
                ctx,
                at,
                list,
                Ok(read::Predicate::always()),
                order,
                Paging { first, after, last, before },
            )
            .await
        };
        Some(below.await.map(IncentiveBillLineConnection))
    }

    /// The run that wrote it; null for whoever may not see runs.
    async fn run(&self, ctx: &Context<'_>) -> Option<Result<SettlementRun>> {
        if !allowed(ctx, "Query.settlementRun").ok()? {
            return None;
        }
        super::node::load(ctx, self.0.run_id).await.transpose()
    }
}

/// A line of an incentive bill.
#[derive(Clone)]
pub struct IncentiveBillLine(Line);

impl From<Line> for IncentiveBillLine {
    fn from(row: Line) -> Self {
        Self(row)
    }
}

/// A line of an incentive bill: performance times a rate, a correction, or what rounding left over.
#[Object]
impl IncentiveBillLine {
    /// Its number in the bill, from 1.
    async fn line_no(&self) -> i32 {
        self.0.row.line_no
    }

    /// What it is.
    async fn kind(&self) -> BillLineKind {
        self.0.row.kind.into()
    }

    /// The month the performance belongs to.
    async fn origin_month(&self) -> Month {
        Month(self.0.row.origin_month)
    }

    /// Whose performance it is: the billed partner's own, or a reseller's.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::line::find_partner(ctx, self.0.row.partner_id).await
    }

    /// Association mode; null where it does not matter.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.row.mode.map(Into::into)
    }

    /// Product class; null where it does not matter.
    async fn product_class(&self) -> Option<&str> {
        self.0.row.product_class.as_deref()
    }

    /// The version of the policy that priced it; null if none did.
    async fn policy(&self, ctx: &Context<'_>) -> Option<Result<IncentivePolicy>> {
        super::node::load(ctx, self.0.row.policy_id?).await.transpose()
    }

    /// The place of its rate in the policy.
    async fn rate_seq(&self) -> Option<i32> {
        self.0.row.rate_seq.map(i32::from)
    }

    /// Its rate in parts per million.
    async fn rate_ppm(&self) -> i32 {
        self.0.row.rate_ppm
    }

    /// The performance it rests on.
    async fn basis(&self) -> Money {
        Money::of(self.0.row.basis, self.0.currency)
    }

    /// What it earns before rounding, exact.
    async fn exact(&self) -> Decimal {
        Decimal(self.0.row.exact.clone())
    }

    /// What it earns, rounded once.
    async fn amount(&self) -> Money {
        Money::of(self.0.row.amount, self.0.currency)
    }

    /// A word on it, e.g. that a cap or minimum held.
    async fn note(&self) -> Option<&str> {
        self.0.row.note.as_deref()
    }
}

connection! {
    /// A page of bill lines.
    IncentiveBillLineConnection,
    /// A bill line with its cursor.
    IncentiveBillLineEdge, IncentiveBillLine, Line
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
                read::bill::list(scope(ctx)?),
                Wanted::of(filter),
                IncentiveBillOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(IncentiveBillConnection))
    }
}

/// Which bill to confirm, as you saw it.
#[derive(InputObject)]
pub struct IncentiveBillConfirmInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bill.
    bill_id: ID,
    /// The version you saw.
    expected_version: i32,
}

payload! {
    /// What came of it.
    IncentiveBillConfirmPayload {
        /// The bill as it is now.
        incentive_bill: IncentiveBill
    }
}

/// Changes of bills.
#[derive(Default)]
pub struct BillMutation;

#[Object(guard = "root(\"Mutation\")")]
impl BillMutation {
    /// Confirms an incentive bill. A partner confirms its own.
    async fn incentive_bill_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bill, as you saw it.")] input: IncentiveBillConfirmInput,
    ) -> Result<IncentiveBillConfirmPayload> {
        let mut checks = Checks::default();
        let bill_id = checks.id("billId", &input.bill_id);
        let confirm = Confirm { bill_id, expected_version: input.expected_version };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                confirm::confirm(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), confirm)
                    .await
            }
        };
        IncentiveBillConfirmPayload::of(ctx, result, Some(&input.bill_id)).await
    }
}
