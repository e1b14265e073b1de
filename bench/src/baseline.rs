//! What the database does by itself with the same rows.

use std::time::{Duration, Instant};

use anyhow::Result;
use domain::Store;
use domain::store::{exec, query};
use sea_orm::{ConnectionTrait, DbBackend};

/// The payments written once more, in one transaction, by the database itself, with the same primary key.
pub(crate) async fn inserts(store: &Store) -> Result<Duration> {
    let create = match store.backend() {
        DbBackend::Postgres => "CREATE TABLE bare (LIKE consumption_payment INCLUDING INDEXES)".to_owned(),
        _ => {
            let sql = "SELECT sql FROM sqlite_master WHERE name = 'consumption_payment'";
            let row = query(store.db(), sql, []).await?;
            row[0].try_get_by_index::<String>(0)?.replacen("consumption_payment", "bare", 1)
        }
    };
    store.db().execute_unprepared(&create).await?;
    let begun = Instant::now();
    // The order of the file, not of the key: the baseline must not be helped by a sorted source.
    exec(store.db(), "INSERT INTO bare SELECT * FROM consumption_payment ORDER BY import_id, line_no", [])
        .await?;
    let took = begun.elapsed();
    store.db().execute_unprepared("DROP TABLE bare").await?;
    Ok(took)
}

/// The one-statement as-of aggregation to partner grain.
pub(crate) async fn as_of(store: &Store) -> Result<Duration> {
    let begun = Instant::now();
    let sql = "SELECT s.partner_id, s.mode, p.product_id, p.currency, CAST(SUM(p.cash) AS BIGINT), COUNT(*) \
               FROM consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
               JOIN association s ON s.customer_id = a.customer_id AND p.consumed_at >= s.valid_from AND p.consumed_at < s.valid_to \
               WHERE p.month = 202609 GROUP BY s.partner_id, s.mode, p.product_id, p.currency";
    let rows = query(store.db(), sql, []).await?;
    anyhow::ensure!(!rows.is_empty(), "nothing aggregated");
    Ok(begun.elapsed())
}
