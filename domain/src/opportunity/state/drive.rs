//! Moves of opportunities: the change of the row, and the effects.

use entity::{
    OpportunityActor, OpportunityId, OpportunityKind, OpportunityOperation, OpportunityReason,
    OpportunityStage, OpportunityState, PartnerId, opportunity, opportunity_transition,
};

use super::guard::{self, Facts};
use super::machine::{self, Effect, Guard, Opportunities};
use super::{clocks, trail};
use crate::kernel::error::{Refusal, Result};
use crate::kernel::machine::trail::{Entry, Trailed, write};
use crate::kernel::machine::{
    Change, Done, Driven, Follow, Instead, Looked, Move, Transition, Turn, save, worded,
};
use crate::kernel::write::Context;
use crate::opportunity::duplicate::verdict::Verdict;
use crate::opportunity::offer::recipients::Recipient;
use crate::opportunity::{duplicate::near, duplicate::pass, offer::keep, progress::link, review::routing};

/// Likelihood of winning of a sale that is signed, and the greatest there is.
pub const SIGNED_PERCENT: i16 = 100;

/// Values that a move of an opportunity brings along.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// To which it gives way.
    pub winner: Option<OpportunityId>,
    /// To whom it is offered, as it was judged among all.
    pub recipient: Option<Box<Recipient>>,
}

impl Driven for Opportunities {
    type Entity = opportunity::Entity;
    type Active = opportunity::ActiveModel;
    type Row = opportunity::Model;
    type Key = OpportunityId;
    type Facts = Facts;
    type With = Brought;

    const KEY: opportunity::Column = opportunity::Column::Id;
    const VERSION: opportunity::Column = opportunity::Column::Version;

    fn identity(row: &opportunity::Model) -> (OpportunityId, i32) {
        (row.id, row.version)
    }

    fn stands(row: &opportunity::Model) -> (OpportunityKind, OpportunityState, Option<PartnerId>) {
        (row.kind, row.state, row.partner_id)
    }

    async fn load(
        turn: Turn<'_>,
        row: &opportunity::Model,
        transition: &'static Transition<Self>,
        _: &Move<'_, Self>,
    ) -> Result<Facts> {
        guard::load(turn, row, transition).await
    }

    fn holds(guard: Guard, looked: Looked<'_, Self>) -> Result<(), Vec<Refusal>> {
        guard::holds(guard, &looked)
    }

    /// Sends an opportunity that is submitted to its office. One that passes takes its place; if another has it, it gives way.
    async fn prepare(
        turn: Turn<'_>,
        row: &mut opportunity::Model,
        facts: &Facts,
        transition: &'static Transition<Self>,
    ) -> Result<Option<Instead<Self>>> {
        if transition.operation == OpportunityOperation::Submit {
            routing::route(turn.tx.orm(), row).await?;
        }
        if !transition.guards.contains(&Guard::FirstOfItsKind) {
            return Ok(None);
        }
        let winner = match facts.verdict {
            Some(Verdict::Lose { to }) => Some(to),
            _ => pass::take(turn.tx, row).await?,
        };
        Ok(winner.map(|winner| {
            let (context, how) = gives_way(winner);
            Instead { context, how }
        }))
    }

    fn changed(row: opportunity::Model, change: &Change<'_, Self>) -> opportunity::Model {
        changed(row, change)
    }

    async fn record(turn: Turn<'_>, done: &Done<'_, Self>) -> Result<()> {
        write::<Self>(turn, [Self::kept(&done.after, Entry::of(turn, done))]).await
    }

    async fn carry_out(turn: Turn<'_>, effect: Effect, done: &Done<'_, Self>) -> Result<Vec<Follow<Self>>> {
        let (tx, now, before, after) = (turn.tx, turn.now, &done.before, &done.after);
        match effect {
            Effect::KeepPair => {
                if let Some(winner) = done.how.with.winner {
                    near::gave_way(tx, now, before, winner).await?;
                }
            }
            Effect::FreePlace => {
                pass::release(tx, after.id).await?;
                link::let_orders_go(tx, after.id).await?;
            }
            Effect::Forget => near::forget(tx, after).await?,
            Effect::Look => near::look(tx, now, std::slice::from_ref(after)).await?,
            Effect::TurnClock => clocks::turn(turn, Some(before.state), after).await?,
            Effect::Tell => {
                // Who no longer has it is told so all the same.
                let told = opportunity::Model { partner_id: before.partner_id, ..after.clone() };
                let what = (done.transition.operation, done.how.reason);
                trail::tell(turn, &told, Some(before.state), after.state.name(), what).await?;
            }
            Effect::AnswerOffer => keep::answered(turn, after, done.transition.operation).await?,
            Effect::OfferOn => return keep::next(turn, after).await,
            Effect::KeepOffer => {
                // Judged among all it has a place; where nobody chose among them, the guard judged it alone.
                let chosen = done.how.with.recipient.as_deref().or(done.facts.recipient.as_ref());
                keep::made(turn, after, chosen).await?;
            }
            Effect::OthersGiveWay => return Ok(others_give_way(done)),
        }
        Ok(vec![])
    }
}

