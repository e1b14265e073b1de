//! The sums of a month built anew from its lines.

use entity::Month;
use rusqlite::{Connection, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use sea_orm::DbBackend;

use crate::kernel::crash;
use crate::kernel::error::{Error, Result};
use crate::kernel::raw;
use crate::kernel::store::{Store, exec};

/// What of the lines' columns a sum is about, and its sums.
const SELECTED: &str = "month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason";

/// Builds the sums of `month` anew and takes its stale mark away, in one transaction under the history lock,
/// alone. `false` if a sum does not fit 64 bits: the month stays marked, and is settled from its lines.
pub async fn rebuild(store: &Store, month: Month) -> Result<bool> {
    if store.backend() == DbBackend::Sqlite {
        rebuild_file(store, month).await
    } else {
        rebuild_server(store, month).await
    }
}

async fn rebuild_server(store: &Store, month: Month) -> Result<bool> {
    let tx = store.begin().await?;
    tx.lock_history(true).await?;
    exec(tx.orm(), "DELETE FROM partner_sum WHERE month = $1", [month.0.into()]).await?;
    let sql = format!(
        "INSERT INTO partner_sum ({SELECTED}, amount, payments) \
         SELECT {SELECTED}, CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) \
         FROM performance_line WHERE month = $1 GROUP BY {SELECTED}"
    );
    match exec(tx.orm(), &sql, [month.0.into()]).await {
        Err(Error::Database(error)) if error.to_string().contains("out of range") => {
            tx.rollback().await?;
            return Ok(false);
        }
        other => other?,
    };
    exec(tx.orm(), "DELETE FROM partner_sum_stale WHERE month = $1", [month.0.into()]).await?;
    before_commit();
    tx.commit().await?;
    Ok(true)
}

/// SQLite sorts all lines for such a GROUP BY: stepping through them in the order of their key sums one partner
/// after the other.
async fn rebuild_file(store: &Store, month: Month) -> Result<bool> {
    let gate = store.writer_gate().await?;
    let mut connection = raw::sqlite(store, false)?;
    let work = tokio::task::spawn_blocking(move || {
        let _gate = gate;
        step_through(&mut connection, month).map_err(raw::sqlite_error)
    });
    work.await.map_err(|error| Error::Invariant(format!("building sums ended early: {error}")))?
}

fn before_commit() {
    crash::point("sums.rebuild");
}

/// What of a sum is not its partners: origin month, mode, product, currency, reason.
type Rest = (i64, i64, i64, String, i64);
/// The sums of one partner: micros and payments.
type PartnerSums = FxHashMap<Rest, (i64, i64)>;

fn step_through(connection: &mut Connection, month: Month) -> rusqlite::Result<bool> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute("DELETE FROM partner_sum WHERE month = ?1", [month.0])?;
    if !for_each_partner(&tx, month, |partners, sums| write(&tx, month, partners, sums))? {
        tx.rollback()?;
        return Ok(false);
    }
    tx.execute("DELETE FROM partner_sum_stale WHERE month = ?1", [month.0])?;
    before_commit();
    tx.commit()?;
    Ok(true)
}

/// Sums the lines of `month` partner by partner, in their order: who is billed, whose performance it is.
/// `false`, and nothing more is summed, if a sum does not fit 64 bits.
fn for_each_partner(
    connection: &Connection,
    month: Month,
    mut each: impl FnMut((i64, i64), &PartnerSums) -> rusqlite::Result<()>,
) -> rusqlite::Result<bool> {
    let mut lines = connection.prepare(
        "SELECT bill_to_id, partner_id, origin_month, mode, product_id, currency, reason, amount, payments \
         FROM performance_line WHERE month = ?1 ORDER BY bill_to_id, partner_id",
    )?;
    let mut rows = lines.query([month.0])?;
    let mut partners: Option<(i64, i64)> = None;
    let mut sums = PartnerSums::default();
    while let Some(row) = rows.next()? {
        let of = (row.get(0)?, row.get(1)?);
        if let Some(before) = partners.filter(|before| *before != of) {
            each(before, &sums)?;
            sums.clear();
        }
        partners = Some(of);
        let rest = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
        let sum = sums.entry(rest).or_default();
        match (sum.0.checked_add(row.get(7)?), sum.1.checked_add(row.get(8)?)) {
            (Some(amount), Some(payments)) => *sum = (amount, payments),
            _ => return Ok(false),
        }
    }
    if let Some(last) = partners {
        each(last, &sums)?;
    }
    Ok(true)
}

/// Writes the sums of one partner in the order of their key.
fn write(
    connection: &Connection,
    month: Month,
    (bill_to, partner): (i64, i64),
    sums: &PartnerSums,
) -> rusqlite::Result<()> {
    let mut rows: Vec<_> = sums.iter().collect();
    rows.sort_unstable();
    let mut insert = connection.prepare_cached(
        "INSERT INTO partner_sum (month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason, \
         amount, payments) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for ((origin, mode, product, currency, reason), (amount, payments)) in rows {
        insert.execute(params![
            month.0, bill_to, partner, origin, mode, product, currency, reason, amount, payments
        ])?;
    }
    Ok(())
}
