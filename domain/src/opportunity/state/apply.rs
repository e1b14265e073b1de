//! Making a transition: the one function that changes the state of an opportunity. Row, trail, event and clock change in
//! the caller's transaction or not at all.

use entity::{
    OpportunityActor, OpportunityId, OpportunityOperation, OpportunityReason, OpportunityStage,
    OpportunityState, Timestamp, opportunity,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter};

use super::machine::{self, Guard, Transition, Why};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, Tx, query_one};
use crate::kernel::write::Context;
use crate::opportunity::duplicate::verdict::Verdict;
use crate::opportunity::progress::report::SIGNED_PERCENT;
use crate::opportunity::{
    duplicate::near, duplicate::pass, offer::make, progress::link, review::routing, state::clocks,
    state::guard, state::trail,
};

/// Longest reason, in characters: a person reads it in a list.
pub const REASON_LIMIT: usize = 1_000;

/// What happens, and why.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// What happens.
    pub operation: OpportunityOperation,
    /// Why, of the closed list.
    pub code: Option<OpportunityReason>,
    /// Why, in words.
    pub reason: Option<&'a str>,
}

impl Move<'_> {
    /// An operation that needs no reason.
    #[must_use]
    pub const fn plain(operation: OpportunityOperation) -> Self {
        Self { operation, code: None, reason: None }
    }
}

/// Reads an opportunity and holds it until the transaction ends.
pub async fn hold(tx: &Tx, id: OpportunityId) -> Result<Option<opportunity::Model>> {
    let sql = tx.holding("SELECT * FROM opportunity WHERE id = $1");
    let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
    Ok(row.map(|row| opportunity::Model::from_query_result(&row, "")).transpose()?)
}

/// Moves an opportunity that is held. `edited` is the row with whatever else changes with the move. Refuses what its
/// state, the actor or a guard does not allow, and says what would be possible. What would pass but repeats another gives
/// way instead.
pub async fn step(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    mut edited: opportunity::Model,
    how: Move<'_>,
) -> Result<opportunity::Model> {
    let transition = machine::find(edited.kind, edited.state, how.operation)
        .ok_or_else(|| Refusal::at("operation", Code::WrongState, possible(&edited, how.operation)))?;
    let actor = transition.actor(&context.actor, edited.partner_id).ok_or_else(|| {
        let who: Vec<_> = transition.by.iter().map(|by| by.name()).collect();
        Refusal::at("operation", Code::NotAllowed, format!("{}: {}", how.operation, who.join(", ")))
    })?;
    let how = Move { code: reason(transition, how)?, ..how };
    guard::check(tx, context, now, &edited, transition).await?;
    if transition.operation == OpportunityOperation::Submit {
        routing::route(tx.orm(), &mut edited).await?;
    }
    if !transition.guards.contains(&Guard::FirstOfItsKind) {
        return make(tx, store, context, now, edited, (transition, actor), how).await;
    }
    let (verdict, others) = pass::judge(tx, &edited).await?;
    let losers = match verdict {
        Verdict::Pass { losers } => losers,
        Verdict::Wait { first } => return Err(pass::undecided(first, context.actor.sees_all()).into()),
        Verdict::Lose { to } => return give_way(tx, store, now, edited, to).await,
    };
    if let Some(other) = pass::take(tx, &edited).await? {
        return give_way(tx, store, now, edited, other).await;
    }
    let after = make(tx, store, context, now, edited, (transition, actor), how).await?;
    for loser in others.into_iter().filter(|other| losers.contains(&other.id)) {
        give_way(tx, store, now, loser, after.id).await?;
    }
    Ok(after)
}

/// Another that it repeats passed, or comes first: nothing of the other is said to its partner, the vendor finds it among
/// the pairs.
pub(in crate::opportunity) async fn give_way(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    held: opportunity::Model,
    to: OpportunityId,
) -> Result<opportunity::Model> {
    near::gave_way(tx, now, &held, to).await?;
    let operation = OpportunityOperation::YieldToOther;
    let transition = machine::find(held.kind, held.state, operation)
        .ok_or_else(|| Error::Invariant(format!("{} cannot give way", held.id)))?;
    let how = Move { operation, code: Some(OpportunityReason::Duplicate), reason: None };
    let context = Context::system("duplicates");
    make(tx, store, &context, now, held, (transition, OpportunityActor::System), how).await
}

