//! Events about incentive bills.

use entity::{IncentiveBillId, PartnerId, Timestamp};
use serde_json::json;

use crate::kernel::error::Result;
use crate::kernel::event::emit_all;
use crate::kernel::machine::Party;
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
pub(super) const fn confirmer(party: Party) -> &'static str {
    match party {
        Party::Partner => "PARTNER",
        Party::Operations | Party::Finance | Party::Administrator => "OPERATOR",
        Party::System => "SYSTEM",
    }
}
