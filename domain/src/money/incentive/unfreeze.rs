//! Releasing what was frozen, on the day after the customer paid.

use entity::{
    EntitlementKind, EventTopic, FreezeId, LedgerAccount, Month, Reason, Timestamp, incentive_bill,
    incentive_freeze,
};
use sea_orm::{EntityTrait, FromQueryResult};
use serde_json::json;

use super::entitle::{self, NewEntitlement};
use super::freeze::proportion;
use super::freezing::{keep, months_from, posted};
use super::terms;
use crate::kernel::error::{Error, Result, one_of_many};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, Tx, exec, query, query_one};
use crate::kernel::write::{Context, audit};
use crate::money::ledger::{Entry, Posting, post};
use crate::programme::calendar::Calendar;
use crate::programme::settings;

/// Frozen parts looked at by one tick.
const BATCH: u64 = 500;

/// The condition that a frozen part is due to be released; `$1` is now.
pub(crate) const WAITS: &str =
    "EXISTS (SELECT 1 FROM incentive_freeze WHERE state = 'FROZEN' AND release_at <= $1)";

/// Releases what waited for the day after its customer paid. Returns how many parts were released.
pub async fn release_due(store: &Store) -> Result<usize> {
    let sql = format!(
        "SELECT id FROM incentive_freeze WHERE state = 'FROZEN' AND release_at <= $1 ORDER BY partner_id, id LIMIT {BATCH}"
    );
    let mut released = 0;
    for row in query(store.db(), &sql, [store.clock.now().0.into()]).await? {
        let done = release(store, FreezeId(row.try_get_by_index(0)?)).await;
        released += usize::from(one_of_many(done, "a frozen part to release")? == Some(true));
    }
    Ok(released)
}

/// Frozen parts of which nothing is unpaid any more wait for the next day; those of which something is unpaid again
/// wait no longer.
pub async fn note_paid(store: &Store) -> Result<()> {
    let open = format!(
        "COALESCE((SELECT SUM(l.amount) FROM performance_line l WHERE l.customer_id = incentive_freeze.customer_id \
         AND l.month >= incentive_freeze.month AND l.origin_month = incentive_freeze.month AND l.bill_to_id = incentive_freeze.partner_id \
         AND l.mode = incentive_freeze.mode AND l.currency = incentive_freeze.currency AND l.reason = {}), 0)",
        Reason::Unpaid.code()
    );
    let calendar = Calendar::new(settings::zone(&settings::load(store.db()).await?)?, []);
    let tomorrow = calendar.ends_at(calendar.day_of(store.clock.now()));
    let sql = format!(
        "UPDATE incentive_freeze SET release_at = $1 WHERE state = 'FROZEN' AND release_at IS NULL AND {open} <= 0"
    );
    exec(store.db(), &sql, [tomorrow.0.into()]).await?;
    let sql = format!(
        "UPDATE incentive_freeze SET release_at = NULL WHERE state = 'FROZEN' AND release_at IS NOT NULL AND {open} > 0"
    );
    exec(store.db(), &sql, []).await?;
    Ok(())
}

/// Releases one part: what the customer paid of it. What went another way, e.g. to another partner, is not earned.
async fn release(store: &Store, id: FreezeId) -> Result<bool> {
    let tx = store.begin().await?;
    // What was posted must not change meanwhile.
    tx.lock_history(false).await?;
    let now = store.clock.now();
    let sql = tx.holding("SELECT * FROM incentive_freeze WHERE id = $1");
    let Some(row) = query_one(tx.orm(), &sql, [id.0.into()]).await? else { return Ok(false) };
    let freeze = incentive_freeze::Model::from_query_result(&row, "")?;
    if freeze.state != entity::FreezeState::Frozen || freeze.release_at.is_none_or(|at| at > now) {
        return Ok(false);
    }
    let months = months_from(&tx, freeze.month).await?;
    let last = months.last().copied().unwrap_or(freeze.month);
    if posted(&tx, &freeze, Reason::Unpaid, last).await? > 0 {
        return Ok(false);
    }
    let (paid, netting) = paid_later(&tx, &freeze).await?;
    let given_up = freeze.amount - freeze.remaining;
    let share = proportion(freeze.amount, paid, freeze.unpaid);
    let brought = already_billed(&tx, &freeze, netting).await?;
    let free = if brought { 0 } else { (share - given_up).clamp(0, freeze.remaining) };
    move_money(&tx, &freeze, free, now).await?;
    settle(&tx, store, &freeze, free, netting, now).await?;
    let context = Context::system("release");
    let detail = json!({ "freeze": id.to_string(), "releasedMicros": free });
    audit(&tx, store, &context, "incentiveRelease", &freeze.bill_id.to_string(), None, &detail, now).await?;
    crate::kernel::crash::point("freeze.release");
    tx.commit().await?;
    Ok(free > 0)
}

