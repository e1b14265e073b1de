//! One shard: sum the lines of its partners, price them, write their bills. A partner that cannot be billed
//! is set aside with the reason; the others are billed.

use std::collections::BTreeMap;

use entity::{Currency, PartnerId, RunKind, ShardState, settlement_run, settlement_shard};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::pricer;
use super::run::{Claim, fence};
use super::sums::{Catalogue, LineTotal, digest, line_totals};
use super::write_bill::{BillTerms, NewBill, write_bills};
use crate::crash;
use crate::error::{Error, Result};
use crate::store::{Store, Tx, exec};

/// Tries of a shard before it is set aside.
pub const SHARD_ATTEMPTS: i32 = 3;

/// Does the next waiting shard, or moves the run on when none is left.
pub async fn next_shard(store: &Store, claim: Claim, run: &settlement_run::Model) -> Result<()> {
    let shard = settlement_shard::Entity::find()
        .filter(settlement_shard::Column::RunId.eq(run.id))
        .filter(settlement_shard::Column::State.eq(ShardState::Pending))
        .order_by_asc(settlement_shard::Column::Shard)
        .one(store.db())
        .await?;
    let Some(shard) = shard else { return end_phase(store, claim, run).await };
    if !begin_attempt(store, claim, &shard).await? {
        return Ok(());
    }
    match bill_shard(store, claim, run, &shard).await {
        Err(error @ (Error::Invariant(_) | Error::Database(_))) if shard.attempts + 1 >= SHARD_ATTEMPTS => {
            set_aside(store, claim, &shard, &error).await
        }
        Err(Error::Invariant(_) | Error::Database(_)) => Ok(()),
        other => other,
    }
}

/// Counts the attempt before the work, so that a shard that kills its worker is set aside too: `false` then.
async fn begin_attempt(store: &Store, claim: Claim, shard: &settlement_shard::Model) -> Result<bool> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    if shard.attempts >= SHARD_ATTEMPTS {
        drop(tx);
        let error = Error::Invariant("its worker ended without a word, several times".into());
        set_aside(store, claim, shard, &error).await?;
        return Ok(false);
    }
    let sql = "UPDATE settlement_shard SET attempts = attempts + 1 WHERE run_id = $1 AND shard = $2";
    exec(tx.orm(), sql, [shard.run_id.0.into(), shard.shard.into()]).await?;
    tx.commit().await?;
    crash::point("settle.attempt");
    Ok(true)
}

async fn set_aside(
    store: &Store,
    claim: Claim,
    shard: &settlement_shard::Model,
    error: &Error,
) -> Result<()> {
    tracing::error!(run = %claim.id, shard = shard.shard, %error, "a shard is set aside");
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    let sql = "UPDATE settlement_shard SET state = 'QUARANTINED', error_code = 'SHARD_FAILED', error_detail = $1 \
               WHERE run_id = $2 AND shard = $3";
    exec(tx.orm(), sql, [error.to_string().into(), shard.run_id.0.into(), shard.shard.into()]).await?;
    tx.commit().await
}

async fn bill_shard(
    store: &Store,
    claim: Claim,
    run: &settlement_run::Model,
    shard: &settlement_shard::Model,
) -> Result<()> {
    let now = store.clock.now();
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    let catalogue = Catalogue::load(tx.orm()).await?;
    let totals = line_totals(tx.orm(), run.month, shard.from_id.0, shard.to_id.0).await?;
    let terms = BillTerms::of(tx.orm(), run, now).await?;
    let mut bills = Bills { tx: &tx, catalogue: &catalogue, run, ready: Vec::new() };
    let mut by_partner: BTreeMap<PartnerId, BTreeMap<Currency, Vec<&LineTotal>>> = BTreeMap::new();
    for total in totals.iter().filter(|t| t.counts()) {
        by_partner.entry(total.bill_to_id).or_default().entry(total.currency).or_default().push(total);
    }
    clear(&tx, run, shard).await?;
    for (partner, by_currency) in &by_partner {
        bills.bill(*partner, by_currency).await?;
    }
    let written = write_bills(store, &tx, run, &terms, &bills.ready).await?;
    let written = i64::try_from(written).unwrap_or(i64::MAX);
    let lines: i64 = totals.iter().map(|t| t.lines).sum();
    exec(
        tx.orm(),
        "UPDATE settlement_shard SET state = 'DONE', lines = $1, digest = $2 WHERE run_id = $3 AND shard = $4",
        [lines.into(), digest(&totals).into(), run.id.0.into(), shard.shard.into()],
    )
    .await?;
    exec(
        tx.orm(),
        "UPDATE settlement_run SET steps_done = steps_done + 1, lines = lines + $1, bills = bills + $2 WHERE id = $3",
        [lines.into(), written.into(), run.id.0.into()],
    )
    .await?;
    crash::point("settle.bill");
    tx.commit().await
}

