//! `export rejects`: the rows that were not taken in, as CSV, each with what to correct.

use std::io::Write;

use api::files::record;
use clap::{Args, Subcommand};
use domain::performance::import::ingest::load;
use domain::performance::import::receipt::{REJECT_PAGE, rejects};
use entity::ImportId;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct ExportVerb {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The rejected rows of an import: line, column, code, message, the raw row
    Rejects {
        /// The import, e.g. import_01…
        #[arg(value_parser = import_id)]
        import: ImportId,
    },
}

fn import_id(text: &str) -> Result<ImportId, String> {
    text.parse().map_err(|_| "write the id of an import, e.g. import_01…".to_owned())
}

/// Runs the verb.
pub(crate) async fn run(
    args: ExportVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let What::Rejects { import } = args.what;
    let store = open_args(&args.database, env).await?;
    load(&store, import).await?;
    writeln!(out, "line,column,code,message,raw\r")?;
    let mut after = 0;
    loop {
        let page = rejects(&store, import, after, REJECT_PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.line_no;
        for reject in &page {
            // As the API writes them.
            out.write_all(record(reject, env.lang).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
