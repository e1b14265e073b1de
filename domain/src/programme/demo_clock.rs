//! The settable clock of a demonstration: a row says by how much it is ahead of the machine's, and every process
//! on that database follows. Other databases have no such row, and their clock cannot be set.

use entity::Timestamp;

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query_one};
use crate::kernel::write::{Context, audit};

/// Makes the clock of this database settable: for demonstrations only.
pub async fn make_settable(store: &Store) -> Result<()> {
    let sql = "INSERT INTO demo_clock (id, offset_micros) VALUES (1, 0) ON CONFLICT (id) DO NOTHING";
    exec(store.db(), sql, []).await?;
    Ok(())
}

/// Puts the clock of this process where the row says. Says whether there is one.
pub async fn refresh(store: &Store) -> Result<bool> {
    let row = query_one(store.db(), "SELECT offset_micros FROM demo_clock WHERE id = 1", []).await?;
    let Some(row) = row else { return Ok(false) };
    store.clock.put_ahead(row.try_get_by_index(0)?);
    Ok(true)
}

/// Refuses a clock that cannot be set.
pub async fn require_settable(store: &Store) -> Result<()> {
    if refresh(store).await? { Ok(()) } else { Err(Refusal::new(Code::ClockNotSettable, "").into()) }
}

/// Moves the clock on to `to`, for every process; never back. The audit trail says so.
pub async fn move_to(store: &Store, context: &Context, to: Timestamp) -> Result<()> {
    let tx = store.begin().await?;
    let ahead = to.0.saturating_sub(store.clock.machine_now().0);
    let sql = "UPDATE demo_clock SET offset_micros = $1 WHERE id = 1 AND offset_micros < $1";
    exec(tx.orm(), sql, [ahead.into()]).await?;
    let detail = serde_json::json!({ "to": to.to_rfc3339() });
    audit(&tx, store, context, "demoClock", "demo_clock", None, &detail, to).await?;
    tx.commit().await?;
    store.clock.put_ahead(ahead);
    Ok(())
}
