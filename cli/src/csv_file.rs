//! Small tables from files or from standard input, and what is wrong with their rows.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use domain::csv_table::TEXT_LIMIT;
use domain::error::Refusal;

use crate::command::Env;

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

/// Says what is wrong with rows that were left out.
pub(crate) fn tell<'a>(
    refusals: impl Iterator<Item = &'a Refusal>,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    for refusal in refusals {
        writeln!(out, "{}", refusal.code.message(env.lang, &refusal.detail))?;
    }
    Ok(())
}
