//! `import FILE…|-`: a bill becomes payments, and its receipt is printed.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use domain::performance::import::create::{Mode, NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::{Context, Store};
use entity::{ImportState, bill_import};

use crate::bill_files;
use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::print::progress::ImportMeter;
use crate::print::receipt;
use crate::process::open::open_args;
use crate::process::patience::while_away;
use crate::process::stop;

#[derive(Args, Debug)]
pub(crate) struct ImportVerb {
    /// The bill: files that are parts of one export, directories of them, patterns with `*`, manifests in JSON; or `-`
    /// for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the file bills is paid (the default)
    #[arg(long, conflicts_with = "unsettled")]
    settled: bool,
    /// What the file bills is not paid yet: it counts once its invoices are marked paid
    #[arg(long)]
    unsettled: bool,
    /// The provider of native rows that name none
    #[arg(long, default_value = "vendor")]
    provider: String,
    /// The name of the import; the file's name if not given. An interrupted import goes on under its name
    #[arg(long)]
    name: Option<String>,
    /// The column with the provider's own id of a line, e.g. `x_LineItemId`; the format's own if not given
    #[arg(long, value_name = "COLUMN")]
    line_id: Option<String>,
    /// The file is the whole truth for its accounts and months: what is in and not in the file is taken back
    #[arg(long)]
    replace: bool,
    /// With --replace: write nothing, and print what would be
    #[arg(long, requires = "replace")]
    dry_run: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the verb.
pub(crate) async fn run(
    args: ImportVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let store = open_args(&args.database, env).await?;
    let settled = !args.unsettled;
    if !args.settled && !args.unsettled {
        writeln!(out, "Taken as paid; with --unsettled the lines would wait for their invoices to be paid.")?;
    }
    let (source, name, total_bytes) = if args.files == [PathBuf::from("-")] {
        let now = store.clock.now().to_rfc3339();
        (Source::Stream(Box::new(std::io::stdin())), format!("standard input {now}"), 0)
    } else {
        of_files(&args.files)?
    };
    let file_name = args.name.unwrap_or(name);
    let mode = match (args.replace, args.dry_run) {
        (true, true) => Mode::ReplaceDry,
        (true, false) => Mode::Replace,
        (false, _) => Mode::Add,
    };
    let (native_provider, line_id) = (args.provider, args.line_id);
    let input = NewImport { file_name, settled, native_provider, total_bytes, line_id, mode };
    let import = match source {
        source @ (Source::File(_) | Source::Files(_)) => {
            stop::or_stop(&store.stopping, take_in(&store, source, input)).await?
        }
        // A thread that waits for standard input cannot let go: the process ends as it is told.
        stream @ Source::Stream(_) => take_in(&store, stream, input).await?,
    };
    receipt::print(&store, &import, env.lang, out).await?;
    if import.state == ImportState::Completed {
        // Waits for a worker; whoever settles the month first makes it unnecessary.
        domain::operate::work::estimate_after_import(&store, import.id).await?;
    }
    Ok(match import.state {
        ImportState::Completed if import.rows_rejected > 0 => Outcome::Rejected,
        ImportState::Completed => Outcome::Done,
        _ => Outcome::Failed,
    })
}

/// The files that were named as a source, with the name of the import and their size.
fn of_files(named: &[PathBuf]) -> anyhow::Result<(Source, String, i64)> {
    let mut files = bill_files::all(named)?;
    let mut bytes = 0;
    for file in &files {
        let length = std::fs::metadata(file).map(|file| file.len());
        bytes += length.with_context(|| format!("{} cannot be read", file.display()))?;
    }
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let first = files.first().map(PathBuf::as_path).unwrap_or(Path::new(""));
    let name = first.file_name().unwrap_or(first.as_os_str()).to_string_lossy().into_owned();
    Ok(match files.len() {
        1 => (Source::File(files.remove(0)), name, bytes),
        count => (Source::Files(files), format!("{name} and {} more", count - 1), bytes),
    })
}

/// Takes a bill in with its progress on standard error; goes on with an interrupted import of the same file.
pub(crate) async fn take_in(
    store: &Store,
    source: Source,
    input: NewImport,
) -> anyhow::Result<bill_import::Model> {
    let total = input.total_bytes;
    let context = Context::system("cli");
    let id = while_away(async || create_local(store, &context, input.clone()).await).await?;
    let mut meter = ImportMeter::new(total);
    let import = match source {
        Source::File(path) => {
            while_away(async || {
                ingest(store, id, Source::File(path.clone()), |progress| meter.show(progress)).await
            })
            .await?
        }
        Source::Files(paths) => {
            while_away(async || {
                ingest(store, id, Source::Files(paths.clone()), |progress| meter.show(progress)).await
            })
            .await?
        }
        // What a stream has said it does not say again.
        stream @ Source::Stream(_) => ingest(store, id, stream, |progress| meter.show(progress)).await?,
    };
    meter.finish();
    Ok(import)
}
