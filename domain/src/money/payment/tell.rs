//! The event of a transition.

use entity::{EventTopic, PaymentOperation, PaymentState, payment_request};
use serde_json::json;

use crate::kernel::event::NewEvent;

/// A request stands where it stands now, by `operation`. PURE.
pub(super) fn event<'a>(
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
