//! Positive incentives that nobody requested in time lapse; while the partner owes something they are set off
//! against it first, and what it still owes goes on. What is owed never lapses (public pages; assumption 19).

use std::collections::HashSet;

use entity::{
    AssociationMode, Currency, EntitlementKind, EventTopic, IncentiveBillId, LedgerAccount, PartnerId,
    PaymentOperation, Timestamp, incentive_bill, incentive_entitlement, payment_request,
};
use sea_orm::{EntityTrait, FromQueryResult};
use serde_json::json;

use super::entitle::{self, NewEntitlement};
use crate::kernel::error::{Error, Result, one_of_many};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::machine::{Move, Turn, step};
use crate::kernel::store::{Store, Tx, exec, placeholders_behind, query};
use crate::kernel::write::{Context, audit};
use crate::money::ledger::{Entry, Posting, post};
use crate::money::payment::lapse::{NEVER_SUBMITTED, never_submitted};
use crate::money::payment::machine::Requests;

/// Partners whose incentives lapse in one tick.
const BATCH: u64 = 200;

/// What lapses, what is set off, and what is owed afterwards, in micros. PURE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// Gone.
    pub lapsed: i64,
    /// Set off.
    pub offset: i64,
    /// Owed afterwards: zero or below.
    pub owed: i64,
}

/// `expiring` is above zero, `owed` zero or below. PURE.
#[must_use]
pub fn lapse(expiring: i64, owed: i64) -> Lapse {
    let offset = expiring.min(owed.saturating_neg());
    Lapse { lapsed: expiring - offset, offset, owed: owed + offset }
}

/// The condition that something lapses; `$1` is now.
pub(crate) fn waits() -> String {
    format!(
        "EXISTS (SELECT 1 FROM incentive_entitlement e WHERE e.state = 'OPEN' AND e.expires_at <= $1 AND {})",
        unrequested()
    )
}

/// Lets lapse what is due. Returns for how many partners.
pub async fn expire_due(store: &Store) -> Result<usize> {
    let now = store.clock.now();
    let sql = format!(
        "SELECT DISTINCT partner_id, currency FROM incentive_entitlement e WHERE state = 'OPEN' AND expires_at <= $1 AND {} \
         ORDER BY partner_id, currency LIMIT {BATCH}",
        unrequested()
    );
    let mut partners = 0;
    for row in query(store.db(), &sql, [now.0.into()]).await? {
        let (partner, currency) = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        let expired = one_of_many(expire(store, partner, currency).await, "incentives that lapse")?;
        partners += usize::from(expired == Some(true));
    }
    Ok(partners)
}

/// No live request that was ever submitted holds the entitlement `e`.
fn unrequested() -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM payment_request_item i JOIN payment_request r ON r.id = i.request_id \
         WHERE i.source = 'ENTITLEMENT' AND i.source_id = e.id AND i.live AND NOT {NEVER_SUBMITTED})"
    )
}

/// Withdraws requests that were never submitted and hold something that lapses: what else they hold is free again.
async fn withdraw_drafts(
    tx: &Tx,
    store: &Store,
    partner: PartnerId,
    currency: Currency,
    now: Timestamp,
) -> Result<()> {
    let sql = tx.holding(&format!(
        "SELECT r.* FROM payment_request r WHERE r.partner_id = $1 AND r.currency = $2 AND {NEVER_SUBMITTED} \
         AND EXISTS (SELECT 1 FROM payment_request_item i JOIN incentive_entitlement e ON e.id = i.source_id \
         WHERE i.request_id = r.id AND i.source = 'ENTITLEMENT' AND i.live AND e.state = 'OPEN' \
         AND e.expires_at <= $3) ORDER BY r.id"
    ));
    let context = Context::system("expiry");
    let reason = Some("something of it lapsed before it was submitted");
    for row in query(tx.orm(), &sql, [partner.0.into(), currency.into(), now.0.into()]).await? {
        let request = payment_request::Model::from_query_result(&row, "")?;
        // One that was submitted while this waited for it keeps what it holds.
        if never_submitted(&request) {
            let turn = Turn { tx, store, context: &context, now };
            step::<Requests>(turn, request, Move::because(PaymentOperation::Withdraw, reason)).await?;
        }
    }
    Ok(())
}

/// No live request holds the entitlement `e`.
pub(crate) const FREE: &str = "NOT EXISTS (SELECT 1 FROM payment_request_item i WHERE i.source = 'ENTITLEMENT' \
    AND i.source_id = e.id AND i.live)";

