//! Events about incentive bills.

use entity::{IncentiveBillId, PartnerId, Timestamp};
use serde_json::json;

use crate::kernel::actor::Principal;
use crate::kernel::error::Result;
use crate::kernel::event::emit_all;
use crate::kernel::store::{Store, Tx};
use crate::settlement::tell::about;

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