impl Trailed for Opportunities {
    type Trail = opportunity_transition::Entity;
    type Written = opportunity_transition::ActiveModel;
    type Step = opportunity_transition::Model;

    fn kept(after: &opportunity::Model, entry: Entry<'_, Self>) -> opportunity_transition::Model {
        opportunity_transition::Model {
            opportunity_id: after.id,
            seq: after.transitions,
            operation: entry.operation,
            from_state: entry.from,
            to_state: after.state,
            actor: entry.actor.to_owned(),
            actor_kind: entry.party,
            reason_code: entry.code,
            reason: worded(entry.reason).map(str::to_owned),
            at: entry.at,
        }
    }
}

/// Another that it repeats passed, or comes first: nothing of the other is said to its partner, the vendor finds it among
/// the pairs. As whom, and what. PURE.
pub(in crate::opportunity) fn gives_way(winner: OpportunityId) -> (Context, Move<'static, Opportunities>) {
    let how =
        Move { code: Some(OpportunityReason::Duplicate), ..Move::plain(OpportunityOperation::YieldToOther) };
    (Context::system("duplicates"), how.with(Brought { winner: Some(winner), recipient: None }))
}

/// Moves of those that repeat one that passed: they give way to it. PURE.
fn others_give_way(done: &Done<'_, Opportunities>) -> Vec<Follow<Opportunities>> {
    let Some(Verdict::Pass { losers }) = &done.facts.verdict else { return vec![] };
    let losers = done.facts.others.iter().filter(|other| losers.contains(&other.id));
    let follow = losers.map(|loser| {
        let (context, how) = gives_way(done.after.id);
        Follow { context, row: loser.clone(), how }
    });
    follow.collect()
}

/// The row after the transition. PURE.
fn changed(mut row: opportunity::Model, change: &Change<'_, Opportunities>) -> opportunity::Model {
    use OpportunityOperation as Op;
    let (transition, now) = (change.transition, change.now);
    row.state = transition.to;
    row.state_since = now.max(row.state_since);
    row.reason_code = change.how.code;
    row.reason = worded(change.how.reason).map(str::to_owned);
    row.transitions += 1;
    row.version += 1;
    match transition.operation {
        Op::Submit => {
            row.submitted_at = Some(now);
            (row.claimed_by, row.claimed_at) = (None, None);
        }
        Op::Withdraw => {
            (row.submitted_at, row.review_passed_at) = (None, None);
            (row.claimed_by, row.claimed_at) = (None, None);
        }
        Op::PassReview => row.review_passed_at = Some(now),
        Op::Verify | Op::Accept => row.passed_at = Some(now),
        Op::Lose | Op::Close => row.win_percent = row.win_percent.map(|_| 0),
        Op::Win => {
            row.won_at = Some(now);
            (row.stage, row.win_percent) = (Some(OpportunityStage::Contract), Some(SIGNED_PERCENT));
        }
        Op::Deliver => {
            row.delivered_at = Some(now);
            (row.stage, row.win_percent) = (Some(OpportunityStage::Delivery), Some(SIGNED_PERCENT));
        }
        _ => {}
    }
    if transition.from == OpportunityState::PendingAccept && transition.to != OpportunityState::Accepted {
        // It waits for a partner again: nobody sees it who does not have it.
        row.partner_id = None;
    }
    if machine::has_passed(row.state) && row.last_progress_at.is_none() {
        row.last_progress_at = Some(now);
    }
    row.stale = row.stale && machine::owes_progress(row.state);
    row
}

/// Writes a change that moves no state: row, trail and event, which `kind` names. Returns the row as it is then.
pub(in crate::opportunity) async fn note(
    turn: Turn<'_>,
    mut row: opportunity::Model,
    party: OpportunityActor,
    (operation, reason): (OpportunityOperation, Option<&str>),
    kind: &str,
) -> Result<opportunity::Model> {
    row.transitions += 1;
    row.version += 1;
    let from = Some(row.state);
    save::<Opportunities>(turn.tx, &row).await?;
    let actor = &turn.context.actor.subject;
    let entry = Entry { operation, from, actor, party, code: None, reason, at: turn.now };
    write::<Opportunities>(turn, [Opportunities::kept(&row, entry)]).await?;
    trail::tell(turn, &row, from, kind, (operation, reason)).await?;
    Ok(row)
}
