//! `payout sandbox`: how the sandbox of payouts behaves from now on.

use std::io::Write;

use clap::{Args, Subcommand};
use domain::Context;
use domain::money::payout::Gateway;
use domain::money::payout::sandbox::{TellSandbox, tell};
use entity::{PartnerId, PayoutSandboxOutcome};

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct PayoutVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Tell the sandbox how to behave; a worker with a real gateway takes no notice
    Sandbox {
        /// Towards this partner; everybody nothing else was said about if not given
        #[arg(long, value_name = "PARTNER", value_parser = partner)]
        partner: Option<PartnerId>,
        /// SUCCEED, CREATE_REFUSED, CREATE_TIMEOUT, ISSUE_FAILED, PAYMENT_REFUSED, INFO_ERROR or LOST_CALLBACK
        #[arg(long, value_name = "OUTCOME", value_parser = outcome)]
        outcome: PayoutSandboxOutcome,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

fn partner(text: &str) -> Result<PartnerId, String> {
    text.parse().map_err(|_| "write the id of a partner, partner_…".to_owned())
}

fn outcome(text: &str) -> Result<PayoutSandboxOutcome, String> {
    PayoutSandboxOutcome::from_name(text).ok_or_else(|| {
        let names: Vec<_> = PayoutSandboxOutcome::ALL.iter().map(|outcome| outcome.name()).collect();
        format!("write one of {}", names.join(", "))
    })
}

/// Runs the verb.
pub(crate) async fn run(
    args: PayoutVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Sandbox { partner, outcome, database } = args.verb;
    // Whoever may write to the database may tell the sandbox; which gateway is used is the worker's matter.
    let store = open_args(&database, env).await?;
    let input = TellSandbox { partner_id: partner, outcome };
    tell(&store, &Gateway::Sandbox, &Context::system("cli"), None, input).await?;
    let whom = partner.map_or_else(|| "everybody".to_owned(), |id| id.to_string());
    writeln!(out, "The sandbox behaves towards {whom} as told: {outcome}.")?;
    Ok(Outcome::Done)
}
