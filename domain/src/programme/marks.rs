//! Marks that a change of the programme leaves for whoever counts: caches that are stale, customers that must
//! be computed anew.

use entity::{CustomerId, Timestamp};
use sea_orm::ConnectionTrait;

use crate::kernel::error::Result;
use crate::kernel::store::{exec, query_one};

/// Says that history changed: caches of it are stale from the commit on. Needs the exclusive history lock.
pub async fn bump<C: ConnectionTrait>(connection: &C) -> Result<()> {
    let sql =
        "UPDATE programme SET history_version = history_version + 1 WHERE id = 1 RETURNING history_version";
    query_one(connection, sql, []).await?;
    Ok(())
}

/// Marks every month that holds something `customer` consumed from `from` on as dirty, whatever its cycle: who owns a
/// payment is decided by when it was consumed, and a bill may name a cycle before or after that.
pub async fn mark_dirty<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    from: Timestamp,
    now: Timestamp,
) -> Result<()> {
    // For an EXISTS, PostgreSQL would read all payments of all months; a value it looks up, account by account.
    exec(
        connection,
        "INSERT INTO dirty_customer (customer_id, month, marked_at) \
         SELECT a.customer_id, m.month, $3 FROM settlement_month m \
         JOIN cloud_account a ON a.customer_id = $1 \
         WHERE (SELECT 1 FROM consumption_payment p WHERE p.month = m.month AND p.account_id = a.id \
         AND p.consumed_at >= $2 LIMIT 1) = 1 GROUP BY a.customer_id, m.month ON CONFLICT DO NOTHING",
        [customer.0.into(), from.0.into(), now.0.into()],
    )
    .await?;
    Ok(())
}

/// Marks what every customer consumed since it came from another partner at `from` or later.
pub async fn mark_rebound<C: ConnectionTrait>(connection: &C, from: Timestamp, now: Timestamp) -> Result<()> {
    exec(
        connection,
        "INSERT INTO dirty_customer (customer_id, month, marked_at) \
         SELECT a.customer_id, m.month, $2 FROM settlement_month m CROSS JOIN (SELECT s.customer_id, \
         MIN(s.valid_from) AS since FROM association s JOIN association b ON b.customer_id = s.customer_id \
         AND b.valid_from < s.valid_from WHERE s.valid_from >= $1 GROUP BY s.customer_id) r \
         JOIN cloud_account a ON a.customer_id = r.customer_id \
         WHERE (SELECT 1 FROM consumption_payment p WHERE p.month = m.month AND p.account_id = a.id \
         AND p.consumed_at >= r.since LIMIT 1) = 1 GROUP BY a.customer_id, m.month ON CONFLICT DO NOTHING",
        [from.0.into(), now.0.into()],
    )
    .await?;
    Ok(())
}