/// The open entitlements of a partner that no request holds, held themselves, oldest first.
pub(super) async fn hold_free(
    tx: &Tx,
    partner: PartnerId,
    currency: Currency,
) -> Result<Vec<incentive_entitlement::Model>> {
    let wanted = format!(
        "FROM incentive_entitlement e WHERE partner_id = $1 AND currency = $2 AND state = 'OPEN' AND {FREE} ORDER BY id"
    );
    let values = || [partner.0.into(), currency.into()];
    let rows = query(tx.orm(), &tx.holding(&format!("SELECT * {wanted}")), values()).await?;
    // A request that was made while these were waited for is seen only now.
    let still = query(tx.orm(), &format!("SELECT id {wanted}"), values()).await?;
    let still: HashSet<i64> = still.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let free = rows.iter().map(|row| incentive_entitlement::Model::from_query_result(row, ""));
    let mut free: Vec<_> = free.collect::<Result<_, _>>()?;
    free.retain(|e| still.contains(&e.id.0));
    Ok(free)
}

async fn expire(store: &Store, partner: PartnerId, currency: Currency) -> Result<bool> {
    let tx = store.begin().await?;
    let now = store.clock.now();
    withdraw_drafts(&tx, store, partner, currency, now).await?;
    let free = hold_free(&tx, partner, currency).await?;
    let due: Vec<_> = free.iter().filter(|e| e.expires_at.is_some_and(|at| at <= now)).collect();
    let Some(last) = due.last() else { return Ok(false) };
    let of_bill = |e: &incentive_entitlement::Model| {
        // What comes from a claim neither lapses nor is below zero.
        e.bill_id.ok_or_else(|| Error::Invariant(format!("{} comes from no bill", e.id)))
    };
    let last_bill = of_bill(last)?;
    let negatives: Vec<_> = free.iter().filter(|e| e.amount < 0).collect();
    let lapse = lapse(due.iter().map(|e| e.amount).sum(), negatives.iter().map(|e| e.amount).sum());
    close(&tx, due.iter().map(|e| e.id.0), "EXPIRED", now).await?;
    if lapse.offset > 0 {
        close(&tx, negatives.iter().map(|e| e.id.0), "OFFSET", now).await?;
        if lapse.owed < 0 {
            let oldest = negatives.first().copied().unwrap_or(last);
            owe(&tx, store, (of_bill(oldest)?, oldest.mode), lapse.owed, now).await?;
        }
    }
    let entry = |account, amount| Entry { account, currency, amount };
    let entries = vec![
        entry(LedgerAccount::Payable, -(lapse.lapsed + lapse.offset)),
        entry(LedgerAccount::Carried, lapse.offset),
        entry(LedgerAccount::Lapsed, lapse.lapsed),
    ];
    let posting = Posting { partner_id: partner, kind: "LAPSED", entity: last_bill.to_string(), entries };
    post(&tx, now, posting).await?;
    tell(&tx, store, partner, currency, (last_bill, lapse), now).await?;
    crate::kernel::crash::point("entitlement.expire");
    tx.commit().await?;
    Ok(true)
}

async fn close(tx: &Tx, ids: impl Iterator<Item = i64>, state: &str, now: Timestamp) -> Result<()> {
    let ids: Vec<i64> = ids.collect();
    let list = placeholders_behind(2, ids.len());
    let sql = format!("UPDATE incentive_entitlement SET state = $1, closed_at = $2 WHERE id IN {list}");
    let mut values: Vec<sea_orm::Value> = vec![state.into(), now.0.into()];
    values.extend(ids.into_iter().map(sea_orm::Value::from));
    exec(tx.orm(), &sql, values).await?;
    Ok(())
}

/// What is still owed goes on as one row.
async fn owe(
    tx: &Tx,
    store: &Store,
    (bill, mode): (IncentiveBillId, AssociationMode),
    owed: i64,
    now: Timestamp,
) -> Result<()> {
    let missing = || Error::Invariant(format!("{bill} is missing"));
    let bill = incentive_bill::Entity::find_by_id(bill).one(tx.orm()).await?.ok_or_else(missing)?;
    let new = NewEntitlement {
        kind: EntitlementKind::Offset,
        mode,
        amount: owed,
        available_from: now,
        expires_at: None,
    };
    entitle::insert(tx, store, &bill, &[new], now).await
}

async fn tell(
    tx: &Tx,
    store: &Store,
    partner: PartnerId,
    currency: Currency,
    (bill, lapse): (IncentiveBillId, Lapse),
    now: Timestamp,
) -> Result<()> {
    let detail =
        json!({ "lapsedMicros": lapse.lapsed, "offsetMicros": lapse.offset, "currency": currency.as_str() });
    let context = Context::system("expiry");
    let reason = Some("not requested in time");
    audit(tx, store, &context, "incentiveLapse", &partner.to_string(), reason, &detail, now).await?;
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: "LAPSED",
        entity: bill.to_string(),
        partner_id: Some(partner),
        detail,
    };
    emit(tx, store, now, event).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lapses_is_set_off_first() {
        for (expiring, owed, lapsed, offset, left) in
            [(10, 0, 10, 0, 0), (10, -4, 6, 4, 0), (10, -10, 0, 10, 0), (10, -25, 0, 10, -15)]
        {
            assert_eq!(lapse(expiring, owed), Lapse { lapsed, offset, owed: left });
        }
    }
}
