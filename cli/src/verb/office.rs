//! `office`: the vendor's offices, where they look after customers, and their people.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::programme::office::{csv, import};
use domain::{Context, Lang};

use crate::config::DatabaseArgs;
use crate::csv_file::text;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct OfficeVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in offices, all or none; an office in the file replaces what was known of it, others stay
    Import {
        /// CSV with the column office (its short name) and name, name_zh, region, province, city, subject, person,
        /// email, language, role: PDM, PSM, or COORDINATOR without an office; `-` for standard input
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

/// Runs the verb.
pub(crate) async fn run(
    args: OfficeVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Import { file, database } = args.verb;
    let input = csv::read(&text(&file)?)?;
    let coordinators = input.coordinators.as_ref().map(Vec::len);
    let store = open_args(&database, env).await?;
    let offices = import::import(&store, &Context::system("cli"), None, input).await?;
    match (env.lang, coordinators) {
        (Lang::En, None) => writeln!(out, "Took {offices} offices in; coordinators stay as they were.")?,
        (Lang::En, Some(count)) => writeln!(out, "Took {offices} offices and {count} coordinators in.")?,
        (Lang::ZhCn, None) => writeln!(out, "已导入 {offices} 个代表处；协调人不变。")?,
        (Lang::ZhCn, Some(count)) => writeln!(out, "已导入 {offices} 个代表处、{count} 名协调人。")?,
    }
    Ok(Outcome::Done)
}
