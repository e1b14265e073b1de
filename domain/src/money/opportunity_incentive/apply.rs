//! Making a transition: the one function that changes the state of a claim. Row, trail, event and clock change in the
//! caller's transaction or not at all.

use entity::{
    DeadlineKind, EventTopic, PceClaimActor, PceClaimId, PceClaimOperation, PceClaimState, Timestamp,
    pce_claim,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, Value,
};
use serde_json::json;

use super::machine;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, Tx, insert_rows, query_one};
use crate::kernel::write::Context;
use crate::opportunity::state::apply::REASON_LIMIT;
use crate::programme::deadline::{self, NewDeadline};

/// Reads a claim and holds it until the transaction ends.
pub async fn hold(tx: &Tx, id: PceClaimId) -> Result<Option<pce_claim::Model>> {
    let sql = tx.holding("SELECT * FROM pce_claim WHERE id = $1");
    let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
    Ok(row.map(|row| pce_claim::Model::from_query_result(&row, "")).transpose()?)
}

/// As what `actor` may make `operation` of a claim; refuses what its state or the actor does not allow.
pub(super) fn allowed(
    context: &Context,
    claim: &pce_claim::Model,
    operation: PceClaimOperation,
    reason: Option<&str>,
) -> Result<(PceClaimState, PceClaimActor)> {
    let transition = machine::find(claim.state, operation).ok_or_else(|| {
        let now: Vec<_> = machine::from(claim.state).map(|t| t.operation.name()).collect();
        let now = if now.is_empty() { "-".to_owned() } else { now.join(", ") };
        Refusal::at(
            "operation",
            Code::WrongState,
            format!("{}; {operation}; {}: {now}", claim.state, claim.state),
        )
    })?;
    let actor = transition.actor(&context.actor, claim.partner_id).ok_or_else(|| {
        let who: Vec<_> = transition.by.iter().map(|by| by.name()).collect();
        Refusal::at("operation", Code::NotAllowed, format!("{operation}: {}", who.join(", ")))
    })?;
    let length = reason.map_or(0, |reason| reason.trim().chars().count());
    if transition.reason && length == 0 {
        return Err(Refusal::at("reason", Code::ReasonRequired, operation.name()).into());
    }
    if length > REASON_LIMIT {
        let detail = format!("a reason has at most {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    Ok((transition.to, actor))
}

/// Moves a claim that is held. `edited` is the row with whatever else changes with the move.
pub(super) async fn step(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    edited: pce_claim::Model,
    operation: PceClaimOperation,
    reason: Option<&str>,
) -> Result<pce_claim::Model> {
    let (to, actor) = allowed(context, &edited, operation, reason)?;
    let from = edited.state;
    let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let after = pce_claim::Model {
        state: to,
        state_since: now.max(edited.state_since),
        reason,
        transitions: edited.transitions + 1,
        version: edited.version + 1,
        ..edited
    };
    let written = pce_claim::Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(pce_claim::Column::Id.eq(after.id))
        .filter(pce_claim::Column::Version.eq(after.version - 1))
        .exec(tx.orm())
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Invariant(format!("{} changed while it was held", after.id)));
    }
    trail(tx, context, now, &after, Some(from), actor, operation).await?;
    if from == PceClaimState::InReview {
        deadline::close(tx, DeadlineKind::PceClaimReview, &after.id.to_string(), now).await?;
    }
    begin(tx, store, now, &after, operation).await?;
    Ok(after)
}

/// What follows for a claim that stands somewhere now: its clock, and the event.
pub(super) async fn begin(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    after: &pce_claim::Model,
    operation: PceClaimOperation,
) -> Result<()> {
    let (entity, partner_id) = (after.id.to_string(), Some(after.partner_id));
    if after.state == PceClaimState::InReview {
        let kind = DeadlineKind::PceClaimReview;
        let new = NewDeadline { kind, entity: entity.clone(), partner_id, due_at: None };
        deadline::set(tx, store, now, new).await?;
    }
    let detail = json!({
        "operation": operation.name(),
        "opportunity": after.opportunity_id.to_string(),
        "amount": after.amount,
        "currency": after.currency.as_str(),
        "reason": after.reason,
    });
    let kind = after.state.name();
    emit(tx, store, now, NewEvent { topic: EventTopic::PceClaim, kind, entity, partner_id, detail }).await?;
    Ok(())
}

/// A row of the trail; `after` is the claim as it is then, its `transitions` the number of the row.
pub(super) async fn trail(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    after: &pce_claim::Model,
    from: Option<PceClaimState>,
    actor: PceClaimActor,
    operation: PceClaimOperation,
) -> Result<()> {
    let row: [Value; 9] = [
        after.id.0.into(),
        after.transitions.into(),
        operation.name().into(),
        from.map(PceClaimState::name).into(),
        after.state.name().into(),
        context.actor.subject.as_str().into(),
        actor.name().into(),
        after.reason.clone().into(),
        now.0.into(),
    ];
    let head = "INSERT INTO pce_claim_transition (claim_id, seq, operation, from_state, to_state, actor, actor_kind, reason, at)";
    insert_rows(tx.orm(), head, 9, row.into(), "").await?;
    Ok(())
}
