//! The measured paths of the main job, each against a baseline taken in the same run.
//!
//! `make bench` measures a million payments, `make bench N=10000000` ten million.

// A bench reads its size from the environment and prints ratios.
#![allow(clippy::float_arithmetic, clippy::disallowed_methods, clippy::cast_precision_loss, missing_docs)]

mod baseline;
mod bill;
mod memory;
mod programme;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use domain::import::create::{NewImport, create_local};
use domain::import::ingest::{Source, ingest};
use domain::settlement::run::advance;
use domain::settlement::start::{StartRun, start};
use domain::settlement::verify::verify;
use domain::{Clock, Context, Ids, StoppedClock, Store};
use entity::{Month, RunKind, RunState, Timestamp};
use programme::Size;
use tests::db::{Backend, TestDatabase};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 20_260_901;
const MONTH: Month = Month(202_609);

#[tokio::main]
async fn main() -> Result<()> {
    let rows: usize =
        std::env::var("N").ok().map_or(Ok(1_000_000), |n| n.parse()).context("N is a number of rows")?;
    let customers = 100_000.min(rows / 10).max(10);
    let size = Size { partners: 2_000.min(customers / 5).max(2), customers, changed: customers * 35 / 100 };
    let directory = tempfile::tempdir()?;
    let bill = directory.path().join("bill.csv");
    bill::write(&bill, rows, customers, SEED)?;
    println!(
        "{rows} payments, {customers} customers, {} partners, bill {} MB, seed {SEED}",
        size.partners,
        std::fs::metadata(&bill)?.len() / 1_000_000
    );
    for backend in [Backend::Sqlite, Backend::Postgres] {
        match TestDatabase::fresh(backend).await {
            Some(database) => measure(&database, size, rows, &bill).await?,
            None => println!("{backend:?}: SKIPPED, no server"),
        }
    }
    Ok(())
}

async fn measure(database: &TestDatabase, size: Size, rows: usize, bill: &Path) -> Result<()> {
    println!("\n{:?}", database.backend);
    let clock = StoppedClock::at(Timestamp::parse_rfc3339("2026-10-15T00:00:00Z").context("an instant")?);
    let store = Store::connect(&database.url, 4, Clock::stopped(&clock), Ids::seeded(SEED)).await?;
    programme::fill(&store, size, SEED).await?;
    let context = Context::system("bench");
    memory::reset();

    let begun = Instant::now();
    let total_bytes = i64::try_from(std::fs::metadata(bill)?.len())?;
    let input = NewImport {
        file_name: "bill.csv".into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes,
    };
    let id = create_local(&store, &context, input).await?;
    let import = ingest(&store, id, Source::File(bill.to_path_buf()), |_| {}).await?;
    let took = begun.elapsed();
    anyhow::ensure!(
        import.rows_accepted == i64::try_from(rows)?,
        "accepted {}: {:?}",
        import.rows_accepted,
        import.error_detail
    );
    line("import CSV", took, rows, Some(("bare inserts", baseline::inserts(&store).await?)));

    let begun = Instant::now();
    let run = start(&store, &context, None, StartRun { month: MONTH, kind: RunKind::Final }).await?;
    let run = advance(&store, run, "bench", |_| {}).await?;
    anyhow::ensure!(run.state == RunState::Succeeded, "{:?}", run.error_detail);
    line("settle FINAL", begun.elapsed(), rows, Some(("as-of aggregation", baseline::as_of(&store).await?)));

    let begun = Instant::now();
    let checks = verify(&store, Some(MONTH)).await?;
    anyhow::ensure!(checks.iter().all(|c| c.holds), "{checks:?}");
    line("verify (full rebuild)", begun.elapsed(), rows, None);
    Ok(())
}

fn line(path: &str, took: Duration, rows: usize, baseline: Option<(&str, Duration)>) {
    let rate = rows as f64 / took.as_secs_f64();
    print!("{path:<24} {:>9.2?} {:>12.0} rows/s  peak {:>4} MB", took, rate, memory::peak_mb());
    if let Some((name, base)) = baseline {
        print!("   {name} {base:>9.2?}, ratio of time {:.2}", took.as_secs_f64() / base.as_secs_f64());
    }
    println!();
}
