//! The last step: the books must balance, then the month moves on.

use entity::{MonthState, RunKind, settlement_run, settlement_shard};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::run::{Claim, fence};
use super::sums::digest_of_shards;
use crate::kernel::crash;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, exec, query};
use crate::performance::partner_sum;
use crate::programme::month;

/// Proves that every counted amount is billed or set aside, and ends the run.
pub async fn close(store: &Store, claim: Claim, run: &settlement_run::Model) -> Result<()> {
    let now = store.clock.now();
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    if run.kind == RunKind::Final {
        prove(&tx, run).await?;
    }
    // Estimated bills without performance are not bills.
    let sql = "DELETE FROM incentive_bill WHERE month = $1 AND state = 'ESTIMATED' AND NOT EXISTS \
               (SELECT 1 FROM incentive_bill_line l WHERE l.bill_id = incentive_bill.id)";
    exec(tx.orm(), sql, [run.month.0.into()]).await?;
    let digest = shards_digest(&tx, run).await?;
    let state = match run.kind {
        RunKind::Estimate => MonthState::Estimated,
        RunKind::Draft => MonthState::Draft,
        RunKind::Final => MonthState::Final,
    };
    month::advance(tx.orm(), run.month, state).await?;
    if run.kind == RunKind::Final {
        let sql = "UPDATE settlement_month SET lines_digest = $1, finalised_at = COALESCE(finalised_at, $2) WHERE month = $3";
        exec(tx.orm(), sql, [digest.as_str().into(), now.0.into(), run.month.0.into()]).await?;
    }
    exec(
        tx.orm(),
        "UPDATE settlement_run SET state = 'SUCCEEDED', input_digest = $1, steps_done = steps_total, \
         finished_at = $2, lease_until = 0, error_code = NULL, error_detail = NULL WHERE id = $3",
        [digest.into(), now.0.into(), run.id.0.into()],
    )
    .await?;
    crash::point("settle.close");
    tx.commit().await
}

/// Counted sums of the month = basis of its bills + what stands for partners set aside, per currency.
async fn prove(tx: &Tx, run: &settlement_run::Model) -> Result<()> {
    let source = partner_sum::source(tx.orm(), run.month).await?;
    let sql = format!(
        "SELECT currency, CAST(SUM(counted) AS BIGINT), CAST(SUM(billed) AS BIGINT) FROM ( \
         SELECT currency, amount AS counted, 0 AS billed FROM {source} \
         WHERE month = $1 AND reason = 0 AND bill_to_id NOT IN \
         (SELECT q.partner_id FROM settlement_quarantine q WHERE q.run_id = $2) \
         UNION ALL SELECT currency, 0, basis FROM incentive_bill WHERE month = $1) totals \
         GROUP BY currency ORDER BY currency"
    );
    for row in query(tx.orm(), &sql, [run.month.0.into(), run.id.0.into()]).await? {
        let (currency, counted, billed): (String, i64, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if counted != billed {
            let detail = format!("{currency}: {counted} micros counted, {billed} billed");
            return Err(Error::Invariant(format!("control totals differ: {detail}")));
        }
    }
    Ok(())
}

/// One digest over the digests of the shards.
async fn shards_digest(tx: &Tx, run: &settlement_run::Model) -> Result<String> {
    let shards = settlement_shard::Entity::find()
        .filter(settlement_shard::Column::RunId.eq(run.id))
        .order_by_asc(settlement_shard::Column::Shard)
        .all(tx.orm())
        .await?;
    Ok(digest_of_shards(shards.iter().map(|shard| shard.digest.as_deref().unwrap_or_default())))
}
