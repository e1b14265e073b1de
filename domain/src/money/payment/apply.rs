//! Making a transition: the one function that changes the state of a payment request. State, trail, event and money
//! change in the caller's transaction or not at all.

use entity::{
    EventTopic, PaymentActor, PaymentOperation, PaymentRequestId, PaymentState, Timestamp, payment_request,
};
use sea_orm::{EntityTrait, FromQueryResult};
use serde_json::json;

use super::machine::{self, Effect, Transition};
use super::{clocks, countersign, effect, guard, invoice};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit, emit_all};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query_one};
use crate::kernel::write::Context;

/// Longest reason, in characters: a person reads it in a list.
pub const REASON_LIMIT: usize = 1_000;

/// Reads a request and holds it until the transaction ends.
pub async fn hold(tx: &Tx, id: PaymentRequestId) -> Result<Option<payment_request::Model>> {
    let sql = tx.holding("SELECT * FROM payment_request WHERE id = $1");
    let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
    Ok(row.map(|row| payment_request::Model::from_query_result(&row, "")).transpose()?)
}

/// Moves a request that is held. Refuses what its state, the actor or a guard does not allow, and says what would.
pub async fn step(
    tx: &Tx,
    store: &Store,
    context: &Context,
    now: Timestamp,
    request: &payment_request::Model,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<payment_request::Model> {
    let transition = machine::find(request.kind, request.way, request.state, operation)
        .ok_or_else(|| Refusal::at("operation", Code::WrongState, possible(request, operation)))?;
    let actor = transition.actor(&context.actor, request.partner_id).ok_or_else(|| {
        let who: Vec<_> = transition.by.iter().map(|by| by.name()).collect();
        Refusal::at("operation", Code::NotAllowed, format!("{operation}: {}", who.join(", ")))
    })?;
    check_reason(transition, reason)?;
    guard::check(tx, context, now, request, transition).await?;
    let after = change(tx, context, now, request, transition, reason).await?;
    trail(tx, context, now, &after, (Some(request.state), actor), transition.operation, reason).await?;
    effect::apply(tx, store, now, &after, transition.effect, operation.name()).await?;
    invoice::follow::follow(tx, now, &after, operation).await?;
    if transition.effect == Effect::OpenRound {
        countersign::open_round(tx, &after, &context.actor.subject).await?;
    }
    clocks::turn(tx, store, now, Some(request.state), &after).await?;
    tell(tx, store, now, &after, Some(request.state), operation, reason).await?;
    Ok(after)
}

/// What is possible instead: where the operation belongs, and what can be done now, by whom. PURE.
fn possible(request: &payment_request::Model, operation: PaymentOperation) -> String {
    let belongs: Vec<_> = machine::TABLE
        .iter()
        .filter(|t| t.operation == operation && t.of.includes(request.kind, request.way))
        .map(|t| t.from.name())
        .collect();
    let now: Vec<_> = machine::from(request.kind, request.way, request.state)
        .map(|t| {
            format!("{} ({})", t.operation, t.by.iter().map(|by| by.name()).collect::<Vec<_>>().join("/"))
        })
        .collect();
    let or_none = |list: Vec<String>| if list.is_empty() { "-".to_owned() } else { list.join(", ") };
    format!(
        "{}; {operation}: {}; {}: {}",
        request.state,
        or_none(belongs.into_iter().map(str::to_owned).collect()),
        request.state,
        or_none(now)
    )
}

fn check_reason(transition: &Transition, reason: Option<&str>) -> Result<()> {
    let length = reason.map_or(0, |reason| reason.trim().chars().count());
    if transition.reason && length == 0 {
        return Err(Refusal::at("reason", Code::ReasonRequired, transition.operation.name()).into());
    }
    if length > REASON_LIMIT {
        let detail = format!("a reason has at most {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    Ok(())
}

/// The row as it is after the transition.
async fn change(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    before: &payment_request::Model,
    transition: &Transition,
    reason: Option<&str>,
) -> Result<payment_request::Model> {
    let mut after = before.clone();
    after.state = transition.to;
    after.state_since = now.max(before.state_since);
    after.reason = reason.map(|reason| reason.trim().to_owned());
    after.transitions += 1;
    after.version += 1;
    after.round += i32::from(transition.effect == Effect::OpenRound);
    if transition.operation == PaymentOperation::ApprovePayment {
        after.approved_by = Some(context.actor.subject.clone());
    }
    let sql = "UPDATE payment_request SET state = $1, state_since = $2, reason = $3, transitions = $4, version = $5, \
               round = $6, approved_by = $7 WHERE id = $8 AND version = $9";
    let values = [
        after.state.name().into(),
        after.state_since.0.into(),
        after.reason.clone().into(),
        after.transitions.into(),
        after.version.into(),
        after.round.into(),
        after.approved_by.clone().into(),
        after.id.0.into(),
        before.version.into(),
    ];
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::Invariant(format!("{} changed while it was held", before.id)));
    }
    Ok(after)
}

/// A row of the trail; `request` is as it is after the transition.
pub(super) async fn trail(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    request: &payment_request::Model,
    (from, actor): (Option<PaymentState>, PaymentActor),
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<()> {
    trail_all(tx, context, now, &[(request, from, actor)], operation, reason).await
}

/// Rows of the trail of requests that made the same transition: each as it is after it, from where it came, who.
pub(super) async fn trail_all(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    moved: &[(&payment_request::Model, Option<PaymentState>, PaymentActor)],
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<()> {
    let rows = moved.iter().flat_map(|(request, from, actor)| -> [sea_orm::Value; 10] {
        [
            request.id.0.into(),
            request.transitions.into(),
            operation.name().into(),
            from.map(PaymentState::name).into(),
            request.state.name().into(),
            context.actor.subject.as_str().into(),
            actor.name().into(),
            reason.map(|reason| reason.trim().to_owned()).into(),
            request.round.into(),
            now.0.into(),
        ]
    });
    let head = "INSERT INTO payment_transition (request_id, seq, operation, from_state, to_state, actor, actor_kind, reason, round, at)";
    insert_rows(tx.orm(), head, 10, rows.collect(), "").await?;
    Ok(())
}

/// The event of a transition.
pub(super) async fn tell(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    request: &payment_request::Model,
    from: Option<PaymentState>,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<()> {
    emit(tx, store, now, event(request, from, operation, reason)).await?;
    Ok(())
}

/// The events of requests just made.
pub(super) async fn tell_all(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    requests: &[payment_request::Model],
    operation: PaymentOperation,
) -> Result<()> {
    let events: Vec<_> = requests.iter().map(|request| event(request, None, operation, None)).collect();
    emit_all(tx, store, now, &events).await
}

fn event<'a>(
    request: &payment_request::Model,
    from: Option<PaymentState>,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> NewEvent<'a> {
    let detail = json!({
        "from": from.map(PaymentState::name),
        "operation": operation.name(),
        "kind": request.kind.name(),
        "amountMicros": request.amount,
        "currency": request.currency.as_str(),
        "reason": reason,
    });
    NewEvent {
        topic: EventTopic::PaymentRequest,
        kind: request.state.name(),
        entity: request.id.to_string(),
        partner_id: Some(request.partner_id),
        detail,
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
    let now = store.clock.now();
    let Some(request) = hold(&tx, id).await? else { return Ok(None) };
    if machine::find(request.kind, request.way, request.state, operation).is_none() {
        return Ok(None);
    }
    let after = step(&tx, store, &context, now, &request, operation, reason).await?;
    tx.commit().await?;
    Ok(Some(after))
}

/// Reads a request.
pub async fn load(store: &Store, id: PaymentRequestId) -> Result<payment_request::Model> {
    let row = payment_request::Entity::find_by_id(id).one(store.db()).await?;
    row.ok_or_else(|| Refusal::at("id", Code::NotFound, id.to_string()).into())
}
