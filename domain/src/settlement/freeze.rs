//! The first step: lines made true, the month frozen if the run is final, the work cut into shards.

use entity::{RunKind, settlement_run};
use sea_orm::{ConnectionTrait, Value};

use super::checklist::{from_text, refuse_blocked};
use super::importing::give_up_silent;
use super::run::{Claim, fence};
use super::start::may_start;
use crate::kernel::crash;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, exec, insert_rows, query, query_one};
use crate::performance::partner_sum;
use crate::performance::partner_sum_rebuild::rebuild;
use crate::performance::recompute::recompute_some;
use crate::programme::month;

/// Partners of one shard at least: less is not worth a transaction.
pub const SHARD_PARTNERS: usize = 128;
/// Partners of one shard at most: their bills are a transaction of a few hundred milliseconds, far less than
/// the lease, and little work to do again.
pub const SHARD_PARTNERS_AT_MOST: usize = 512;
/// Shards that a programme is cut into as long as these bounds allow.
const SHARDS: usize = 4;

/// Recomputes what is dirty, then freezes.
pub async fn freeze(store: &Store, claim: Claim, run: &settlement_run::Model) -> Result<()> {
    while dirty_waits(store.db()).await? && recompute_some(store).await? > 0 {
        renew(store, claim).await?;
    }
    let mut held = true;
    if partner_sum::is_stale(store.db(), run.month).await? {
        held = rebuild(store, run.month).await?;
        renew(store, claim).await?;
    }
    let now = store.clock.now();
    let tx = store.begin().await?;
    // Nothing is taken in between the look at dirty customers and the end of this transaction.
    tx.lock_history(true).await?;
    fence(store, &tx, claim).await?;
    // An estimate goes on without kept sums: its shards sum the lines then.
    let stale = run.kind == RunKind::Final && held && partner_sum::is_stale(tx.orm(), run.month).await?;
    if stale || dirty_waits(tx.orm()).await? {
        // A change slipped in: the phase stays, the next turn works it in.
        return tx.commit().await;
    }
    let row = month::ensure(tx.orm(), run.month).await?;
    may_start(tx.orm(), &row, run.kind, now).await?;
    if run.kind == RunKind::Final {
        refuse_blocked(tx.orm(), &row, &from_text(&run.acknowledged), now).await?;
        let sql = "UPDATE settlement_month SET closed = $1, version = version + 1 WHERE month = $2";
        exec(tx.orm(), sql, [true.into(), run.month.0.into()]).await?;
        give_up_silent(tx.orm(), now).await?;
    }
    let shards = cut(tx.orm()).await?;
    let values = (0_i16..).zip(&shards).flat_map(|(shard, (from, to))| {
        [
            Value::from(run.id.0),
            shard.into(),
            (*from).into(),
            (*to).into(),
            "PENDING".into(),
            0.into(),
            0_i64.into(),
        ]
    });
    let head = "INSERT INTO settlement_shard (run_id, shard, from_id, to_id, state, attempts, lines)";
    insert_rows(tx.orm(), head, 7, values.collect(), "").await?;
    let steps = i32::try_from(shards.len() + 2).map_err(|_| Error::Invariant("too many shards".into()))?;
    exec(
        tx.orm(),
        "UPDATE settlement_run SET phase = 'BILL', cut_off = $1, steps_total = $2, steps_done = 1 WHERE id = $3",
        [now.0.into(), steps.into(), run.id.0.into()],
    )
    .await?;
    crash::point("settle.freeze");
    tx.commit().await
}

async fn dirty_waits<C: ConnectionTrait>(connection: &C) -> Result<bool> {
    Ok(query_one(connection, "SELECT 1 FROM dirty_customer LIMIT 1", []).await?.is_some())
}

/// Keeps the lease between two transactions that are not the run's own.
async fn renew(store: &Store, claim: Claim) -> Result<()> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    tx.commit().await
}

/// Cuts all partners, and nobody (id 0), into ranges of ids: after `from`, up to `to`.
async fn cut<C: ConnectionTrait>(connection: &C) -> Result<Vec<(i64, i64)>> {
    let rows = query(connection, "SELECT id FROM partner ORDER BY id", []).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let mut shards = vec![(-1, 0)];
    for chunk in ids.chunks(shard_size(ids.len())) {
        let from = shards.last().map_or(0, |(_, to)| *to);
        shards.push((from, chunk.last().copied().unwrap_or(from)));
    }
    Ok(shards)
}

/// Partners of a shard when there are `partners`. PURE.
fn shard_size(partners: usize) -> usize {
    partners.div_ceil(SHARDS).clamp(SHARD_PARTNERS, SHARD_PARTNERS_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_few_but_neither_tiny_nor_long() {
        for (partners, size) in [(0, 128), (129, 128), (512, 128), (2_000, 500), (3_000, 512), (100_000, 512)]
        {
            assert_eq!(shard_size(partners), size, "{partners} partners");
        }
    }
}
