//! `opportunity`: the vendor's opportunities from its CRM.

use std::io::Write;

use clap::{Args, Subcommand};
use domain::opportunity::intake::crm_import::{Import, Imported, import};
use domain::{Context, Lang};

use crate::csv_file::{RowsArgs, tell};
use crate::env::Env;
use crate::outcome::Outcome;

#[derive(Args, Debug)]
pub(crate) struct OpportunityVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in opportunities of the vendor; a number of its CRM that was taken in before changes nothing
    ///
    /// A CSV with the columns crm_no, name, customer_name, province, demand_tag, expected_sign_on and others.
    Import(RowsArgs),
}

/// Runs the verb.
pub(crate) async fn run(
    args: OpportunityVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Import(args) = args.verb;
    let (csv, policy) = args.read()?;
    let store = args.open(env).await?;
    let rows = import(&store, &Context::system("cli"), None, Import { csv, policy }).await?;
    let outcome = tell(rows.iter().flat_map(|row| &row.refusals), env, out)?;
    let count = |holds: fn(&Imported) -> bool| rows.iter().filter(|row| holds(row)).count();
    let (made, wrong) = (count(|row| row.made), count(|row| row.id.is_none()));
    let known = rows.len() - made - wrong;
    match env.lang {
        Lang::En => {
            writeln!(out, "Took {made} opportunities in; {known} were known already, {wrong} are wrong.")?;
        }
        Lang::ZhCn => writeln!(out, "已导入 {made} 个机会点；{known} 个此前已导入，{wrong} 个有误。")?,
    }
    Ok(outcome)
}
