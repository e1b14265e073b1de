//! Posting: prepared batches become payments and lines, each everything or nothing in one transaction that is
//! fenced by the import's generation.

use entity::bill_import;
use sea_orm::DbErr;
use tokio::task::JoinHandle;

use super::fill::Batches;
use super::prepare::{Basis, Prepared, Preparer, Rows};
use super::tally::Tally;
use crate::kernel::bulk::Bulk;
use crate::kernel::error::{Error, Result};
use crate::kernel::raw::{is_deadlock, is_there_already};
use crate::kernel::store::Store;

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
) -> Result<()> {
    let mut bulk = Bulk::open(store).await?;
    let mut ahead = prepare(Preparer::open(store, import.id, batches, tally).await?);
    let mut meetings = 0;
    loop {
        store.stopping.check()?;
        let (preparer, prepared) = ahead.await.map_err(ended)?;
        let Some(prepared) = prepared? else { return Ok(()) };
        ahead = prepare(preparer);
        crate::kernel::crash::point("import.batch");
        let Prepared { batch, basis, before, after, rows } = prepared;
        if write(store, &mut bulk, &basis, rows, &after).await? {
            progress(&after);
            meetings = 0;
            continue;
        }
        meetings += 1;
        if meetings > MEETINGS {
            return Err(Error::Unavailable(DbErr::Custom("others change the same rows all the time".into())));
        }
        let (mut preparer, following) = ahead.await.map_err(ended)?;
        let stale = Prepared { batch, basis, before, after, rows: Rows::default() };
        preparer.take_back(std::iter::once(stale).chain(following?));
        ahead = prepare(preparer);
    }
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
async fn write(store: &Store, bulk: &mut Bulk, basis: &Basis, rows: Rows, after: &Tally) -> Result<bool> {
    bulk.begin().await?;
    let written = if Basis::now(store).await? == *basis {
        write_rows(bulk, rows).await.map(|()| true)
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

async fn write_rows(bulk: &mut Bulk, mut rows: Rows) -> Result<()> {
    bulk.write(rows.payments).await?;
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
    Ok(())
}
