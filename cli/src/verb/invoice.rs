//! `invoice paid`: what was billed and is paid now counts from then on.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::Context;
use domain::performance::import::pay::{MarkPaid, mark_paid};
use entity::Timestamp;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct InvoiceVerb {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Mark an invoice paid
    Paid {
        /// The number as the bill writes it; `ACCOUNT/YYYY-MM/CUR` for rows that name no invoice
        number: String,
        /// The provider that issued it, as the bill writes it
        #[arg(long)]
        provider: String,
        /// Instant of the payment, e.g. 2026-08-31T12:00:00Z; now if not given
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        at: Option<Timestamp>,
    },
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| "write an instant like 2026-08-31T12:00:00Z".to_owned())
}

/// Runs the verb.
pub(crate) async fn run(
    args: InvoiceVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let Verb::Paid { number, provider, at } = args.verb;
    let store = open_args(&args.database, env).await?;
    let input = MarkPaid { provider, invoice_no: number, paid_at: at };
    mark_paid(&store, &Context::system("cli"), None, input.clone()).await?;
    domain::performance::recompute::recompute_all(&store).await.context("counting what was paid")?;
    writeln!(out, "Invoice {} of {} is paid: its lines count now.", input.invoice_no, input.provider)?;
    Ok(Outcome::Done)
}
