//! Events about incentive bills that were just written; what becomes of them later is told in `money/incentive`.

use entity::{EventTopic, IncentiveBillId, PartnerId, Timestamp};
use serde_json::json;

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

/// The event that something of `kind` happened to a bill.
pub(crate) fn about(
    (bill, partner): (IncentiveBillId, PartnerId),
    kind: &str,
    detail: serde_json::Value,
) -> NewEvent<'_> {
    let entity = bill.to_string();
    NewEvent { topic: EventTopic::IncentiveBill, kind, entity, partner_id: Some(partner), detail }
}
