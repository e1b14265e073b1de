//! What is written down of every change of an opportunity: a row of its trail, and an event.

use entity::{EventTopic, OpportunityActor, OpportunityReason, OpportunityState, Timestamp, opportunity};
use sea_orm::Value;
use serde_json::json;

use super::apply::Move;
use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, Tx, insert_rows};
use crate::kernel::write::Context;

/// A row of the trail; `after` is the opportunity as it is then, its `transitions` the number of the row.
pub(in crate::opportunity) async fn write(
    tx: &Tx,
    context: &Context,
    now: Timestamp,
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    actor: OpportunityActor,
    how: Move<'_>,
) -> Result<()> {
    insert_rows(tx.orm(), INSERT, WIDTH, row(context, now, after, from, actor, how).into(), "").await?;
    Ok(())
}

/// How rows of the trail are written.
pub(in crate::opportunity) const INSERT: &str = "INSERT INTO opportunity_transition (opportunity_id, seq, operation, from_state, to_state, \
                                actor, actor_kind, reason_code, reason, at)";
/// Values of one row of [`INSERT`].
pub(in crate::opportunity) const WIDTH: usize = 10;

/// A row of [`INSERT`]. PURE.
pub(in crate::opportunity) fn row(
    context: &Context,
    now: Timestamp,
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    actor: OpportunityActor,
    how: Move<'_>,
) -> [Value; WIDTH] {
    [
        after.id.0.into(),
        after.transitions.into(),
        how.operation.name().into(),
        from.map(OpportunityState::name).into(),
        after.state.name().into(),
        context.actor.subject.as_str().into(),
        actor.name().into(),
        how.code.map(OpportunityReason::name).into(),
        how.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty()).into(),
        now.0.into(),
    ]
}

/// How the events of a draft begin, which only its partner hears of.
pub(crate) const DRAFT: &str = "DRAFT_";

/// The event of a change; `kind` is the new state, or the operation that changed something else.
pub(in crate::opportunity) async fn tell(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    kind: &str,
    how: Move<'_>,
) -> Result<()> {
    let unsent = after.state == OpportunityState::Draft && from == Some(OpportunityState::Draft);
    let kind = if unsent { &format!("{DRAFT}{kind}") } else { kind };
    emit(tx, store, now, event(after, from, kind, how)).await?;
    Ok(())
}

/// The same as a value, of what was sent. PURE.
pub(in crate::opportunity) fn event<'a>(
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    kind: &'a str,
    how: Move<'_>,
) -> NewEvent<'a> {
    let detail = json!({
        "kind": after.kind.name(),
        "operation": how.operation.name(),
        "from": from.map(OpportunityState::name),
        "name": after.name,
        "customer": after.customer_name,
        "reasonCode": after.reason_code.map(OpportunityReason::name),
        "reason": how.reason,
    });
    let (entity, partner_id) = (after.id.to_string(), after.partner_id);
    NewEvent { topic: EventTopic::Opportunity, kind, entity, partner_id, detail }
}
