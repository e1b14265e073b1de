//! Confirming incentive bills: by the partner, or by itself at the deadline (docs/domain.md, "Incentive bill").

use entity::{BillState, IncentiveBillId, incentive_bill};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::actor::Principal;
use crate::error::{Code, Refusal, Result};
use crate::store::{Store, exec, query};
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
        BillState::Estimated | BillState::Issuing | BillState::Issued => None,
    }
}

/// Confirms a bill. A partner confirms its own; another's does not exist for it.
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
    let missing = || Refusal::at("billId", Code::NotFound, input.bill_id.to_string());
    let bill =
        incentive_bill::Entity::find_by_id(input.bill_id).one(write.tx().orm()).await?.ok_or_else(missing)?;
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != bill.partner_id
    {
        return Err(missing().into());
    }
    if bill.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, bill.version.to_string()).into());
    }
    let next =
        confirmed(bill.state).ok_or_else(|| Refusal::at("billId", Code::WrongState, bill.state.name()))?;
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

/// Confirms the bills whose deadline has passed. Returns how many.
pub async fn confirm_due(store: &Store) -> Result<usize> {
    let context = Context::system("deadline");
    let mut total = 0;
    loop {
        let tx = store.begin().await?;
        let now = store.clock.now();
        let sql = format!(
            "UPDATE incentive_bill SET state = 'ISSUING', confirmed_at = $1, confirmed_by = $2, version = version + 1 \
             WHERE id IN (SELECT id FROM incentive_bill WHERE state = 'PENDING_CONFIRM' AND confirm_by <= $1 \
             ORDER BY id LIMIT {BATCH}) AND state = 'PENDING_CONFIRM' RETURNING id"
        );
        let subject = context.actor.subject.as_str();
        let rows = query(tx.orm(), &sql, [now.0.into(), subject.into()]).await?;
        for row in &rows {
            let id = IncentiveBillId(row.try_get_by_index(0)?);
            let reason = Some("not confirmed by the deadline");
            audit(&tx, store, &context, "incentiveBillConfirm", &id.to_string(), reason, &"deadline", now)
                .await?;
        }
        crate::crash::point("confirm.deadline");
        tx.commit().await?;
        if rows.is_empty() {
            return Ok(total);
        }
        total += rows.len();
    }
}
