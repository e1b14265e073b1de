//! What is written down of every change of an opportunity: a row of its trail, and an event.

use entity::{
    EventTopic, OpportunityActor, OpportunityOperation, OpportunityReason, OpportunityState, opportunity,
    opportunity_transition,
};
use serde_json::json;

use super::machine::Opportunities;
use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::Turn;
use crate::kernel::machine::trail::{Entry, Trailed};

/// The first row of the trail of an opportunity that was just made. PURE.
pub(in crate::opportunity) fn first(
    turn: Turn<'_>,
    made: &opportunity::Model,
    party: OpportunityActor,
) -> opportunity_transition::Model {
    let entry = Entry {
        operation: OpportunityOperation::Create,
        from: None,
        actor: &turn.context.actor.subject,
        party,
        code: None,
        reason: None,
        at: turn.now,
    };
    Opportunities::kept(made, entry)
}

/// How the events of a draft begin, which only its partner hears of.
pub(crate) const DRAFT: &str = "DRAFT_";

/// The event of a change; `kind` is the new state, or the operation that changed something else.
pub(in crate::opportunity) async fn tell(
    turn: Turn<'_>,
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    kind: &str,
    what: (OpportunityOperation, Option<&str>),
) -> Result<()> {
    let unsent = after.state == OpportunityState::Draft && from == Some(OpportunityState::Draft);
    let kind = if unsent { &format!("{DRAFT}{kind}") } else { kind };
    emit(turn.tx, turn.store, turn.now, event(after, from, kind, what)).await?;
    Ok(())
}

/// The same as a value, of what was sent. PURE.
pub(in crate::opportunity) fn event<'a>(
    after: &opportunity::Model,
    from: Option<OpportunityState>,
    kind: &'a str,
    (operation, reason): (OpportunityOperation, Option<&str>),
) -> NewEvent<'a> {
    let detail = json!({
        "kind": after.kind.name(),
        "operation": operation.name(),
        "from": from.map(OpportunityState::name),
        "name": after.name,
        "customer": after.customer_name,
        "reasonCode": after.reason_code.map(OpportunityReason::name),
        "reason": reason,
    });
    let (entity, partner_id) = (after.id.to_string(), after.partner_id);
    NewEvent { topic: EventTopic::Opportunity, kind, entity, partner_id, detail }
}
