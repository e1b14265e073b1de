//! What a payment request tells of itself: its trail, its items, the votes on it, and what can be done.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::Actor;
use domain::money::payment::machine::{self, Transition};
use entity::{
    Currency, EntitlementId, PartnerId, SettlementBillId, countersign_vote, payment_request_item,
    payment_transition,
};

use super::connection::connection;
use super::entitlement::IncentiveEntitlement;
use super::money::Money;
use super::payment_enums::{CountersignVote, PaymentActor, PaymentOperation, PaymentSource, PaymentState};
use super::scalars::DateTime;
use super::settlement_bill::SettlementBill;

/// The stages of the way to money.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "machine::Stage")]
pub enum PaymentStage {
    /// The request is made.
    Submit,
    /// The vendor countersigns.
    Countersign,
    /// The partner invoices, the vendor reviews the invoices.
    InvoiceReview,
    /// Finance reviews the payment.
    PaymentReview,
    /// The money is under way.
    Payment,
    /// The end.
    Done,
}

/// Something that can be done from where a request stands.
#[derive(SimpleObject)]
pub struct PossibleOperation {
    /// What.
    operation: PaymentOperation,
    /// Where it leads.
    to: PaymentState,
    /// Who may do it.
    by: Vec<PaymentActor>,
    /// Whether it is for people like the caller. What else it needs (another person than before, invoices that add up)
    /// is said when it is refused.
    allowed: bool,
    /// Whether it needs a reason.
    needs_reason: bool,
}

impl PossibleOperation {
    pub(crate) fn of(transition: &Transition, actor: &Actor, partner: PartnerId) -> Self {
        Self {
            operation: transition.operation.into(),
            to: transition.to.into(),
            by: transition.by.iter().copied().map(Into::into).collect(),
            allowed: transition.actor(actor, partner).is_some(),
            needs_reason: transition.reason,
        }
    }
}

/// What a request is made of.
pub struct PaymentRequestItem {
    pub(crate) row: payment_request_item::Model,
    pub(crate) currency: Currency,
}

/// A part of a payment request: what is paid, or set off when below zero.
#[Object]
impl PaymentRequestItem {
    /// Its place, from 1.
    async fn item_no(&self) -> i32 {
        self.row.item_no
    }

    /// What kind of thing is paid.
    async fn source(&self) -> PaymentSource {
        self.row.source.into()
    }

    /// The settlement bill that is paid or set off; null where something else is.
    async fn settlement_bill(&self, ctx: &Context<'_>) -> Option<Result<SettlementBill>> {
        if self.row.source != entity::PaymentSource::SettlementBill {
            return None;
        }
        super::node::load(ctx, SettlementBillId(self.row.source_id)).await.transpose()
    }

    /// What it adds to the request.
    async fn amount(&self) -> Money {
        Money::of(self.row.amount, self.currency)
    }

    /// The incentive that is paid or set off; null for other sources.
    async fn entitlement(&self, ctx: &Context<'_>) -> Option<Result<IncentiveEntitlement>> {
        if self.row.source != entity::PaymentSource::Entitlement {
            return None;
        }
        super::node::load(ctx, EntitlementId(self.row.source_id)).await.transpose()
    }

    /// False once the request let go of it: it can be part of another.
    async fn live(&self) -> bool {
        self.row.live
    }
}

/// A vote.
pub struct CountersignVoice(countersign_vote::Model);

impl From<countersign_vote::Model> for CountersignVoice {
    fn from(row: countersign_vote::Model) -> Self {
        Self(row)
    }
}

/// The voice of an approver in a round of countersigning.
#[Object]
impl CountersignVoice {
    /// The round, from 1.
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// The approver.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// What was said; null while it is awaited.
    async fn vote(&self) -> Option<CountersignVote> {
        self.0.vote.map(Into::into)
    }

    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When.
    async fn voted_at(&self) -> Option<DateTime> {
        self.0.voted_at.map(DateTime)
    }
}

/// A step of a request.
#[derive(Clone)]
pub struct PaymentTransition(payment_transition::Model);

impl From<payment_transition::Model> for PaymentTransition {
    fn from(row: payment_transition::Model) -> Self {
        Self(row)
    }
}

/// A step of a payment request: from where to where, by whom and why.
#[Object]
impl PaymentTransition {
    /// Its number, from 1.
    async fn seq(&self) -> i32 {
        self.0.seq
    }

    /// What moved it.
    async fn operation(&self) -> PaymentOperation {
        self.0.operation.into()
    }

    /// Where it stood; null for the first.
    #[graphql(name = "from")]
    async fn from_state(&self) -> Option<PaymentState> {
        self.0.from_state.map(Into::into)
    }

    /// Where it went.
    async fn to(&self) -> PaymentState {
        self.0.to_state.into()
    }

    /// Who moved it; null for partners, unless it was one of theirs.
    async fn actor(&self, ctx: &async_graphql::Context<'_>) -> Option<&str> {
        let sees = super::caller::caller(ctx).is_ok_and(|caller| caller.actor.sees_all());
        (sees || self.0.actor_kind == entity::PaymentActor::Partner).then_some(self.0.actor.as_str())
    }

    /// As what.
    async fn actor_kind(&self) -> PaymentActor {
        self.0.actor_kind.into()
    }

    /// Why.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The round of countersigning it belongs to.
    async fn round(&self) -> i32 {
        self.0.round
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

connection! {
    /// A page of steps.
    PaymentTransitionConnection,
    /// A step with its cursor.
    PaymentTransitionEdge, PaymentTransition, payment_transition::Model
}
