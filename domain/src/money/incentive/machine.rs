//! The states of a formal incentive bill: reviewed if it is far off what is usual, confirmed, issued.

use std::sync::Arc;

use entity::timestamp::DAY;
use entity::{
    BillFeedbackId, BillState, DeadlineKind, EventTopic, IncentiveBillId, PartnerId, Timestamp,
    incentive_bill,
};
use serde_json::json;

use super::feedback::hold::open_on;
use super::issue::{Issuing, issue_held};
use super::tell;
use crate::kernel::actor::Actor;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::diagram::Described;
use crate::kernel::machine::{
    Change, Done, Driven, Follow, Looked, Machine, Move, NoReason, Party, Transition, Turn, on,
};
use crate::programme::deadline::{self, NewDeadline};
use crate::programme::settings;

use BillState::{Issued, Parked, PendingConfirm};
use Party::{Administrator, Finance, Operations, Partner, System};

entity::listed! {
    /// Operations on formal bills.
    BillOperation as "IncentiveBillOperation"; [derive(PartialOrd, Ord)] {
        /// The vendor found that a parked bill is right.
        Release [] = "RELEASE",
        /// The bill is what its partner earned.
        Confirm [] = "CONFIRM",
        /// Its earnings can be requested from now on.
        Issue [] = "ISSUE",
    }
}

/// Conditions that must hold before a bill moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nobody waits for an answer to what it finds wrong with the bill.
    NoFeedbackOpen,
}

/// Consequences of a move of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The partner has all its days to confirm it.
    BeginDeadline,
    /// Nobody waits for the partner any more.
    EndDeadline,
    /// An event says that it was released.
    TellRelease,
    /// An event says who confirmed it.
    TellConfirmation,
    /// Its earnings are entitled, frozen or set off, posted and told.
    Issue,
}

/// The machine of formal bills.
#[derive(Clone, Copy, Debug)]
pub struct Bills;

/// The confirmation, which the product makes of many at once when their deadline has passed.
#[rustfmt::skip]
pub const CONFIRM: Transition<Bills> = on(BillOperation::Confirm, PendingConfirm, BillState::Issuing)
    .by(&[Partner, Operations, Finance, Administrator, System])
    .if_all(&[Guard::NoFeedbackOpen])
    .then(&[Effect::EndDeadline, Effect::TellConfirmation]);

impl Machine for Bills {
    type State = BillState;
    type Operation = BillOperation;
    type Party = Party;
    type Reason = NoReason;
    type Sort = ();
    type Of = ();
    type Guard = Guard;
    type Effect = Effect;

    const EVERY: () = ();
    #[rustfmt::skip]
    const TABLE: &'static [Transition<Self>] = &[
        on(BillOperation::Release, Parked, PendingConfirm).by(&[Finance, Administrator, System])
            .then(&[Effect::BeginDeadline, Effect::TellRelease]),
        CONFIRM,
        on(BillOperation::Issue, BillState::Issuing, Issued).by(&[Operations, Administrator, System])
            .then(&[Effect::Issue]),
    ];

    fn includes((): (), (): ()) -> bool {
        true
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<Party> {
        Party::of(actor, partner)
    }
}

impl Described for Bills {
    fn of((): ()) -> &'static str {
        ""
    }

    fn guard(guard: Guard) -> &'static str {
        match guard {
            Guard::NoFeedbackOpen => "no feedback on it is open",
        }
    }

    fn effect(effect: Effect) -> &'static str {
        match effect {
            Effect::BeginDeadline => "the days to confirm it begin",
            Effect::EndDeadline | Effect::TellRelease => "",
            Effect::TellConfirmation => "who confirmed it is told",
            Effect::Issue => "what it earns can be requested; what customers have not paid is frozen",
        }
    }
}

/// Facts about a bill before it moves.
#[derive(Debug, Default)]
pub struct Facts {
    /// Feedback that is open on it.
    feedback: Option<BillFeedbackId>,
    /// Instant at which it is confirmed by itself; none unless the days to confirm it begin now.
    confirm_by: Option<Timestamp>,
}

