//! `customer`: who customers are in law, and which offices own them.

use std::io::Write;

use clap::{Args, Subcommand};
use domain::programme::customer_import::{ImportProfiles, import};
use domain::{Context, Lang};

use crate::csv_file::{RowsArgs, tell};
use crate::env::Env;
use crate::outcome::Outcome;

#[derive(Args, Debug)]
pub(crate) struct CustomerVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in who customers are in law, and which offices own them: opportunities go there
    ///
    /// A CSV with the columns customer_id, legal_name and as wanted credit_code, enterprise, office, owner, province, city.
    Import(RowsArgs),
}

/// Runs the verb.
pub(crate) async fn run(
    args: CustomerVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Import(args) = args.verb;
    let (csv, policy) = args.read()?;
    let store = args.open(env).await?;
    let rows = import(&store, &Context::system("cli"), None, ImportProfiles { csv, policy }).await?;
    let outcome = tell(rows.iter().flat_map(|row| &row.refusals), env, out)?;
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
    Ok(outcome)
}
