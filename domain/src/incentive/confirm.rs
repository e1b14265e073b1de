//! Confirming incentive bills: by the partner, or by itself at the deadline (docs/domain.md, "Incentive bill").

use entity::{BillState, IncentiveBillId, Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, Value};
use serde::{Deserialize, Serialize};

use super::feedback::hold::{NONE_OPEN, open_on};
use super::named_bill::named_version;
use crate::error::{Code, Refusal, Result};
use crate::store::{Store, Tx, exec, query};
use crate::write::{Begun, Context, Write, audit};

/// Bills confirmed by deadline in one transaction.
const BATCH: u64 = 200;

/// Which bill, as the caller saw it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Confirm {
    /// The bill.
    pub bill_id: IncentiveBillId,
    /// The version the caller saw.
    pub expected_version: i32,
}

/// The state after confirmation, if a bill of `state` can be confirmed. PURE.
#[must_use]
pub const fn confirmed(state: BillState) -> Option<BillState> {
    match state {
        BillState::PendingConfirm => Some(BillState::Issuing),
        BillState::Estimated | BillState::Parked | BillState::Issuing | BillState::Issued => None,
    }
}

/// Confirms a bill. A partner confirms its own; another's does not exist for it. What somebody finds wrong with it
/// is answered or taken back first.
pub async fn confirm(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Confirm,
) -> Result<IncentiveBillId> {
    let write = match Write::begin(store, context, "incentiveBillConfirm", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let bill = named_version(&write, input.bill_id, input.expected_version).await?;
    let next =
        confirmed(bill.state).ok_or_else(|| Refusal::at("billId", Code::WrongState, bill.state.name()))?;
    if let Some(feedback) = open_on(write.tx().orm(), &bill).await? {
        return Err(Refusal::at("billId", Code::FeedbackOpen, feedback.to_string()).into());
    }
    let sql = "UPDATE incentive_bill SET state = $1, confirmed_at = $2, confirmed_by = $3, version = version + 1 \
               WHERE id = $4 AND version = $5";
    let values = [
        next.name().into(),
        write.now.0.into(),
        write.actor().subject.as_str().into(),
        bill.id.0.into(),
        bill.version.into(),
    ];
    if exec(write.tx().orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, bill.version.to_string()).into());
    }
    write.finish(store, &bill.id.to_string(), None, &input, &bill.id).await?;
    Ok(bill.id)
}

/// Confirms the bills whose deadline has passed, but those that somebody finds something wrong with. Returns how many.
pub async fn confirm_due(store: &Store) -> Result<usize> {
    let context = Context::system("deadline");
    let mut total = 0;
    loop {
        let tx = store.begin().await?;
        let now = store.clock.now();
        let due = due(&tx, now).await?;
        if due.is_empty() {
            return Ok(total);
        }
        // Looked at anew, now that nobody else has them: feedback may have come in before they were locked.
        let ids = (3..).take(due.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "UPDATE incentive_bill SET state = 'ISSUING', confirmed_at = $1, confirmed_by = $2, version = version + 1 \
             WHERE id IN ({ids}) AND state = 'PENDING_CONFIRM' AND {NONE_OPEN} RETURNING id"
        );
        let values = [now.0.into(), context.actor.subject.as_str().into()].into_iter().chain(due);
        let rows = query(tx.orm(), &sql, values).await?;
        for row in &rows {
            let id = IncentiveBillId(row.try_get_by_index(0)?);
            let reason = Some("not confirmed by the deadline");
            audit(&tx, store, &context, "incentiveBillConfirm", &id.to_string(), reason, &"deadline", now)
                .await?;
        }
        crate::crash::point("confirm.deadline");
        tx.commit().await?;
        total += rows.len();
    }
}

/// Some of the bills whose deadline has passed; on PostgreSQL locked.
async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<Value>> {
    let lock = if tx.orm().get_database_backend() == DbBackend::Postgres { "FOR UPDATE" } else { "" };
    let sql = format!(
        "SELECT id FROM incentive_bill WHERE state = 'PENDING_CONFIRM' AND confirm_by <= $1 AND {NONE_OPEN} \
         ORDER BY id LIMIT {BATCH} {lock}"
    );
    let rows = query(tx.orm(), &sql, [now.0.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index::<i64>(0)?.into())).collect()
}
