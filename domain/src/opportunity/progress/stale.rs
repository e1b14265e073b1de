//! Effect of a deadline for progress that passed: the opportunity is marked, and both sides are told. Nothing
//! is lost by itself.

use entity::{OpportunityOperation, Timestamp};

use crate::kernel::error::Result;
use crate::kernel::event::emit_all;
use crate::kernel::store::{Store, Tx, exec, placeholders_behind};
use crate::opportunity::{review::late, state::machine, state::trail};

/// The kind of event when no progress was told for too long.
pub const STALE: &str = "STALE";

/// Marks the opportunities of deadlines that passed, and tells. They stand where they stood.
pub async fn mark(tx: &Tx, store: &Store, now: Timestamp, entities: &[String]) -> Result<()> {
    let mut rows = late::hold_all(tx, entities).await?;
    rows.retain(|row| machine::owes_progress(row.state) && !row.stale);
    if rows.is_empty() {
        return Ok(());
    }
    let list = placeholders_behind(1, rows.len());
    let sql = format!("UPDATE opportunity SET stale = $1, version = version + 1 WHERE id IN {list}");
    let ids = rows.iter().map(|row| row.id.0.into());
    exec(tx.orm(), &sql, std::iter::once(true.into()).chain(ids)).await?;
    let what = (OpportunityOperation::Progress, None);
    let events: Vec<_> = rows.iter().map(|row| trail::event(row, Some(row.state), STALE, what)).collect();
    emit_all(tx, store, now, &events).await
}