/// What an earlier attempt or run of this month wrote for these partners and may be written again: estimated
/// bills, and quarantine of this run. Confirmed or formal bills stay.
async fn clear(tx: &Tx, run: &settlement_run::Model, shard: &settlement_shard::Model) -> Result<()> {
    let range = "partner_id > $2 AND partner_id <= $3";
    let values = || [run.month.0.into(), shard.from_id.0.into(), shard.to_id.0.into()];
    exec(
        tx.orm(),
        &format!(
            "DELETE FROM incentive_bill_line WHERE bill_id IN \
             (SELECT id FROM incentive_bill WHERE month = $1 AND {range} AND state = 'ESTIMATED')"
        ),
        values(),
    )
    .await?;
    let values = [run.id.0.into(), shard.from_id.0.into(), shard.to_id.0.into()];
    exec(tx.orm(), &format!("DELETE FROM settlement_quarantine WHERE run_id = $1 AND {range}"), values)
        .await?;
    // An estimated bill whose performance is gone would otherwise stay.
    let sql = format!(
        "UPDATE incentive_bill SET basis = 0, amount = 0 WHERE month = $1 AND {range} AND state = 'ESTIMATED'"
    );
    exec(tx.orm(), &sql, [run.month.0.into(), shard.from_id.0.into(), shard.to_id.0.into()]).await?;
    Ok(())
}

struct Bills<'a> {
    tx: &'a Tx,
    catalogue: &'a Catalogue,
    run: &'a settlement_run::Model,
    ready: Vec<NewBill>,
}

impl Bills<'_> {
    /// Bills a partner in every currency, or sets it aside altogether.
    async fn bill(
        &mut self,
        partner: PartnerId,
        by_currency: &BTreeMap<Currency, Vec<&LineTotal>>,
    ) -> Result<()> {
        if self.catalogue.is_reseller(partner) {
            let detail = "a reseller is billed through its distributor, and had none when this was consumed";
            return self.quarantine(partner, "RESELLER_WITHOUT_DISTRIBUTOR", detail).await;
        }
        let mut priced = Vec::with_capacity(by_currency.len());
        for (currency, totals) in by_currency {
            let Some(bill) =
                pricer::price(self.tx.orm(), self.catalogue, self.run.month, partner, *currency, totals)
                    .await?
            else {
                let detail =
                    format!("the performance or incentive in {currency} does not fit 64 bits of micros");
                return self.quarantine(partner, "OVERFLOW", &detail).await;
            };
            priced.push(NewBill { partner, currency: *currency, priced: bill });
        }
        self.ready.extend(priced);
        Ok(())
    }

    async fn quarantine(&self, partner: PartnerId, code: &str, detail: &str) -> Result<()> {
        let sql = "INSERT INTO settlement_quarantine (run_id, partner_id, code, detail) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        let values = [self.run.id.0.into(), partner.0.into(), code.into(), detail.into()];
        exec(self.tx.orm(), sql, values).await?;
        Ok(())
    }
}

/// Every shard is done or set aside: on to the end, unless a final run would leave a shard out.
async fn end_phase(store: &Store, claim: Claim, run: &settlement_run::Model) -> Result<()> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    let shards = settlement_shard::Entity::find()
        .filter(settlement_shard::Column::RunId.eq(run.id))
        .filter(settlement_shard::Column::State.eq(ShardState::Quarantined))
        .all(tx.orm())
        .await?;
    if run.kind == RunKind::Final && !shards.is_empty() {
        drop(tx);
        let detail = format!("{} shards failed; mend the cause and resume the run", shards.len());
        return Err(Error::Invariant(detail));
    }
    let sql = "UPDATE settlement_run SET phase = 'CLOSE', quarantined = $1 + CAST((SELECT COUNT(*) FROM settlement_quarantine q \
               WHERE q.run_id = settlement_run.id) AS INTEGER) WHERE id = $2";
    let set_aside = i32::try_from(shards.len()).unwrap_or(i32::MAX);
    exec(tx.orm(), sql, [set_aside.into(), run.id.0.into()]).await?;
    crash::point("settle.billed");
    tx.commit().await
}
