//! Posting: prepared batches become payments and lines, each everything or nothing in one transaction that is
//! fenced by the import's generation.

use std::collections::BTreeSet;

use entity::{CloudAccountId, ImportMode, Month, Timestamp, bill_import};
use sea_orm::DbErr;
use tokio::task::JoinHandle;

use super::entry::Entry;
use super::fill::Batches;
use super::prepare::Preparer;
use super::prepared::{Basis, Prepared, Rows};
use super::tally::Tally;
use crate::kernel::bulk::Bulk;
use crate::kernel::error::{Error, Result};
use crate::kernel::raw::{is_deadlock, is_there_already};
use crate::kernel::store::Store;
use crate::performance::credit_sql::mark;

/// Times that a batch is prepared again because another import brought the same rows meanwhile, or history
/// changed. Each time somebody else got on.
const MEETINGS: usize = 64;

/// The preparer, at work on the batch ahead.
type Ahead = JoinHandle<(Preparer, Result<Option<Prepared>>)>;

/// Posts every batch; `progress` is called after each with the tally.
pub async fn post(
    store: &Store,
    import: &bill_import::Model,
    batches: Batches,
    tally: Tally,
    mut progress: impl FnMut(&Tally),
) -> Result<BTreeSet<Month>> {
    let mut bulk = Bulk::open(store).await?;
    let mut ahead = prepare(Preparer::open(store, import, batches, tally).await?);
    let (mut meetings, mut tried, mut months) = (0, None, BTreeSet::new());
    loop {
        store.stopping.check()?;
        let (preparer, prepared) = ahead.await.map_err(ended)?;
        let Some(prepared) = prepared? else {
            told(store, &mut bulk, tried).await?;
            return Ok(months);
        };
        ahead = prepare(preparer);
        crate::kernel::crash::point("import.batch");
        let Prepared { batch, ends, basis, before, after, rows } = prepared;
        if import.mode == ImportMode::ReplaceDry {
            progress(&after);
            tried = Some(after);
            continue;
        }
        let span = span(&batch);
        if write(store, &mut bulk, &basis, rows, span, &after).await? {
            months.extend(batch.iter().map(|entry| entry.place.month));
            progress(&after);
            meetings = 0;
            continue;
        }
        meetings += 1;
        if meetings > MEETINGS {
            return Err(Error::Unavailable(DbErr::Custom("others change the same rows all the time".into())));
        }
        let (mut preparer, following) = ahead.await.map_err(ended)?;
        let stale = Prepared { batch, ends, basis, before, after, rows: Rows::default() };
        preparer.take_back(std::iter::once(stale).chain(following?));
        ahead = prepare(preparer);
    }
}

/// Writes down what a dry import would have come to.
async fn told(store: &Store, bulk: &mut Bulk, tried: Option<Tally>) -> Result<()> {
    let Some(tally) = tried else { return Ok(()) };
    bulk.begin().await?;
    tally.checkpoint(bulk, store.clock.now()).await?;
    bulk.commit().await
}

fn prepare(mut preparer: Preparer) -> Ahead {
    tokio::spawn(async move {
        let prepared = preparer.next().await;
        (preparer, prepared)
    })
}

fn ended(error: tokio::task::JoinError) -> Error {
    Error::Invariant(format!("preparing ended early: {error}"))
}

/// One transaction. `false` if what the batch rests on has changed: nothing was written.
async fn write(
    store: &Store,
    bulk: &mut Bulk,
    basis: &Basis,
    rows: Rows,
    span: Option<Span>,
    after: &Tally,
) -> Result<bool> {
    bulk.begin().await?;
    let written = if Basis::now(store).await? == *basis {
        write_rows(bulk, rows, span, store.clock.now()).await.map(|()| true)
    } else {
        Ok(false)
    };
    match written {
        Ok(true) => {}
        Ok(false) => return bulk.rollback().await.map(|()| false),
        // Another import brought the same rows meanwhile: the database lets one of them in.
        Err(error) if is_there_already(&error) || is_deadlock(&error) => {
            return bulk.rollback().await.map(|()| false);
        }
        Err(error) => return Err(error),
    }
    after.checkpoint(bulk, store.clock.now()).await?;
    crate::kernel::crash::point("import.checkpoint");
    bulk.commit().await?;
    Ok(true)
}

/// The first and the last account and month of a batch.
type Span = ((Month, CloudAccountId), (Month, CloudAccountId));

fn span(batch: &[Entry]) -> Option<Span> {
    let at = |entry: &Entry| (entry.place.month, entry.place.account);
    Some((at(batch.first()?), at(batch.last()?)))
}

async fn write_rows(bulk: &mut Bulk, mut rows: Rows, span: Option<Span>, now: Timestamp) -> Result<()> {
    bulk.write(rows.payments).await?;
    bulk.write(rows.backs).await?;
    bulk.write(rows.new_lines).await?;
    bulk.write(rows.lines).await?;
    let (sent, months) =
        (rows.sums.len() as u64, rows.sums.iter().map(|row| row.0.key.month).collect::<Vec<_>>());
    if bulk.write(rows.sums).await? < sent {
        // A sum is too large to be added to.
        rows.stale.extend(months);
    }
    for month in rows.stale {
        let sql = "INSERT INTO partner_sum_stale (month) VALUES";
        bulk.execute(format!("{sql} ({}) ON CONFLICT DO NOTHING", month.0)).await?;
    }
    bulk.write(rows.unmatched).await?;
    bulk.write(rows.invoices).await?;
    if let Some((from, to)) = span {
        bulk.execute(mark(from, to, now)).await?;
    }
    Ok(())
}
