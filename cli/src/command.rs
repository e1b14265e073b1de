//! The verbs of the command line and their arguments.

use std::io::Write;

use clap::{CommandFactory, Parser, Subcommand};
use domain::{Clock, Ids, Lang};

use crate::config::{LogArgs, Problems};
use crate::demo;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::logs;
use crate::verb::bill_out;
use crate::verb::calendar;
use crate::verb::clock;
use crate::verb::config_print;
use crate::verb::customer;
use crate::verb::export;
use crate::verb::import;
use crate::verb::invoice;
use crate::verb::jobs;
use crate::verb::migrate;
use crate::verb::office;
use crate::verb::opportunity;
use crate::verb::payout;
use crate::verb::schema;
use crate::verb::seller;
use crate::verb::serve;
use crate::verb::settle;
use crate::verb::token;
use crate::verb::verify;
use crate::verb::worker;

const EXAMPLES: &str = "Examples:
  partner-center demo --dir demo-data             a believable programme, two settled months, the API
  partner-center migrate up                       make or update the tables
  partner-center import bill.csv.gz               take in what customers paid, print the receipt
  partner-center settle --month 2026-08 --kind final
  partner-center verify                           prove that the books hold
  partner-center serve                            the API, and with SQLite the worker too

Settings come from flags or from variables PARTNER_CENTER_…; see `partner-center config` and docs/configuration.md.
Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration, 3 done but rows were rejected,
4 stopped before its end.";

/// From what customers paid to what partners earn: a partner center of one's own.
#[derive(Debug, Parser)]
#[command(name = "partner-center", version, after_help = EXAMPLES, subcommand_required = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    log: LogArgs,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a believable programme in a directory, settle two months, serve it
    Demo(demo::DemoArgs),
    /// Serve the API; with SQLite the worker runs in the same process
    Serve(serve::ServeVerb),
    /// Work on imports, settlement runs and deadlines
    Worker(worker::WorkerVerb),
    /// Make, update or remove the tables, the queue's own included
    Migrate(migrate::MigrateVerb),
    /// Take in a bill: FOCUS 1.0–1.3 or native, CSV (also gzip) or Parquet
    Import(import::ImportVerb),
    /// Mark an invoice paid, so that its lines count
    Invoice(invoice::InvoiceVerb),
    /// Tell the sandbox of payouts how to behave
    Payout(payout::PayoutVerb),
    /// Settle a month: estimate, draft or final
    Settle(settle::SettleVerb),
    /// Take holidays and working days in, print the calendar
    Calendar(calendar::CalendarVerb),
    /// Names under which bills say that something is sold, and whose they are
    Seller(seller::SellerVerb),
    /// The vendor's offices, their areas and people
    Office(office::OfficeVerb),
    /// Take in the legal names of customers, and the offices that own them
    Customer(customer::CustomerVerb),
    /// The vendor's opportunities from its CRM
    Opportunity(opportunity::OpportunityVerb),
    /// Move the clock of a demonstration on, so that deadlines fall due
    Clock(clock::ClockVerb),
    /// Bill a month's marketplace sales out to the sellers, and say what is not billed and why
    BillOut(bill_out::BillOutVerb),
    /// Print the recurring jobs of the workers: last run, result, error, next turn
    Jobs(jobs::JobsVerb),
    /// Prove the identities of the books; exit code 1 and a counter-example where one does not hold
    Verify(verify::VerifyVerb),
    /// Write data out
    Export(export::ExportVerb),
    /// Make a bearer token for development (HS256)
    Token(token::TokenVerb),
    /// Print the GraphQL schema
    Schema,
    /// Print the settings in force, secrets redacted, and where they come from
    Config(config_print::ConfigVerb),
}

impl Verb {
    /// The log filter unless something else is asked for: servers talk, commands only when something is odd.
    fn usual_log(&self) -> &'static str {
        match self {
            Self::Serve(_) | Self::Worker(_) => "info",
            _ => "warn",
        }
    }
}

impl Cli {
    /// The language of messages, also when the configuration has errors.
    pub(crate) fn lang(&self) -> Lang {
        if self.log.lang.trim().starts_with("zh") { Lang::ZhCn } else { Lang::En }
    }
}

/// Does what the arguments say.
pub(crate) async fn run(cli: Cli, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let mut problems = Problems::default();
    let log = cli.log.check(cli.verb.usual_log(), &mut problems);
    let log = problems.finish(log)?;
    let env = Env { clock: Clock::system(), ids: Ids::random(), lang: log.lang };
    logs::start(log);
    match cli.verb {
        Verb::Demo(args) => demo::run(args, &env, out).await,
        Verb::Serve(args) => serve::run(args, &env, out).await,
        Verb::Worker(args) => worker::run(args, &env, out).await,
        Verb::Migrate(args) => migrate::run(args, &env, out).await,
        Verb::Import(args) => import::run(args, &env, out).await,
        Verb::Invoice(args) => invoice::run(args, &env, out).await,
        Verb::Payout(args) => payout::run(args, &env, out).await,
        Verb::Settle(args) => settle::run(args, &env, out).await,
        Verb::Calendar(args) => calendar::run(args, &env, out).await,
        Verb::Seller(args) => seller::run(args, &env, out).await,
        Verb::Office(args) => office::run(args, &env, out).await,
        Verb::Customer(args) => customer::run(args, &env, out).await,
        Verb::Opportunity(args) => opportunity::run(args, &env, out).await,
        Verb::Clock(args) => clock::run(args, &env, out).await,
        Verb::BillOut(args) => bill_out::run(args, &env, out).await,
        Verb::Jobs(args) => jobs::run(args, &env, out).await,
        Verb::Verify(args) => verify::run(args, &env, out).await,
        Verb::Export(args) => export::run(args, &env, out).await,
        Verb::Token(args) => token::run(&args, &env, out),
        Verb::Schema => schema::run(out),
        Verb::Config(args) => config_print::run(&args, Cli::command(), out),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_tree_is_sound() {
        super::Cli::command().debug_assert();
    }
}
