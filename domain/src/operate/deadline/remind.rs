//! Reminders: an event, once, while there is still time.

use entity::{Timestamp, deadline};
use sea_orm::FromQueryResult;

use super::BATCH;
use super::tell::{REMINDER, tell};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx, exec, placeholders_behind, query, query_one};

/// Deadlines to be reminded of now. One that has passed meanwhile is not reminded of: it falls due.
pub(crate) const WAITING: &str = "closed_at IS NULL AND fell_due_at IS NULL AND reminded_at IS NULL AND remind_at IS NOT NULL \
                       AND remind_at <= $1 AND due_at > $1";

/// Gives every reminder that is due. Returns how many.
pub async fn remind(store: &Store) -> Result<usize> {
    let mut total = 0;
    while anything(store).await? {
        let tx = store.begin().await?;
        let now = store.clock.now();
        let rows = take(&tx, now).await?;
        if rows.is_empty() {
            // Others are at it.
            break;
        }
        let sql = format!(
            "UPDATE deadline SET reminded_at = $1 WHERE id IN {}",
            placeholders_behind(1, rows.len())
        );
        let keys = rows.iter().map(|row| row.id.0.into());
        exec(tx.orm(), &sql, std::iter::once(now.0.into()).chain(keys)).await?;
        tell(&tx, store, now, REMINDER, &rows).await?;
        crate::kernel::crash::point("deadline.remind");
        tx.commit().await?;
        total += rows.len();
    }
    Ok(total)
}

/// A look without a lock: nearly always there is nothing.
async fn anything(store: &Store) -> Result<bool> {
    let sql = format!("SELECT 1 FROM deadline WHERE {WAITING} LIMIT 1");
    Ok(query_one(store.db(), &sql, [store.clock.now().0.into()]).await?.is_some())
}

async fn take(tx: &Tx, now: Timestamp) -> Result<Vec<deadline::Model>> {
    let sql = format!("SELECT * FROM deadline WHERE {WAITING} ORDER BY remind_at, id LIMIT {BATCH}");
    let sql = tx.holding_free(&sql);
    let rows = query(tx.orm(), &sql, [now.0.into()]).await?;
    rows.iter().map(|row| Ok(deadline::Model::from_query_result(row, "")?)).collect()
}
