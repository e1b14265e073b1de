//! Steps of the main job, each in a process of its own: its memory is that of the step alone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use domain::operate::verify;
use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::reading::export::create::{NewExport, create};
use domain::reading::export::{ExportFilter, export};
use domain::settlement::run::advance;
use domain::settlement::start::{StartRun, start};
use domain::{Context, Files};
use entity::{ExportFormat, ExportState, ExportWhat, RunKind, RunState, export_job};
use sea_orm::EntityTrait as _;

use crate::memory;
use crate::place::{close, open};
use crate::setting::{MONTH, median_time};

/// Time and memory that a step took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    /// Time, without the start of the process.
    pub(crate) time: Duration,
    /// Most memory of the process, in MB.
    pub(crate) peak_mb: u64,
}

/// Takes a file in.
pub(crate) fn import(url: &str, file: &Path, rows: usize) -> Result<Took> {
    run(&["import", url, &file.display().to_string(), &rows.to_string()])
}

/// Settles the month for good.
pub(crate) fn settle(url: &str) -> Result<Took> {
    run(&["settle", url])
}

/// Writes the lines of the month as CSV into a directory of files.
pub(crate) fn export_lines(url: &str, files: &Path, rows: usize) -> Result<Took> {
    run(&["export", url, &files.display().to_string(), &rows.to_string()])
}

/// Settles it as it stands.
pub(crate) fn estimate(url: &str) -> Result<Took> {
    run(&["estimate", url])
}

/// Proves the month from its facts.
pub(crate) fn verify(url: &str) -> Result<Took> {
    run(&["verify", url])
}

fn run(arguments: &[&str]) -> Result<Took> {
    let output = Command::new(std::env::current_exe()?)
        .arg("step")
        // As the program does for itself.
        .envs([("MIMALLOC_PURGE_DELAY", "10"), ("MIMALLOC_ALLOW_THP", "0")])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the step {arguments:?} failed");
    let text = String::from_utf8(output.stdout)?;
    let (micros, peak) = text.trim().split_once(' ').context("what a step prints")?;
    Ok(Took { time: Duration::from_micros(micros.parse()?), peak_mb: peak.parse()? })
}

/// The process of a step: prints its microseconds and its most memory.
pub(crate) async fn main(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let mut next = || arguments.next().context("an argument of a step");
    let (name, url) = (next()?, next()?);
    let store = open(&url).await?;
    let begun = Instant::now();
    let context = Context::system("bench");
    match name.as_str() {
        "import" => {
            let (file, rows) = (std::path::PathBuf::from(next()?), next()?);
            let total_bytes = i64::try_from(std::fs::metadata(&file)?.len())?;
            let file_name = file.file_name().context("a file")?.to_string_lossy().into_owned();
            let input = NewImport {
                file_name,
                settled: true,
                native_provider: "Cloud".into(),
                total_bytes,
                ..Default::default()
            };
            let id = create_local(&store, &context, input).await?;
            let import = ingest(&store, id, Source::File(file), |_| {}).await?;
            let accepted = import.rows_accepted.to_string();
            ensure!(accepted == rows, "accepted {accepted} of {rows}: {:?}", import.error_detail);
        }
        "settle" | "estimate" => {
            let kind = if name == "settle" { RunKind::Final } else { RunKind::Estimate };
            let run = start(
                &store,
                &context,
                None,
                StartRun {
                    month: MONTH,
                    kind,
                    acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
                },
            )
            .await?;
            let run = advance(&store, run, "bench", |_| {}).await?;
            ensure!(run.state == RunState::Succeeded, "{:?}", run.error_detail);
        }
        "export" => {
            let store = store.clone().with_files(Files::directory(next()?));
            let filter = ExportFilter { month: Some(MONTH), ..ExportFilter::default() };
            let new = NewExport { what: ExportWhat::PerformanceLines, format: ExportFormat::Csv, filter };
            let id = create(&store, &context, "bench", new).await?;
            export(&store, id).await?;
            let job = export_job::Entity::find_by_id(id).one(store.db()).await?.context("the export")?;
            let rows: i64 = next()?.parse()?;
            ensure!(job.state == ExportState::Completed && job.rows_done == rows, "{job:?}");
        }
        "verify" => {
            let checks = verify::verify(&store, Some(MONTH)).await?;
            ensure!(checks.iter().all(|check| check.holds), "{checks:?}");
        }
        other => bail!("no step is called {other}"),
    }
    println!("{} {}", begun.elapsed().as_micros(), memory::peak_mb("self"));
    close(store).await
}

impl Took {
    /// The middle time, and the most memory, of some.
    pub(crate) fn median(all: Vec<Took>) -> Took {
        let peak_mb = all.iter().map(|took| took.peak_mb).max().unwrap_or(0);
        Took { time: median_time(all.into_iter().map(|took| took.time).collect()), peak_mb }
    }
}
