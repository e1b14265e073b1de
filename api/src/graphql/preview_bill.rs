//! A bill of a preview: as it stands, as it would be, and the lines that differ.

use async_graphql::{Context, Enum, Object, Result};
use domain::reading::{Key, Order};
use domain::settlement::preview::PreviewBill;
use domain::settlement::preview::difference::{LineChange, Says};
use entity::Currency;

use super::bill::{IncentiveBill, ParkedReason};
use super::connection::{Found, Paging, connection};
use super::enums::{AssociationMode, BillLineKind};
use super::money::Money;
use super::partner::Partner;
use super::policy::IncentivePolicy;
use super::scalars::{CurrencyCode, Month};

/// Why a bill or line would change.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "domain::settlement::preview::difference::Why")]
pub enum SettlementPreviewReason {
    /// There is no bill yet.
    NewBill,
    /// There would be no bill any more.
    Gone,
    /// Its partner cannot be billed.
    SetAside,
    /// The performance is another.
    BasisChanged,
    /// The rate is another.
    RateChanged,
    /// A cap or minimum holds otherwise.
    CapOrMinimum,
    /// A correction of a closed month is another.
    Correction,
    /// What rounding leaves over is another.
    Residue,
    /// Nothing.
    Unchanged,
}

/// A bill as it stands, and as it would be.
pub struct SettlementPreviewBill(PreviewBill);

impl From<PreviewBill> for SettlementPreviewBill {
    fn from(bill: PreviewBill) -> Self {
        Self(bill)
    }
}

impl SettlementPreviewBill {
    fn currency(&self) -> Currency {
        self.0.place.1
    }

    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.currency())
    }
}

/// A bill as it stands, and as it would be.
#[Object]
impl SettlementPreviewBill {
    /// Whose it is.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::node::load(ctx, self.0.place.0).await.transpose()
    }

    /// The currency.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.currency())
    }

    /// The bill that stands; null if there is none.
    async fn bill(&self) -> Option<IncentiveBill> {
        self.0.standing.clone().map(IncentiveBill::from)
    }

    /// The performance that the bill that stands rests on; null if there is none.
    async fn basis_before(&self) -> Option<Money> {
        self.0.standing.as_ref().map(|bill| self.money(bill.basis))
    }

    /// What stands; null if there is no bill.
    async fn amount_before(&self) -> Option<Money> {
        self.0.standing.as_ref().map(|bill| self.money(bill.amount))
    }

    /// The performance it would rest on; null if there would be no bill.
    async fn basis_after(&self) -> Option<Money> {
        self.0.outcome.map(|outcome| self.money(outcome.basis))
    }

    /// What it would be; null if there would be no bill.
    async fn amount_after(&self) -> Option<Money> {
        self.0.outcome.map(|outcome| self.money(outcome.amount))
    }

    /// What it would be more; below zero if it would be less.
    async fn difference(&self) -> Money {
        self.money(self.0.amount_after().saturating_sub(self.0.amount_before()))
    }

    /// Why it would be parked for review if it became formal; null if it lies within what is usual.
    async fn parked_reason(&self) -> Option<ParkedReason> {
        let parked = self.0.outcome?.parked?;
        Some(ParkedReason::of(parked.code, parked.typical, parked.factor_ppm, self.currency()))
    }

    /// Why its partner cannot be billed: a code.
    async fn set_aside_code(&self) -> Option<&'static str> {
        self.0.aside.as_ref().map(|aside| aside.code)
    }

    /// Why its partner cannot be billed, in words.
    async fn set_aside_detail(&self) -> Option<&str> {
        self.0.aside.as_ref().map(|aside| aside.detail.as_str())
    }

    /// Why it would change, each once; UNCHANGED alone if it would not.
    async fn reasons(&self) -> Vec<SettlementPreviewReason> {
        self.0.why.iter().map(|why| (*why).into()).collect()
    }

    /// The lines that would change, in the order of kind, month, partner, mode and product class.
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
    ) -> Option<Result<SettlementPreviewLineConnection>> {
        let order = Order { name: "previewLines".into(), keys: vec![Key::int("line")], descending: false };
        let lines = self.0.lines.iter().map(|line| PreviewLine(line.clone(), self.currency())).collect();
        let found = Found::at_hand(ctx, lines, order, &Paging { first, after, last, before });
        Some(found.map(SettlementPreviewLineConnection))
    }
}

/// A line with its bill's currency.
#[derive(Clone)]
pub struct PreviewLine(LineChange, Currency);

/// A line that would change.
pub struct SettlementPreviewLine(PreviewLine);

impl From<PreviewLine> for SettlementPreviewLine {
    fn from(line: PreviewLine) -> Self {
        Self(line)
    }
}

/// A line of a bill that would change: what it prices, what it says, and what it would say.
#[Object]
impl SettlementPreviewLine {
    /// What it is.
    async fn kind(&self) -> BillLineKind {
        self.0.0.subject.kind.into()
    }

    /// The month the performance belongs to.
    async fn origin_month(&self) -> Month {
        Month(self.0.0.subject.origin_month)
    }

    /// Whose performance it is.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        super::line::find_partner(ctx, self.0.0.subject.partner).await
    }

    /// Association mode; null where it does not matter.
    async fn mode(&self) -> Option<AssociationMode> {
        self.0.0.subject.mode.map(Into::into)
    }

    /// Product class; null where it does not matter.
    async fn product_class(&self) -> Option<&str> {
        self.0.0.subject.product_class.as_deref()
    }

    /// What it says; null for a line that would be new.
    async fn before(&self) -> Option<SettlementPreviewLineSide> {
        self.0.0.before.clone().map(|says| SettlementPreviewLineSide(says, self.0.1))
    }

    /// What it would say; null for a line that would be gone.
    async fn after(&self) -> Option<SettlementPreviewLineSide> {
        self.0.0.after.clone().map(|says| SettlementPreviewLineSide(says, self.0.1))
    }

    /// Why, each once.
    async fn reasons(&self) -> Vec<SettlementPreviewReason> {
        self.0.0.why.iter().map(|why| (*why).into()).collect()
    }
}

/// What a line says.
pub struct SettlementPreviewLineSide(Says, Currency);

/// What a line says, or would say.
#[Object]
impl SettlementPreviewLineSide {
    /// The policy that prices it; null if none does, or one that is tried.
    async fn policy(&self, ctx: &Context<'_>) -> Option<Result<IncentivePolicy>> {
        let (policy, _, _) = self.0.rate.filter(|(policy, _, _)| policy.0 > 0)?;
        super::node::load(ctx, policy).await.transpose()
    }

    /// The place of its rate in the policy; null if no rate fits.
    async fn rate_seq(&self) -> Option<i32> {
        self.0.rate.map(|(_, seq, _)| i32::from(seq))
    }

    /// Its rate in parts per million; null if no rate fits.
    async fn rate_ppm(&self) -> Option<i32> {
        self.0.rate.map(|(_, _, ppm)| ppm)
    }

    /// The performance it rests on.
    async fn basis(&self) -> Money {
        Money::of(self.0.basis, self.1)
    }

    /// What it earns, rounded once.
    async fn amount(&self) -> Money {
        Money::of(self.0.amount, self.1)
    }

    /// A word on it, e.g. that a cap or minimum held.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
}

connection! {
    /// A page of lines that would change.
    SettlementPreviewLineConnection,
    /// A line with its cursor.
    SettlementPreviewLineEdge, SettlementPreviewLine, PreviewLine
}