impl Driven for Bills {
    type Entity = incentive_bill::Entity;
    type Active = incentive_bill::ActiveModel;
    type Row = incentive_bill::Model;
    type Key = IncentiveBillId;
    type Facts = Facts;
    /// Catalogue and window of the bills of one call; none unless they are issued.
    type With = Option<Arc<Issuing>>;

    const KEY: incentive_bill::Column = incentive_bill::Column::Id;
    const VERSION: incentive_bill::Column = incentive_bill::Column::Version;

    fn identity(row: &incentive_bill::Model) -> (IncentiveBillId, i32) {
        (row.id, row.version)
    }

    fn stands(row: &incentive_bill::Model) -> ((), BillState, Option<PartnerId>) {
        ((), row.state, Some(row.partner_id))
    }

    async fn load(
        turn: Turn<'_>,
        row: &incentive_bill::Model,
        transition: &'static Transition<Self>,
        _: &Move<'_, Self>,
    ) -> Result<Facts> {
        let mut facts = Facts::default();
        if transition.guards.contains(&Guard::NoFeedbackOpen) {
            facts.feedback = open_on(turn.tx.orm(), row).await?;
        }
        if transition.effects.contains(&Effect::BeginDeadline) {
            let days = settings::load(turn.tx.orm()).await?.confirm_days;
            facts.confirm_by = Some(turn.now.plus(i64::from(days) * DAY));
        }
        Ok(facts)
    }

    fn holds(guard: Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>> {
        match (guard, looked.facts.feedback) {
            (Guard::NoFeedbackOpen, None) => Ok(()),
            (Guard::NoFeedbackOpen, Some(feedback)) => {
                Err(vec![Refusal::at("id", Code::FeedbackOpen, feedback.to_string())])
            }
        }
    }

    fn changed(mut row: incentive_bill::Model, change: &Change<'_, Self>) -> incentive_bill::Model {
        row.state = change.transition.to;
        row.version += 1;
        if change.transition.operation == BillOperation::Confirm {
            row.confirmed_at = Some(change.now);
            row.confirmed_by = Some(change.actor.subject.clone());
        }
        row.confirm_by = change.facts.confirm_by.or(row.confirm_by);
        row
    }

    async fn carry_out(turn: Turn<'_>, effect: Effect, done: &Done<'_, Self>) -> Result<Vec<Follow<Self>>> {
        let bill = &done.after;
        match effect {
            Effect::BeginDeadline => {
                let (kind, entity) = (DeadlineKind::BillConfirm, bill.id.to_string());
                let due_at = done.facts.confirm_by;
                let new = NewDeadline { kind, entity, partner_id: Some(bill.partner_id), due_at };
                deadline::set(turn.tx, turn.store, turn.now, new).await?;
            }
            Effect::EndDeadline => {
                deadline::close(turn.tx, DeadlineKind::BillConfirm, &bill.id.to_string(), turn.now).await?;
            }
            Effect::TellRelease => released(turn, bill).await?,
            Effect::TellConfirmation => {
                let by = tell::confirmer(done.party);
                tell::confirmed(turn.tx, turn.store, turn.now, &[(bill.id, bill.partner_id)], by).await?;
            }
            Effect::Issue => issue_held(turn, bill, done.how.with.as_deref()).await?,
        }
        Ok(vec![])
    }
}

async fn released(turn: Turn<'_>, bill: &incentive_bill::Model) -> Result<()> {
    let confirm_by = bill.confirm_by.map(Timestamp::to_rfc3339);
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: "RELEASED",
        entity: bill.id.to_string(),
        partner_id: Some(bill.partner_id),
        detail: json!({ "month": bill.month.to_string(), "confirmBy": confirm_by }),
    };
    emit(turn.tx, turn.store, turn.now, event).await?;
    Ok(())
}
