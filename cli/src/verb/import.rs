//! `import FILE|-`: a bill becomes payments, and its receipt is printed.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use domain::performance::import::create::{NewImport, create_local};
use domain::performance::import::ingest::{Source, ingest};
use domain::{Context, Store};
use entity::{ImportState, bill_import};

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
    /// The bill, or `-` for standard input
    file: PathBuf,
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
    let (source, name, total_bytes) = if args.file == Path::new("-") {
        let now = store.clock.now().to_rfc3339();
        (Source::Stream(Box::new(std::io::stdin())), format!("standard input {now}"), 0)
    } else {
        let length = std::fs::metadata(&args.file).map(|file| file.len());
        let length = length.with_context(|| format!("{} cannot be read", args.file.display()))?;
        let name = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
        (Source::File(args.file), name, i64::try_from(length).unwrap_or(i64::MAX))
    };
    let file_name = args.name.unwrap_or(name);
    let input = NewImport { file_name, settled, native_provider: args.provider, total_bytes };
    let import = match source {
        source @ Source::File(_) => stop::or_stop(&store.stopping, take_in(&store, source, input)).await?,
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
        // What a stream has said it does not say again.
        stream @ Source::Stream(_) => ingest(store, id, stream, |progress| meter.show(progress)).await?,
    };
    meter.finish();
    Ok(import)
}
