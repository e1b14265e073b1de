//! `opportunity`: the vendor's opportunities from its CRM.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::opportunity::ho_import::{Import, Imported, import};
use domain::payment::many::BulkPolicy;
use domain::{Context, Lang};

use crate::command::Env;
use crate::config::DatabaseArgs;
use crate::csv_file::{tell, text};
use crate::open::open_args;
use crate::outcome::Outcome;

#[derive(Args, Debug)]
pub(crate) struct OpportunityVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in opportunities of the vendor; a number of its CRM that was taken in before changes nothing
    Import {
        /// CSV with the columns crm_no, name, customer_name, province, demand_tag, expected_sign_on and others; `-` for
        /// standard input
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
    args: OpportunityVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Import { file, skip_failed, database } = args.verb;
    let csv = text(&file)?;
    let store = open_args(&database, env).await?;
    let policy = if skip_failed { BulkPolicy::SkipFailed } else { BulkPolicy::AllOrNothing };
    let rows = import(&store, &Context::system("cli"), None, Import { csv, policy }).await?;
    tell(rows.iter().flat_map(|row| &row.refusals), env, out)?;
    let count = |holds: fn(&Imported) -> bool| rows.iter().filter(|row| holds(row)).count();
    let (made, wrong) = (count(|row| row.made), count(|row| row.id.is_none()));
    let known = rows.len() - made - wrong;
    match env.lang {
        Lang::En => {
            writeln!(out, "Took {made} opportunities in; {known} were known already, {wrong} are wrong.")?;
        }
        Lang::ZhCn => writeln!(out, "已导入 {made} 个机会点；{known} 个此前已导入，{wrong} 个有误。")?,
    }
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Rejected })
}
