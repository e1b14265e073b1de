//! What a payment request tells of itself: its trail, its items, the votes on it, and what can be done.

use domain::Actor;
use domain::kernel::machine::Transition;
use domain::money::payment::machine::Requests;
use entity::{Currency, PartnerId, payment_request_item};
use entity::{EntitlementId, SettlementBillId, countersign_vote, payment_transition};

use crate::graphql::labels::{WHY_NOT, only_for};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};

/// A part of a payment request.
pub(crate) struct PaymentRequestItem {
    pub(super) row: payment_request_item::Model,
    pub(super) currency: Currency,
}

impl Shown for PaymentRequestItem {
    const NAME: &'static str = "PaymentRequestItem";

    fn object() -> Object<Self> {
        Object::<Self>::new("A part of a payment request: what is paid, or set off when below zero.")
            .field("itemNo", "Its place, from 1.", |row| row.row.item_no)
            .field("source", "The kind of thing that is paid.", |row| Choice(row.row.source))
            .one(
                "settlementBill",
                "The settlement bill that is paid or set off; null where something else is.",
                |item| {
                    (item.row.source == entity::PaymentSource::SettlementBill)
                        .then_some(SettlementBillId(item.row.source_id))
                },
            )
            .object("amount", "The amount that it adds to the request.", |row| {
                Money::of(row.row.amount, row.currency)
            })
            .one("entitlement", "The incentive that is paid or set off; null for other sources.", |item| {
                (item.row.source == entity::PaymentSource::Entitlement)
                    .then_some(EntitlementId(item.row.source_id))
            })
            .field("live", "False once the request let go of it: it can be part of another.", |row| {
                row.row.live
            })
    }
}

impl Shown for countersign_vote::Model {
    const NAME: &'static str = "CountersignVoice";

    fn object() -> Object<Self> {
        Object::<Self>::new("The voice of an approver in a round of countersigning.")
            .field("round", "The round, from 1.", |row| row.round)
            .text("subject", "The approver.", |row| &row.subject)
            .field("vote", "The vote; null while it is awaited.", |row| row.vote.map(Choice))
            .maybe_text("reason", "The reason that was given; null if none was.", |row| row.reason.as_deref())
            .field("votedAt", "The instant of the vote; null while it is awaited.", |row| row.voted_at)
    }
}

impl Shown for payment_transition::Model {
    const NAME: &'static str = "PaymentTransition";

    fn object() -> Object<Self> {
        Object::<Self>::new("A step of a payment request: from where to where, by whom and why.")
            .field("seq", "Its number, from 1.", |row| row.seq)
            .field("operation", "The operation.", |row| Choice(row.operation))
            .field("from", "The state before; null for the first step.", |row| row.from_state.map(Choice))
            .field("to", "The state after.", |row| Choice(row.to_state))
            .said(
                "actor",
                "The person who moved it; null for partners, unless it was one of theirs.",
                |step, env| {
                    let sees =
                        env.caller.actor.sees_all() || step.actor_kind == entity::PaymentActor::Partner;
                    sees.then(|| step.actor.clone())
                },
            )
            .field("actorKind", "As what.", |row| Choice(row.actor_kind))
            .maybe_text("reason", "The reason that was given; null if none was.", |row| row.reason.as_deref())
            .field("round", "The round of countersigning it belongs to.", |row| row.round)
            .field("at", "The instant of the step.", |row| row.at)
    }
}

/// Something that can be done from where a request stands, and whether by the caller.
pub(crate) struct PossibleOperation {
    transition: &'static Transition<Requests>,
    allowed: bool,
}

impl Shown for PossibleOperation {
    const NAME: &'static str = "PossibleOperation";

    fn object() -> Object<Self> {
        Object::<Self>::new("Something that can be done from where a request stands.")
            .field("operation", "The operation.", |row| Choice(row.transition.operation))
            .field("to", "The state after.", |row| Choice(row.transition.to))
            .field("by", "The parties that may do it.", |row| row.transition.by.iter().copied().map(Choice).collect::<Vec<_>>())
            .field("allowed", "Whether it is for people like the caller. What else it needs (another person than before, invoices that add up) is said when it is refused.", |row| row.allowed)
            .said("whyNot", WHY_NOT, |row, env| {
                (!row.allowed).then(|| only_for(row.transition.by, env.lang()))
            })
            .field("needsReason", "Whether it needs a reason.", |row| row.transition.why.needs_words())
    }
}

impl Paged for payment_transition::Model {
    const PAGE: &'static str = "A page of steps.";
    const EDGE: &'static str = "A step with its cursor.";
}

impl PossibleOperation {
    /// What `transition` is to `actor`, of a request of `partner`.
    pub(super) fn of(transition: &'static Transition<Requests>, actor: &Actor, partner: PartnerId) -> Self {
        Self { transition, allowed: transition.party(actor, Some(partner)).is_some() }
    }
}
