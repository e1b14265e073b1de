//! A request that was never handed in keeps nothing from lapsing.

use entity::{EntitlementId, PaymentState, Timestamp, payment_request};

use crate::kernel::error::Result;
use crate::kernel::store::{Tx, query_one};

/// Whether a request of this state and so many transitions was never handed in: that keeps nothing from lapsing. PURE.
#[must_use]
pub fn never_submitted(request: &payment_request::Model) -> bool {
    request.state == PaymentState::PendingSubmit && request.transitions == 1
}

/// The same of request `r`, for statements.
pub(crate) const NEVER_SUBMITTED: &str = "(r.state = 'PENDING_SUBMIT' AND r.transitions = 1)";

/// The first item of a request that has lapsed by `now`.
pub(super) async fn lapsed_item(
    tx: &Tx,
    request: &payment_request::Model,
    now: Timestamp,
) -> Result<Option<EntitlementId>> {
    let sql = "SELECT e.id FROM payment_request_item i JOIN incentive_entitlement e ON e.id = i.source_id \
               WHERE i.request_id = $1 AND i.source = 'ENTITLEMENT' AND e.expires_at <= $2 ORDER BY e.id LIMIT 1";
    let row = query_one(tx.orm(), sql, [request.id.0.into(), now.0.into()]).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.map(EntitlementId))
}