/// What the customer paid after the month was closed, in micros of consumption, and the month whose bill brings it.
async fn paid_later(tx: &Tx, freeze: &incentive_freeze::Model) -> Result<(i64, Option<Month>)> {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT), MAX(month) FROM performance_line WHERE customer_id = $1 \
         AND month > $2 AND bill_to_id = $3 AND origin_month = $2 AND mode = $4 AND currency = $5 AND reason = {}",
        Reason::Counted.code()
    );
    let values = [
        freeze.customer_id.0.into(),
        freeze.month.0.into(),
        freeze.partner_id.0.into(),
        freeze.mode.code().into(),
        freeze.currency.into(),
    ];
    let Some(row) = query_one(tx.orm(), &sql, values).await? else { return Ok((0, None)) };
    Ok((row.try_get_by_index(0)?, row.try_get_by_index::<Option<i32>>(1)?.map(Month)))
}

/// `true` if the bill that corrects for it was issued already: it brought the money.
async fn already_billed(tx: &Tx, freeze: &incentive_freeze::Model, netting: Option<Month>) -> Result<bool> {
    let Some(netting) = netting else { return Ok(false) };
    let sql = "SELECT 1 FROM incentive_bill WHERE partner_id = $1 AND currency = $2 AND month >= $3 AND state = 'ISSUED' LIMIT 1";
    let values = [freeze.partner_id.0.into(), freeze.currency.into(), netting.0.into()];
    Ok(query_one(tx.orm(), sql, values).await?.is_some())
}

async fn move_money(tx: &Tx, freeze: &incentive_freeze::Model, free: i64, now: Timestamp) -> Result<()> {
    let currency = freeze.currency;
    let entry = |account, amount| Entry { account, currency, amount };
    let entries = vec![
        entry(LedgerAccount::Frozen, -freeze.remaining),
        entry(LedgerAccount::Payable, free),
        entry(LedgerAccount::Earned, freeze.remaining - free),
    ];
    let posting = Posting {
        partner_id: freeze.partner_id,
        kind: "FREEZE_ENDED",
        entity: freeze.bill_id.to_string(),
        entries,
    };
    post(tx, now, posting).await?;
    Ok(())
}

async fn settle(
    tx: &Tx,
    store: &Store,
    freeze: &incentive_freeze::Model,
    free: i64,
    netting: Option<Month>,
    now: Timestamp,
) -> Result<()> {
    if free == 0 {
        return keep(tx, freeze.id, 0, now).await;
    }
    let sql = "UPDATE incentive_freeze SET remaining = $1, state = 'RELEASED', released_at = $2, netting_month = $3 WHERE id = $4";
    let values = [free.into(), now.0.into(), netting.map(|m| m.0).into(), freeze.id.0.into()];
    exec(tx.orm(), sql, values).await?;
    let missing = || Error::Invariant(format!("{} is missing", freeze.bill_id));
    let bill = incentive_bill::Entity::find_by_id(freeze.bill_id).one(tx.orm()).await?.ok_or_else(missing)?;
    let window = terms::window(tx.orm(), &terms::load(tx.orm()).await?, now).await?;
    let new = NewEntitlement {
        kind: EntitlementKind::Released,
        mode: freeze.mode,
        amount: free,
        available_from: now,
        expires_at: Some(window.1),
    };
    entitle::insert(tx, store, &bill, &[new], now).await?;
    let detail = json!({ "amountMicros": free, "currency": freeze.currency.as_str(), "customer": freeze.customer_id.to_string() });
    let event = NewEvent {
        topic: EventTopic::IncentiveBill,
        kind: "UNFROZEN",
        entity: freeze.bill_id.to_string(),
        partner_id: Some(freeze.partner_id),
        detail,
    };
    emit(tx, store, now, event).await?;
    Ok(())
}
