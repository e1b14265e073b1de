//! Moves of payment requests: the facts that guards look at, and the effects.

use entity::{
    Certification, EntitlementId, PartnerId, PaymentOperation, PaymentRequestId, PaymentState,
    business_information, payment_request, payment_transition,
};
use sea_orm::EntityTrait;

use super::invoice::{Totals, complete, totals};
use super::lapse::{self, never_submitted};
use super::machine::{Effect, Guard, Requests};
use super::{clocks, countersign, effect, invoice, tell};
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::emit;
use crate::kernel::machine::trail::{self, Entry, Trailed};
use crate::kernel::machine::{
    Change, Done, Driven, Follow, Looked, Move, Transition, Turn, find, hold, step,
};
use crate::kernel::store::Store;
use crate::kernel::write::Context;

/// Facts that the guards of requests look at: each is loaded where a guard asks for it.
#[derive(Debug, Default)]
pub struct Facts {
    certification: Option<Certification>,
    /// Subjects of those who can be asked to agree.
    approvers: Vec<String>,
    /// Subject of somebody whose agreement is missing; none if all agreed.
    waits_for: Option<String>,
    invoices: Totals,
    /// Item that has lapsed, of a request that was never handed in; none otherwise.
    lapsed: Option<EntitlementId>,
}

impl Driven for Requests {
    type Entity = payment_request::Entity;
    type Active = payment_request::ActiveModel;
    type Row = payment_request::Model;
    type Key = PaymentRequestId;
    type Facts = Facts;
    type With = ();

    const KEY: payment_request::Column = payment_request::Column::Id;
    const VERSION: payment_request::Column = payment_request::Column::Version;

    fn identity(row: &payment_request::Model) -> (PaymentRequestId, i32) {
        (row.id, row.version)
    }

    fn stands(row: &payment_request::Model) -> (Self::Sort, PaymentState, Option<PartnerId>) {
        ((row.kind, row.way), row.state, Some(row.partner_id))
    }

    async fn load(
        turn: Turn<'_>,
        request: &payment_request::Model,
        transition: &'static Transition<Self>,
        _: &Move<'_, Self>,
    ) -> Result<Facts> {
        let mut facts = Facts::default();
        for guard in transition.guards {
            match guard {
                Guard::Certified => {
                    let known = business_information::Entity::find_by_id(request.partner_id);
                    let known = known.one(turn.tx.orm()).await?;
                    facts.certification = known.map(|row| row.certification);
                }
                Guard::ApproversFound => {
                    let starter = &turn.context.actor.subject;
                    facts.approvers = countersign::approvers(turn.tx, request, starter).await?;
                }
                Guard::AllAgreed => {
                    facts.waits_for = countersign::missing_voice(turn.tx, request).await?;
                }
                Guard::InvoicesComplete => facts.invoices = totals(turn.tx, request).await?,
                Guard::NotLapsed if never_submitted(request) => {
                    facts.lapsed = lapse::lapsed_item(turn.tx, request, turn.now).await?;
                }
                Guard::AnotherPerson | Guard::NotLapsed => {}
            }
        }
        Ok(facts)
    }

