//! One shard: sum the lines of its partners, price them, write their bills. A partner that cannot be billed
//! is set aside with the reason; the others are billed.

use entity::{Month, RunKind, ShardState, settlement_run, settlement_shard};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};

use super::catalogue::Catalogue;
use super::run::{Claim, fence};
use super::shard_price::{Aside, price_totals};
use super::sums::{LineTotal, digest, read_totals};
use super::write_bill::{BillTerms, write_bills};
use crate::kernel::crash;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query_one};
use crate::kernel::stream::Reader;

/// Tries of a shard before it is set aside.
pub const SHARD_ATTEMPTS: i32 = 3;

/// The estimated bills of a month for partners after `$2` up to `$3`.
const ESTIMATED: &str = "FROM incentive_bill WHERE month = $1 AND partner_id > $2 AND partner_id <= $3 \
    AND state = 'ESTIMATED'";

/// What a claim keeps between shards.
#[derive(Debug, Default)]
pub struct Desk {
    catalogue: Option<Catalogue>,
    terms: Option<BillTerms>,
    /// The shard whose attempt was counted when the one before it was done.
    counted: Option<i16>,
    /// Reads sums beside the transaction.
    reader: Option<Reader>,
}

/// Does the next waiting shard, or moves the run on when none is left.
pub async fn next_shard(
    store: &Store,
    claim: Claim,
    run: &settlement_run::Model,
    desk: &mut Desk,
) -> Result<()> {
    let waiting = settlement_shard::Entity::find()
        .filter(settlement_shard::Column::RunId.eq(run.id))
        .filter(settlement_shard::Column::State.eq(ShardState::Pending))
        .order_by_asc(settlement_shard::Column::Shard)
        .limit(2)
        .all(store.db())
        .await?;
    let Some(shard) = waiting.first() else { return end_phase(store, claim, run).await };
    let mut attempts = shard.attempts;
    if desk.counted.take() != Some(shard.shard) {
        if !begin_attempt(store, claim, shard).await? {
            return Ok(());
        }
        attempts += 1;
    }
    match bill_shard(store, claim, run, shard, waiting.get(1), desk).await {
        Err(error @ (Error::Invariant(_) | Error::Database(_))) if attempts >= SHARD_ATTEMPTS => {
            set_aside(store, claim, shard, &error).await
        }
        Err(Error::Invariant(_) | Error::Database(_)) => Ok(()),
        Err(error) if error.is_retryable() => {
            // The shard is not to blame. If this fails too, the attempt stays counted: no harm but after three.
            let _ = give_back(store, claim, shard, attempts - 1).await;
            Err(error)
        }
        other => other,
    }
}

/// Takes the count of an attempt back.
async fn give_back(
    store: &Store,
    claim: Claim,
    shard: &settlement_shard::Model,
    attempts: i32,
) -> Result<()> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    let sql =
        "UPDATE settlement_shard SET attempts = $1 WHERE run_id = $2 AND shard = $3 AND state = 'PENDING'";
    exec(tx.orm(), sql, [attempts.into(), shard.run_id.0.into(), shard.shard.into()]).await?;
    tx.commit().await
}

/// Counts the attempt before the work, so that a shard that kills its worker is set aside too: `false` then.
async fn begin_attempt(store: &Store, claim: Claim, shard: &settlement_shard::Model) -> Result<bool> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    if !count_attempt(&tx, shard).await? {
        drop(tx);
        let error = Error::Invariant("its worker ended without a word, several times".into());
        set_aside(store, claim, shard, &error).await?;
        return Ok(false);
    }
    crash::point("settle.attempt");
    tx.commit().await?;
    Ok(true)
}