/// Makes a transition that may be made: row, trail, place, clock and event.
async fn make(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    edited: opportunity::Model,
    (transition, actor): (&Transition, OpportunityActor),
    how: Move<'_>,
) -> Result<opportunity::Model> {
    let (from, concerned) = (edited.state, edited.partner_id);
    let after = moved(edited, transition, now, how.code, how.reason);
    save(tx, &after).await?;
    trail::write(tx, context, now, &after, Some(from), actor, how).await?;
    if machine::has_passed(from) && !machine::has_passed(after.state) {
        pass::release(tx, after.id).await?;
        link::let_orders_go(tx, after.id).await?;
    }
    if !machine::counts(after.state) {
        near::forget(tx, &after).await?;
    } else if matches!(transition.operation, OpportunityOperation::Submit | OpportunityOperation::PassReview)
    {
        near::look(tx, now, std::slice::from_ref(&after)).await?;
    }
    clocks::turn(tx, store, now, Some(from), &after).await?;
    // Who no longer has it is told so all the same.
    let told = opportunity::Model { partner_id: concerned, ..after.clone() };
    trail::tell(tx, store, now, &told, Some(from), after.state.name(), how).await?;
    if from == OpportunityState::PendingAccept {
        return make::answered(tx, store, context, now, after, how.operation).await;
    }
    Ok(after)
}

/// What is possible instead: where the operation belongs, and what can be done now, by whom. PURE.
fn possible(held: &opportunity::Model, operation: OpportunityOperation) -> String {
    let or_none = |list: Vec<String>| if list.is_empty() { "-".to_owned() } else { list.join(", ") };
    let belongs = machine::TABLE
        .iter()
        .filter(|t| t.operation == operation && t.of.contains(&held.kind))
        .map(|t| t.from.name().to_owned());
    let now = machine::from(held.kind, held.state).map(|t| {
        format!("{} ({})", t.operation, t.by.iter().map(|by| by.name()).collect::<Vec<_>>().join("/"))
    });
    format!(
        "{}; {operation}: {}; {}: {}",
        held.state,
        or_none(belongs.collect()),
        held.state,
        or_none(now.collect())
    )
}

/// The reason of a move as its transition wants it. PURE.
fn reason(transition: &Transition, how: Move<'_>) -> Result<Option<OpportunityReason>> {
    let length = how.reason.map_or(0, |reason| reason.trim().chars().count());
    if length > REASON_LIMIT {
        let detail = format!("a reason has at most {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    let operation = transition.operation.name();
    match (transition.why, how.code) {
        (Why::Always(code), _) => Ok(Some(code)),
        (Why::No, None) => Ok(None),
        (Why::Words, None) if length > 0 => Ok(None),
        (Why::Words, None) => Err(Refusal::at("reason", Code::ReasonRequired, operation).into()),
        (Why::OneOf(_), None) => Err(Refusal::at("reasonCode", Code::ReasonRequired, operation).into()),
        (Why::OneOf(codes), Some(code)) if codes.contains(&code) => {
            if code == OpportunityReason::Other && length == 0 {
                return Err(Refusal::at("reason", Code::ReasonRequired, operation).into());
            }
            Ok(Some(code))
        }
        (Why::OneOf(codes), Some(code)) => {
            let names: Vec<_> = codes.iter().map(|code| code.name()).collect();
            let detail = format!("{operation}: {code}; {}", names.join(", "));
            Err(Refusal::at("reasonCode", Code::Invalid, detail).into())
        }
        (Why::No | Why::Words, Some(code)) => {
            Err(Refusal::at("reasonCode", Code::Invalid, format!("{operation}: {code}")).into())
        }
    }
}

/// The row after the transition. PURE.
fn moved(
    mut row: opportunity::Model,
    transition: &Transition,
    now: Timestamp,
    code: Option<OpportunityReason>,
    reason: Option<&str>,
) -> opportunity::Model {
    use OpportunityOperation as Op;
    row.state = transition.to;
    row.state_since = now.max(row.state_since);
    row.reason_code = code;
    row.reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
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

/// Writes a row that was held at the version before.
pub(in crate::opportunity) async fn save(tx: &Tx, after: &opportunity::Model) -> Result<()> {
    let row = after.clone().into_active_model().reset_all();
    let written = opportunity::Entity::update_many()
        .set(row)
        .filter(opportunity::Column::Id.eq(after.id))
        .filter(opportunity::Column::Version.eq(after.version - 1))
        .exec(tx.orm())
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Invariant(format!("{} changed while it was held", after.id)));
    }
    Ok(())
}

/// Writes a change that moves no state: row, trail and event, which `kind` names. Returns the row as it is then.
#[allow(clippy::too_many_arguments)] // What a change is made of.
pub(in crate::opportunity) async fn note(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    mut row: opportunity::Model,
    actor: OpportunityActor,
    how: Move<'_>,
    kind: &str,
) -> Result<opportunity::Model> {
    row.transitions += 1;
    row.version += 1;
    let state = Some(row.state);
    save(tx, &row).await?;
    trail::write(tx, context, now, &row, state, actor, how).await?;
    trail::tell(tx, store, now, &row, state, kind, how).await?;
    Ok(row)
}
