//! The lines of incentive bills.

use async_graphql::{Context, Object, Result};
use domain::reading::bill::Line;

use super::bill::IncentiveBill;
use super::connection::connection;
use super::enums::{AssociationMode, BillLineKind};
use super::money::Money;
use super::partner::Partner;
use super::policy::IncentivePolicy;
use super::scalars::{Decimal, Month};

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
    /// The bill it stands on.
    async fn bill(&self, ctx: &Context<'_>) -> Option<Result<IncentiveBill>> {
        super::node::load(ctx, self.0.row.bill_id).await.transpose()
    }

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