/// `false` if the shard was tried as often as it may.
async fn count_attempt(tx: &Tx, shard: &settlement_shard::Model) -> Result<bool> {
    let sql = "UPDATE settlement_shard SET attempts = attempts + 1 \
               WHERE run_id = $1 AND shard = $2 AND state = 'PENDING' AND attempts < $3";
    let values = [shard.run_id.0.into(), shard.shard.into(), SHARD_ATTEMPTS.into()];
    Ok(exec(tx.orm(), sql, values).await?.rows_affected() > 0)
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

/// One transaction: the bills of a shard, and the attempt of the next one counted.
async fn bill_shard(
    store: &Store,
    claim: Claim,
    run: &settlement_run::Model,
    shard: &settlement_shard::Model,
    next: Option<&settlement_shard::Model>,
    desk: &mut Desk,
) -> Result<()> {
    let tx = store.begin().await?;
    fence(store, &tx, claim).await?;
    let range = (shard.from_id.0, shard.to_id.0);
    let totals = desk.totals(store, run.month, range).await?;
    let (catalogue, terms) = desk.ready(store, &tx, run).await?;
    let priced = price_totals(tx.orm(), catalogue, terms.bounds, run.month, range, totals).await?;
    let totals = &priced.totals;
    let estimated = clear(&tx, run, shard).await?;
    write_aside(&tx, run, &priced.aside).await?;
    let written = write_bills(store, &tx, run, &terms, &priced.bills).await?;
    if estimated {
        empty_others(&tx, run, shard).await?;
    }
    let written = i64::try_from(written).unwrap_or(i64::MAX);
    let lines = i64::try_from(totals.iter().filter(|t| !t.is_nothing()).count()).unwrap_or(i64::MAX);
    exec(
        tx.orm(),
        "UPDATE settlement_shard SET state = 'DONE', lines = $1, digest = $2 WHERE run_id = $3 AND shard = $4",
        [lines.into(), digest(totals).into(), run.id.0.into(), shard.shard.into()],
    )
    .await?;
    exec(
        tx.orm(),
        "UPDATE settlement_run SET steps_done = steps_done + 1, lines = lines + $1, bills = bills + $2 WHERE id = $3",
        [lines.into(), written.into(), run.id.0.into()],
    )
    .await?;
    let counted = match next {
        Some(next) if count_attempt(&tx, next).await? => Some(next.shard),
        _ => None,
    };
    crash::point("settle.bill");
    tx.commit().await?;
    desk.counted = counted;
    Ok(())
}

impl Desk {
    /// The sums of the partners after `from` up to `to`, as they stand now.
    async fn totals(
        &mut self,
        store: &Store,
        month: Month,
        (from, to): (i64, i64),
    ) -> Result<Vec<LineTotal>> {
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => Reader::take(store, None).await?,
        };
        let read = move |reader: &mut Reader| {
            reader.renew()?;
            read_totals(reader, month, from, to)
        };
        let (reader, totals) = reader.with(read).await?;
        self.reader = Some(reader);
        Ok(totals)
    }

    /// Catalogue and terms: read once, and the catalogue again when something in it changed.
    async fn ready(
        &mut self,
        store: &Store,
        tx: &Tx,
        run: &settlement_run::Model,
    ) -> Result<(&Catalogue, BillTerms)> {
        let current = match self.catalogue.take() {
            Some(catalogue) if catalogue.is_current(tx.orm()).await? => catalogue,
            _ => Catalogue::load(tx.orm()).await?,
        };
        let terms = match self.terms {
            Some(terms) => terms,
            None => BillTerms::of(tx.orm(), run, store.clock.now()).await?,
        };
        self.terms = Some(terms);
        Ok((self.catalogue.insert(current), terms))
    }
}

/// Takes away what an earlier attempt or run of this month wrote for these partners and may be written again: the lines
/// of estimated bills, and quarantine of this run. Confirmed or formal bills stay. `true` if there are estimated ones.
async fn clear(tx: &Tx, run: &settlement_run::Model, shard: &settlement_shard::Model) -> Result<bool> {
    let values = |first: i64| -> [Value; 3] { [first.into(), shard.from_id.0.into(), shard.to_id.0.into()] };
    let month = i64::from(run.month.0);
    let estimated =
        query_one(tx.orm(), &format!("SELECT 1 {ESTIMATED} LIMIT 1"), values(month)).await?.is_some();
    if estimated {
        let sql = format!("DELETE FROM incentive_bill_line WHERE bill_id IN (SELECT id {ESTIMATED})");
        exec(tx.orm(), &sql, values(month)).await?;
    }
    let sql = "DELETE FROM settlement_quarantine WHERE run_id = $1 AND partner_id > $2 AND partner_id <= $3";
    exec(tx.orm(), sql, values(run.id.0)).await?;
    Ok(estimated)
}

/// Estimated bills of these partners that were not written again have no performance any more.
async fn empty_others(tx: &Tx, run: &settlement_run::Model, shard: &settlement_shard::Model) -> Result<()> {
    let sql = "UPDATE incentive_bill SET basis = 0, amount = 0 WHERE month = $1 AND partner_id > $2 AND partner_id <= $3 \
               AND state = 'ESTIMATED' AND run_id <> $4";
    let values: [Value; 4] =
        [run.month.0.into(), shard.from_id.0.into(), shard.to_id.0.into(), run.id.0.into()];
    exec(tx.orm(), sql, values).await?;
    Ok(())
}

async fn write_aside(tx: &Tx, run: &settlement_run::Model, aside: &[Aside]) -> Result<()> {
    let values = aside.iter().flat_map(|aside| -> [Value; 4] {
        [run.id.0.into(), aside.partner.0.into(), aside.code.into(), aside.detail.as_str().into()]
    });
    let head = "INSERT INTO settlement_quarantine (run_id, partner_id, code, detail)";
    insert_rows(tx.orm(), head, 4, values.collect(), "ON CONFLICT DO NOTHING").await?;
    Ok(())
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