    fn holds(guard: Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>> {
        let Looked { actor, row: request, facts, .. } = looked;
        let refuse = |code, detail: &str| Err(vec![Refusal::at("operation", code, detail)]);
        match guard {
            Guard::Certified => match facts.certification.unwrap_or(Certification::NotSubmitted) {
                Certification::Certified => Ok(()),
                other => refuse(Code::NotCertified, other.name()),
            },
            Guard::ApproversFound if facts.approvers.is_empty() => {
                refuse(Code::NoApprover, &request.category)
            }
            Guard::AllAgreed => match &facts.waits_for {
                None => Ok(()),
                Some(who) => refuse(Code::WrongState, &format!("{}: {who}", request.state)),
            },
            Guard::InvoicesComplete => complete(request, facts.invoices).map_err(|refusal| vec![refusal]),
            Guard::AnotherPerson if request.approved_by.as_deref() == Some(actor.subject.as_str()) => {
                refuse(Code::FourEyes, &actor.subject)
            }
            Guard::NotLapsed => match facts.lapsed {
                None => Ok(()),
                Some(item) => refuse(Code::WrongState, &format!("EXPIRED: {item}")),
            },
            Guard::ApproversFound | Guard::AnotherPerson => Ok(()),
        }
    }

    fn changed(mut row: payment_request::Model, change: &Change<'_, Self>) -> payment_request::Model {
        row.state = change.transition.to;
        row.state_since = change.now.max(row.state_since);
        row.reason = change.how.reason.map(|reason| reason.trim().to_owned());
        row.transitions += 1;
        row.version += 1;
        row.round += i32::from(change.transition.effects.contains(&Effect::OpenRound));
        if change.transition.operation == PaymentOperation::ApprovePayment {
            row.approved_by = Some(change.actor.subject.clone());
        }
        row
    }

    async fn record(turn: Turn<'_>, done: &Done<'_, Self>) -> Result<()> {
        trail::write::<Self>(turn, [Self::kept(&done.after, Entry::of(turn, done))]).await
    }

    async fn carry_out(turn: Turn<'_>, effect: Effect, done: &Done<'_, Self>) -> Result<Vec<Follow<Self>>> {
        let (request, operation) = (&done.after, done.transition.operation);
        match effect {
            Effect::Reserve | Effect::Unreserve | Effect::Release | Effect::Void | Effect::Pay => {
                effect::move_money(turn, request, effect, operation.name()).await?;
            }
            Effect::SignInvoices | Effect::PassInvoices | Effect::WithdrawInvoices => {
                invoice::follow::follow(turn, request, effect).await?;
            }
            Effect::OpenRound => {
                countersign::open_round(turn.tx, request, &done.facts.approvers).await?;
            }
            Effect::TurnClock => clocks::turn(turn, done.before.state, request).await?,
            Effect::Tell => {
                let event = tell::event(request, Some(done.before.state), operation, done.how.reason);
                emit(turn.tx, turn.store, turn.now, event).await?;
            }
        }
        Ok(vec![])
    }
}

impl Trailed for Requests {
    type Trail = payment_transition::Entity;
    type Written = payment_transition::ActiveModel;
    type Step = payment_transition::Model;

    fn kept(after: &payment_request::Model, entry: Entry<'_, Self>) -> payment_transition::Model {
        payment_transition::Model {
            request_id: after.id,
            seq: after.transitions,
            operation: entry.operation,
            from_state: entry.from,
            to_state: after.state,
            actor: entry.actor.to_owned(),
            actor_kind: entry.party,
            reason: entry.reason.map(|reason| reason.trim().to_owned()),
            round: after.round,
            at: entry.at,
        }
    }
}

/// Makes a transition as the product itself, in a transaction of its own: nothing happens if the request has moved on.
pub async fn step_as_system(
    store: &Store,
    part: &str,
    id: PaymentRequestId,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<Option<payment_request::Model>> {
    let context = Context::system(part);
    let tx = store.begin().await?;
    let turn = Turn { tx: &tx, store, context: &context, now: store.clock.now() };
    let Some(request) = hold::<Requests>(&tx, id).await? else { return Ok(None) };
    let (sort, state, _) = Requests::stands(&request);
    if find::<Requests>(sort, state, operation).is_none() {
        return Ok(None);
    }
    let after = step::<Requests>(turn, request, Move::because(operation, reason)).await?;
    tx.commit().await?;
    Ok(Some(after))
}

/// Reads a request.
pub async fn load(store: &Store, id: PaymentRequestId) -> Result<payment_request::Model> {
    let row = payment_request::Entity::find_by_id(id).one(store.db()).await?;
    row.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()).into())
}
