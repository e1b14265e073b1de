//! How many rows the long lists have, without counting them: triggers keep the numbers (`migration/src/first/customer.rs`).

use sea_orm::DbBackend;

use crate::kernel::error::Result;
use crate::kernel::store::{Store, exec, query_one};

/// Tables whose rows are counted as they come and go.
const KEPT: [&str; 3] = ["customer", "cloud_account", "association"];
/// Differences that are read before they are folded into one: reading them takes less than a single look into a table.
const FOLD_AT: i64 = 200;

/// The rows of `table`; none if nobody keeps their number.
pub(super) async fn of(store: &Store, table: &str) -> Result<Option<i64>> {
    if !KEPT.contains(&table) {
        return Ok(None);
    }
    let sql = "SELECT CAST(COALESCE(SUM(difference), 0) AS BIGINT), COUNT(*) FROM list_total WHERE list = $1";
    let Some(row) = query_one(store.db(), sql, [table.into()]).await? else { return Ok(None) };
    if row.try_get_by_index::<i64>(1)? > FOLD_AT {
        fold(store, table).await;
    }
    Ok(Some(row.try_get_by_index(0)?))
}

/// Makes one of many differences. Two that fold at once share them: each row is deleted by one of them only.
async fn fold(store: &Store, table: &str) {
    if store.backend() != DbBackend::Postgres {
        return;
    }
    let sql = "WITH folded AS (DELETE FROM list_total WHERE list = $1 RETURNING difference) \
               INSERT INTO list_total SELECT $1, SUM(difference) FROM folded HAVING COUNT(*) > 0";
    if let Err(error) = exec(store.db(), sql, [table.into()]).await {
        // The sum is right without it; the next one who counts tries again.
        tracing::debug!(%error, table, "differences of a list were not folded");
    }
}
