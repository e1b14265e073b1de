//! The states of feedback: the vendor accepts or rejects what is open, or the partner takes it back.

use entity::{
    AssociationId, BillFeedbackId, EventTopic, FeedbackState, ImportId, InvoiceId, PartnerId, ProductId,
    bill_feedback,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::kernel::actor::Actor;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::diagram::Described;
use crate::kernel::machine::{
    Change, Done, Driven, Follow, Looked, Machine, Move, NoReason, Party, Transition, Turn, on,
};
use crate::kernel::store::query_one;

use FeedbackState::{Accepted, Open, Rejected, Withdrawn};
use Party::{Administrator, Finance, Operations, Partner, System};

entity::listed! {
    /// An end of feedback.
    End as "FeedbackEnd"; [derive(PartialOrd, Ord)] {
        /// The vendor says that the partner is right.
        Accept [] = "ACCEPT",
        /// The vendor says that the bill is right.
        Reject [] = "REJECT",
        /// The partner takes it back.
        Withdraw [] = "WITHDRAW",
    }
}

/// Conditions that must hold before feedback ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Something that can mend a bill exists under the id that is named, or none is named.
    CorrectionExists,
    /// Nothing is said to have mended the bill.
    NoCorrection,
}

/// Consequences of the end of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// An event says that it was answered.
    TellAnswer,
    /// An event says that it was taken back.
    TellWithdrawal,
}

/// The machine of feedback.
#[derive(Clone, Copy, Debug)]
pub struct Feedback;

const VENDOR: &[Party] = &[Operations, Finance, Administrator, System];
const OWNER: &[Party] = &[Partner, Administrator, System];

impl Machine for Feedback {
    type State = FeedbackState;
    type Operation = End;
    type Party = Party;
    type Reason = NoReason;
    type Sort = ();
    type Of = ();
    type Guard = Guard;
    type Effect = Effect;

    const EVERY: () = ();
    #[rustfmt::skip]
    const TABLE: &'static [Transition<Self>] = &[
        on(End::Accept, Open, Accepted).by(VENDOR).if_all(&[Guard::CorrectionExists]).then(&[Effect::TellAnswer]),
        on(End::Reject, Open, Rejected).by(VENDOR).if_all(&[Guard::NoCorrection]).then(&[Effect::TellAnswer]),
        on(End::Withdraw, Open, Withdrawn).by(OWNER).then(&[Effect::TellWithdrawal]),
    ];

    fn includes((): (), (): ()) -> bool {
        true
    }

    fn parties(actor: &Actor, partner: Option<PartnerId>) -> Vec<Party> {
        Party::of(actor, partner)
    }
}

impl Described for Feedback {
    fn of((): ()) -> &'static str {
        ""
    }

    fn guard(guard: Guard) -> &'static str {
        match guard {
            Guard::CorrectionExists => "what mended the bill exists, if it is named",
            Guard::NoCorrection => "nothing is named that mended the bill",
        }
    }

    fn effect(effect: Effect) -> &'static str {
        match effect {
            Effect::TellAnswer => "the partner is told the answer",
            Effect::TellWithdrawal => "the vendor is told",
        }
    }
}

/// Words and correction of an answer.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The vendor's words.
    pub answer: Option<String>,
    /// The id of what mended the bill.
    pub correction: Option<String>,
}

impl Driven for Feedback {
    type Entity = bill_feedback::Entity;
    type Active = bill_feedback::ActiveModel;
    type Row = bill_feedback::Model;
    type Key = BillFeedbackId;
    /// Whether what is named exists; none if it is nothing that can mend a bill.
    type Facts = Option<bool>;
    type With = Said;

    const KEY: bill_feedback::Column = bill_feedback::Column::Id;
    const VERSION: bill_feedback::Column = bill_feedback::Column::Version;

    fn identity(row: &bill_feedback::Model) -> (BillFeedbackId, i32) {
        (row.id, row.version)
    }

    fn stands(row: &bill_feedback::Model) -> ((), FeedbackState, Option<PartnerId>) {
        ((), row.state, Some(row.partner_id))
    }

    async fn load(
        turn: Turn<'_>,
        _: &bill_feedback::Model,
        transition: &'static Transition<Self>,
        how: &Move<'_, Self>,
    ) -> Result<Option<bool>> {
        match &how.with.correction {
            Some(entity) if transition.guards.contains(&Guard::CorrectionExists) => {
                exists(turn.tx.orm(), entity).await
            }
            _ => Ok(None),
        }
    }

    fn holds(guard: Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>> {
        let Some(entity) = &looked.how.with.correction else { return Ok(()) };
        let refuse = |code, detail: &str| Err(vec![Refusal::at("correctionEntityId", code, detail)]);
        match (guard, looked.facts) {
            (Guard::NoCorrection, _) => refuse(Code::Invalid, "only what was accepted is mended"),
            (Guard::CorrectionExists, None) => {
                refuse(Code::Invalid, "the id of an association, import, invoice or product")
            }
            (Guard::CorrectionExists, Some(false)) => refuse(Code::NotFound, entity),
            (Guard::CorrectionExists, Some(true)) => Ok(()),
        }
    }

    fn changed(mut row: bill_feedback::Model, change: &Change<'_, Self>) -> bill_feedback::Model {
        row.state = change.transition.to;
        row.closed_at = Some(change.now);
        row.version += 1;
        if let Some(answer) = &change.how.with.answer {
            row.answer = Some(answer.clone());
            row.answered_by = Some(change.actor.subject.clone());
            row.answered_at = Some(change.now);
            row.correction_entity = change.how.with.correction.clone();
        }
        row
    }

    async fn carry_out(turn: Turn<'_>, effect: Effect, done: &Done<'_, Self>) -> Result<Vec<Follow<Self>>> {
        let kind = match effect {
            Effect::TellAnswer => "ANSWERED",
            Effect::TellWithdrawal => "WITHDRAWN",
        };
        tell(turn, kind, &done.after).await?;
        Ok(vec![])
    }
}

/// Tells what happened to feedback.
pub(super) async fn tell(turn: Turn<'_>, kind: &str, row: &bill_feedback::Model) -> Result<()> {
    let detail =
        json!({ "month": row.month.to_string(), "bill": row.bill_id.to_string(), "state": row.state.name() });
    let event = NewEvent {
        topic: EventTopic::Feedback,
        kind,
        entity: row.id.to_string(),
        partner_id: Some(row.partner_id),
        detail,
    };
    emit(turn.tx, turn.store, turn.now, event).await?;
    Ok(())
}

/// Whether what is said to have mended a bill exists; none if it is nothing that can mend one.
async fn exists<C: ConnectionTrait>(connection: &C, entity: &str) -> Result<Option<bool>> {
    let Some((table, key)) = correction_row(entity) else { return Ok(None) };
    let sql = format!("SELECT 1 FROM {table} WHERE id = $1");
    Ok(Some(query_one(connection, &sql, [key.into()]).await?.is_some()))
}

/// Table and key of what can mend a bill. PURE.
fn correction_row(entity: &str) -> Option<(&'static str, i64)> {
    let association = entity.parse::<AssociationId>().map(|id| ("association", id.0));
    let import = || entity.parse::<ImportId>().map(|id| ("bill_import", id.0));
    let invoice = || entity.parse::<InvoiceId>().map(|id| ("invoice", id.0));
    let product = || entity.parse::<ProductId>().map(|id| ("product", id.0));
    association.or_else(|_| import()).or_else(|_| invoice()).or_else(|_| product()).ok()
}
