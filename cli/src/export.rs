//! `export rejects`: the rows that were not taken in, as CSV, each with what to correct.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::Lang;
use domain::import::ingest::load;
use domain::import::receipt::{REJECT_PAGE, rejects};
use entity::ImportId;

use crate::command::Env;
use crate::config::DatabaseArgs;
use crate::open::open_args;
use crate::outcome::Outcome;
use crate::receipt::message;

#[derive(Args, Debug)]
pub(crate) struct ExportVerb {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The rejected rows of an import: line, column, code, messages, the raw row
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
pub(crate) async fn run(args: ExportVerb, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let What::Rejects { import } = args.what;
    let store = open_args(&args.database, env).await?;
    load(&store, import).await?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["line", "column", "code", "message", "message_zh", "raw"]).map_err(unwrap_io)?;
    let mut after = 0;
    loop {
        let page = rejects(&store, import, after, REJECT_PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.line_no;
        for reject in &page {
            let line = reject.line_no.to_string();
            let (english, chinese) = (message(reject, Lang::En), message(reject, Lang::ZhCn));
            let column = reject.column_name.as_deref().unwrap_or_default();
            let texts = [line.as_bytes(), column.as_bytes(), reject.code.as_bytes(), english.as_bytes()];
            let row = texts.into_iter().chain([chinese.as_bytes(), reject.raw.as_slice()]);
            table.write_record(row).map_err(unwrap_io)?;
        }
    }
    table.flush().context("writing the rows")?;
    Ok(Outcome::Done)
}

/// The inner error, so that a reader who has seen enough is recognised.
fn unwrap_io(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("writing the rows: {other:?}"),
    }
}
