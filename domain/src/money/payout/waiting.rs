//! Messages of the gateway that came before what they tell of.

use entity::timestamp::DAY;

use super::callback::{read, settle};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query, query_one};

/// Messages applied in one tick; the next goes on.
const AT_ONCE: i64 = 100;
/// How long a message waits, in microseconds: longer than an outage of ours, and an order is asked for anyway.
pub(super) const WAITS_AT_MOST: i64 = 7 * DAY;

/// Messages about orders that were sent by now.
pub(super) const APPLICABLE: &str = "SELECT c.event_id FROM payout_callback c JOIN payout_order o ON o.idempotency_key = c.idempotency_key \
    WHERE c.outcome = 'WAITING' AND o.sent_at IS NOT NULL";

/// Applies what can be applied now and lets go of what waited too long.
pub(super) async fn apply(store: &Store) -> Result<()> {
    let sql = format!("{APPLICABLE} ORDER BY c.received_at, c.event_id LIMIT $1");
    for row in query(store.db(), &sql, [AT_ONCE.into()]).await? {
        apply_one(store, row.try_get_by_index(0)?).await?;
    }
    let before = store.clock.now().plus(-WAITS_AT_MOST);
    let sql = "SELECT 1 FROM payout_callback WHERE outcome = 'WAITING' AND received_at < $1 LIMIT 1";
    if query_one(store.db(), sql, [before.0.into()]).await?.is_some() {
        let sql = "UPDATE payout_callback SET outcome = 'IGNORED', detail = 'WAITED_TOO_LONG' \
                   WHERE outcome = 'WAITING' AND received_at < $1";
        exec(store.db(), sql, [before.0.into()]).await?;
    }
    Ok(())
}

async fn apply_one(store: &Store, event_id: String) -> Result<()> {
    let tx = store.begin().await?;
    let sql = tx.holding("SELECT body FROM payout_callback WHERE event_id = $1 AND outcome = 'WAITING'");
    let Some(row) = query_one(tx.orm(), &sql, [event_id.into()]).await? else { return Ok(()) };
    let callback = read(&row.try_get_by_index::<String>(0)?)?;
    settle(tx, store, store.clock.now(), &callback).await?;
    Ok(())
}
