//! Confirming incentive bills: by the partner, or by itself at the deadline (docs/domain.md, "Incentive bill").

use entity::{DeadlineKind, IncentiveBillId, PartnerId, Timestamp};
use sea_orm::Value;
use serde::{Deserialize, Serialize};

use super::feedback::hold::NONE_OPEN;
use super::machine::{BillOperation, Bills, CONFIRM};
use super::named_bill::named_version;
use super::tell;
use crate::kernel::error::Result;
use crate::kernel::machine::{Move, Turn, next, step};
use crate::kernel::store::{Store, Tx, placeholders_behind, query};
use crate::kernel::write::{Begun, Context, Write, audit};
use crate::programme::deadline;

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
    next::<Bills>("id", (), bill.state, BillOperation::Confirm)?;
    let bill =
        step::<Bills>(Turn::of(&write, store, context), bill, Move::plain(BillOperation::Confirm)).await?;
    write.finish(store, &bill.id.to_string(), None, &input, &bill.id).await?;
    Ok(bill.id)
}

/// Takes the bills of deadlines that have passed, so that nobody else changes them meanwhile.
pub async fn hold(tx: &Tx, entities: &[String]) -> Result<()> {
    let ids: Vec<Value> = bills_of(entities).map(|id| id.0.into()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let list = placeholders_behind(0, ids.len());
    let sql = format!("SELECT 1 FROM incentive_bill WHERE id IN {list} ORDER BY id");
    query(tx.orm(), &tx.holding(&sql), ids).await?;
    Ok(())
}

/// What happens when the deadlines of bills have passed: those that still wait are confirmed by the product, but those
/// that somebody finds something wrong with.
pub async fn by_deadline(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    confirm_late(tx, store, now, &bills_of(entities).collect::<Vec<_>>()).await?;
    Ok(())
}

fn bills_of(entities: &[String]) -> impl Iterator<Item = IncentiveBillId> {
    entities.iter().filter_map(|entity| entity.parse().ok())
}

/// The condition that bills past their day wait; `$1` is now.
pub(crate) fn waits() -> String {
    format!(
        "EXISTS (SELECT 1 FROM incentive_bill WHERE state = 'PENDING_CONFIRM' AND confirm_by <= $1 AND {NONE_OPEN})"
    )
}

/// Confirms bills past their day that no deadline waits for: it has fallen due, but feedback was open then. Returns
/// how many.
pub async fn confirm_due(store: &Store) -> Result<usize> {
    let (mut total, mut after) = (0, 0);
    loop {
        let tx = store.begin().await?;
        let now = store.clock.now();
        let mut due = due(&tx, now, after).await?;
        let Some(last) = due.last() else { return Ok(total) };
        after = last.0;
        let entities: Vec<String> = due.iter().map(ToString::to_string).collect();
        let waiting = deadline::waiting(tx.orm(), DeadlineKind::BillConfirm, &entities).await?;
        due.retain(|id| !waiting.contains(&id.to_string()));
        total += confirm_late(&tx, store, now, &due).await?;
        tx.commit().await?;
    }
}

/// Some of the bills past their day, from `after` on; on PostgreSQL locked.
async fn due(tx: &Tx, now: Timestamp, after: i64) -> Result<Vec<IncentiveBillId>> {
    let sql = tx.holding(&format!(
        "SELECT id FROM incentive_bill WHERE state = 'PENDING_CONFIRM' AND confirm_by <= $1 AND id > $2 AND {NONE_OPEN} \
         ORDER BY id LIMIT {BATCH}"
    ));
    let rows = query(tx.orm(), &sql, [now.0.into(), after.into()]).await?;
    rows.iter().map(|row| Ok(IncentiveBillId(row.try_get_by_index(0)?))).collect()
}

/// Confirms those of `ids` that still wait for their partner, and closes their deadlines. Feedback is looked for now
/// that nobody else has the bills: it may have come in before they were locked.
async fn confirm_late(tx: &Tx, store: &Store, now: Timestamp, ids: &[IncentiveBillId]) -> Result<usize> {
    if ids.is_empty() {
        return Ok(0);
    }
    let context = Context::system("deadline");
    let list = placeholders_behind(2, ids.len());
    let sql = format!(
        "UPDATE incentive_bill SET state = '{}', confirmed_at = $1, confirmed_by = $2, version = version + 1 \
         WHERE id IN {list} AND state = '{}' AND {NONE_OPEN} RETURNING id, partner_id",
        CONFIRM.to, CONFIRM.from
    );
    let values = [now.0.into(), context.actor.subject.as_str().into()];
    let rows = query(tx.orm(), &sql, values.into_iter().chain(ids.iter().map(|id| id.0.into()))).await?;
    let (mut confirmed, mut bills) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in &rows {
        let bill = IncentiveBillId(row.try_get_by_index(0)?);
        bills.push((bill, PartnerId(row.try_get_by_index(1)?)));
        let id = bill.to_string();
        let reason = Some("not confirmed by the deadline");
        audit(tx, store, &context, "incentiveBillConfirm", &id, reason, &"deadline", now).await?;
        confirmed.push(id);
    }
    deadline::close_all(tx, DeadlineKind::BillConfirm, &confirmed, now).await?;
    tell::confirmed(tx, store, now, &bills, "DEADLINE").await?;
    crate::kernel::crash::point("confirm.deadline");
    Ok(confirmed.len())
}
