//! Everything again from the facts: verification and full recomputation, by one process and by two; and what a few
//! late facts, or one association corrected in the past, cost instead.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::Store;
use domain::performance::recompute::{mark_all_dirty, recompute_all};
use domain::settlement::sums::{digest, line_totals};
use tests::db::Backend;

use crate::place::{Place, Places, close, open};
use crate::rebuild::{as_of, correct_one, raw_pass, workers};
use crate::setting::{MONTH, median_time};
use crate::step::{self, Took};
use crate::table::{Aim, Figure, Measured};

/// One fact in so many comes late.
const LATE: usize = 1_000;
/// Rows a second that are proved at least.
const RATE: f64 = 1_000_000.0;
/// Greatest part of the whole that a small change may cost.
const SMALL: f64 = 0.03;

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let mut lines = vec![verified(places).await?];
    if places.backend == Backend::Postgres {
        lines.push(shared(places).await?);
    }
    lines.push(corrected(places).await?);
    lines.push(late(places).await?);
    Ok(lines)
}

/// Verification, which rebuilds every line from its payments, against what the database does by itself.
async fn verified(places: &mut Places<'_>) -> Result<Measured> {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    let place = places.imported().await?;
    for _ in 0..places.setting.repeat {
        ours.push(step::verify(&place.url)?);
        let store = open(&place.url).await?;
        bare.push(match places.backend {
            Backend::Postgres => as_of(&store, MONTH).await?,
            Backend::Sqlite => raw_pass(&store, MONTH).await?,
        });
        close(store).await?;
    }
    let name = match places.backend {
        Backend::Postgres => "bare as-of aggregation",
        Backend::Sqlite => "raw stepping pass",
    };
    let (ours, rows) = (Took::median(ours), places.setting.rows);
    Ok(Measured::new("full rebuild and verify", Figure::Time(ours.time, rows))
        .against(name, Figure::Time(median_time(bare), rows))
        .aim(Aim::Time(2.0))
        .aim(Aim::RowsPerSecond(RATE))
        .peak(ours.peak_mb))
}

/// Every customer computed anew by two processes against one.
async fn shared(places: &mut Places<'_>) -> Result<Measured> {
    let place = places.imported().await?;
    let store = open(&place.url).await?;
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        one.push(workers(&store, &place.url, MONTH, 1).await?);
        two.push(workers(&store, &place.url, MONTH, 2).await?);
    }
    close(store).await?;
    let rows = places.setting.rows;
    Ok(Measured::new("recompute all, 2 processes", Figure::Time(median_time(two), rows))
        .against("1 process", Figure::Time(median_time(one), rows))
        .aim(Aim::Speed(1.6)))
}

/// One association corrected in the past against everything computed anew, with equal books.
async fn corrected(places: &mut Places<'_>) -> Result<Measured> {
    let (mut ours, mut all) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.imported().await?;
        let store = open(&place.url).await?;
        let begun = Instant::now();
        correct_one(&store).await?;
        recompute_all(&store).await?;
        ours.push(begun.elapsed());
        all.push(everything_again(&store).await?);
        close(store).await?;
    }
    Ok(Measured::new("association corrected in the past", Figure::Time(median_time(ours), 0))
        .against("recompute all", Figure::Time(median_time(all), 0))
        .aim(Aim::Time(SMALL)))
}

/// A few late facts taken in and settled again, against the whole month taken in and settled, with equal books.
async fn late(places: &mut Places<'_>) -> Result<Measured> {
    let few = places.setting.with_rows(places.setting.rows / LATE);
    let late = few.late_csv()?;
    let (mut ours, mut all) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.empty().await?;
        all.push(taken_in(&place, &places.setting.csv()?, places.setting.rows)?);
        ours.push(taken_in(&place, &late, few.rows)?);
        let store = open(&place.url).await?;
        everything_again(&store).await?;
        close(store).await?;
    }
    Ok(Measured::new("0.1 % late facts, settled again", Figure::Time(median_time(ours), few.rows))
        .against("the month, settled", Figure::Time(median_time(all), places.setting.rows))
        .aim(Aim::Time(SMALL)))
}

fn taken_in(place: &Place, file: &std::path::Path, rows: usize) -> Result<Duration> {
    Ok(step::import(&place.url, file, rows)?.time + step::estimate(&place.url)?.time)
}

/// Computes every customer anew: how long that takes. The books must not change.
async fn everything_again(store: &Store) -> Result<Duration> {
    let before = digest(&line_totals(store.db(), MONTH, -1, i64::MAX).await?);
    mark_all_dirty(store, MONTH).await?;
    let begun = Instant::now();
    recompute_all(store).await?;
    let took = begun.elapsed();
    let after = digest(&line_totals(store.db(), MONTH, -1, i64::MAX).await?);
    ensure!(before == after, "the books differ");
    Ok(took)
}
