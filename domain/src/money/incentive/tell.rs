//! Events about incentive bills.

use entity::{EventTopic, IncentiveBillId, PartnerId, Timestamp};
use serde_json::json;

use crate::kernel::actor::Principal;
use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit_all};
use crate::kernel::store::{Store, Tx};

/// Formal bills wait for their partners.
pub(crate) async fn to_confirm(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    bills: impl Iterator<Item = (IncentiveBillId, PartnerId)>,
) -> Result<()> {
    let events: Vec<_> = bills.map(|bill| about(bill, "PENDING_CONFIRM", json!({}))).collect();
    emit_all(tx, store, now, &events).await
}

/// Bills were confirmed; `by` says as whom: PARTNER, OPERATOR, DEADLINE.
pub(super) async fn confirmed(
    tx: &Tx,
    store: &Store,
    now: Timestamp,
    bills: &[(IncentiveBillId, PartnerId)],
    by: &str,
) -> Result<()> {
    let events: Vec<_> = bills.iter().map(|bill| about(*bill, "CONFIRMED", json!({ "by": by }))).collect();
    emit_all(tx, store, now, &events).await
}

/// As whom somebody confirms.
pub(super) const fn confirmer(principal: &Principal) -> &'static str {
    match principal {
        Principal::Partner { .. } => "PARTNER",
        Principal::Operator { .. } | Principal::Customer { .. } => "OPERATOR",
        Principal::System => "SYSTEM",
    }
}

fn about(
    (bill, partner): (IncentiveBillId, PartnerId),
    kind: &str,
    detail: serde_json::Value,
) -> NewEvent<'_> {
    let entity = bill.to_string();
    NewEvent { topic: EventTopic::IncentiveBill, kind, entity, partner_id: Some(partner), detail }
}
