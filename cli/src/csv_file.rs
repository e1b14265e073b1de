//! Small tables from files or from standard input, and what is wrong with their rows.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use domain::Store;
use domain::kernel::csv_table::TEXT_LIMIT;
use domain::kernel::error::Refusal;
use domain::kernel::many::BulkPolicy;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;

/// A table whose rows may be right or wrong.
#[derive(Args, Debug)]
pub(crate) struct RowsArgs {
    /// The file; `-` for standard input
    file: PathBuf,
    /// Take in the rows that are right when others are wrong
    #[arg(long)]
    skip_failed: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl RowsArgs {
    /// The text, and what becomes of the other rows when one is wrong.
    pub(crate) fn read(&self) -> anyhow::Result<(String, BulkPolicy)> {
        let policy = if self.skip_failed { BulkPolicy::SkipFailed } else { BulkPolicy::AllOrNothing };
        Ok((text(&self.file)?, policy))
    }

    /// Opens the database that the rows go to.
    pub(crate) async fn open(&self, env: &Env) -> anyhow::Result<Store> {
        open_args(&self.database, env).await
    }
}

/// The text of a file, `-` for standard input.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("{} cannot be read", path.display()))?)
    };
    let mut text = String::new();
    source
        .take(TEXT_LIMIT as u64 + 1)
        .read_to_string(&mut text)
        .with_context(|| format!("{} cannot be read as UTF-8 text", path.display()))?;
    if text.len() > TEXT_LIMIT {
        bail!("{} is longer than {TEXT_LIMIT} bytes.", path.display());
    }
    Ok(text)
}

/// Says what is wrong with rows that were left out; how the verb ends.
pub(crate) fn tell<'a>(
    refusals: impl Iterator<Item = &'a Refusal>,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> io::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for refusal in refusals {
        writeln!(out, "{}", refusal.code.message(env.lang, &refusal.detail))?;
        outcome = Outcome::Rejected;
    }
    Ok(outcome)
}
