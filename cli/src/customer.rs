//! `customer`: who customers are in law, and which offices own them.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::payment::many::BulkPolicy;
use domain::programme::customer_import::{ImportProfiles, import};
use domain::{Context, Lang};

use crate::command::Env;
use crate::config::DatabaseArgs;
use crate::csv_file::{tell, text};
use crate::open::open_args;
use crate::outcome::Outcome;

#[derive(Args, Debug)]
pub(crate) struct CustomerVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in who customers are in law, and which offices own them: opportunities go there
    Import {
        /// CSV with the columns customer_id, legal_name and as wanted credit_code, enterprise, office, owner, province,
        /// city; `-` for standard input
        file: PathBuf,
        /// Take in the rows that are right when others are wrong
        #[arg(long)]
        skip_failed: bool,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

/// Runs the verb.
pub(crate) async fn run(
    args: CustomerVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Import { file, skip_failed, database } = args.verb;
    let csv = text(&file)?;
    let store = open_args(&database, env).await?;
    let policy = if skip_failed { BulkPolicy::SkipFailed } else { BulkPolicy::AllOrNothing };
    let rows = import(&store, &Context::system("cli"), None, ImportProfiles { csv, policy }).await?;
    tell(rows.iter().flat_map(|row| &row.refusals), env, out)?;
    let changed = rows.iter().filter(|row| row.changed).count();
    let wrong = rows.iter().filter(|row| !row.refusals.is_empty()).count();
    let known = rows.len() - changed - wrong;
    match env.lang {
        Lang::En => {
            writeln!(
                out,
                "{changed} customers are known anew; {known} were known so already, {wrong} rows are wrong."
            )?;
        }
        Lang::ZhCn => writeln!(out, "已更新 {changed} 个客户；{known} 个无变化，{wrong} 行有误。")?,
    }
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Rejected })
}
