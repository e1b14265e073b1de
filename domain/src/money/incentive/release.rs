//! Releasing bills that were parked for review: from then on they wait for their partner.

use entity::timestamp::DAY;
use entity::{BillState, DeadlineKind, EventTopic, IncentiveBillId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::named_bill::named_version;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::deadline::{self, NewDeadline};
use crate::programme::settings;

/// Longest reason, in characters: a paragraph.
pub const REASON_LIMIT: usize = 1000;

/// Which bill is right after all, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Release {
    /// The bill.
    pub bill_id: IncentiveBillId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// What the review found.
    pub reason: String,
}

/// The state after release, if a bill of `state` can be released. PURE.
#[must_use]
pub const fn released(state: BillState) -> Option<BillState> {
    match state {
        BillState::Parked => Some(BillState::PendingConfirm),
        BillState::Estimated | BillState::PendingConfirm | BillState::Issuing | BillState::Issued => None,
    }
}

/// Releases a parked bill. The partner has all its days to confirm it, from now on.
pub async fn release(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Release,
) -> Result<IncentiveBillId> {
    let length = input.reason.chars().count();
    if input.reason.trim().is_empty() || length > REASON_LIMIT {
        let detail = format!("a reason of 1 to {REASON_LIMIT} characters");
        return Err(Refusal::at("reason", Code::Invalid, detail).into());
    }
    let write = match Write::begin(store, context, "incentiveBillRelease", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let bill = named_version(&write, input.bill_id, input.expected_version).await?;
    let next =
        released(bill.state).ok_or_else(|| Refusal::at("billId", Code::WrongState, bill.state.name()))?;
    let orm = write.tx().orm();
    let days = settings::load(orm).await?.confirm_days;
    let confirm_by = write.now.plus(i64::from(days) * DAY);
    let sql = "UPDATE incentive_bill SET state = $1, confirm_by = $2, version = version + 1 WHERE id = $3";
    exec(orm, sql, [next.name().into(), confirm_by.0.into(), bill.id.0.into()]).await?;
    let deadline = NewDeadline {
        kind: DeadlineKind::BillConfirm,
        entity: bill.id.to_string(),
        partner_id: Some(bill.partner_id),
        due_at: Some(confirm_by),
    };
    deadline::set(write.tx(), store, write.now, deadline).await?;
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: "RELEASED",
        entity: bill.id.to_string(),
        partner_id: Some(bill.partner_id),
        detail: json!({ "month": bill.month.to_string(), "confirmBy": confirm_by.to_rfc3339() }),
    };
    emit(write.tx(), store, write.now, event).await?;
    write.finish(store, &bill.id.to_string(), Some(&input.reason), &input, &bill.id).await?;
    Ok(bill.id)
}
