//! `seller`: names under which bills say that something is sold, and whose they are.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use domain::Context;
use domain::programme::seller::{Decide, all, decide};
use entity::SellerKind;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::print::table::with_head;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct SellerVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Every name, those first that nobody decided about
    List {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Say whose a name is, with every name that is written like it; their payments are counted anew
    Decide {
        /// The name as bills write it
        name: String,
        /// Owner of the name
        kind: Kind,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// The vendor's own: no marketplace item
    Vendor,
    /// A seller's on the marketplace
    Seller,
    /// Nobody knows; takes a decision back
    Undecided,
}

impl From<Kind> for SellerKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Vendor => Self::Vendor,
            Kind::Seller => Self::Seller,
            Kind::Undecided => Self::Undecided,
        }
    }
}

/// Runs the verb.
pub(crate) async fn run(
    args: SellerVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    match args.verb {
        Verb::List { database } => {
            let store = open_args(&database, env).await?;
            let mut table = with_head(&["name", "whose", "decided by"]);
            for row in all(&store).await? {
                table.add_row([row.name, row.kind.to_string(), row.decided_by.unwrap_or_default()]);
            }
            writeln!(out, "{table}")?;
        }
        Verb::Decide { name, kind, database } => {
            let store = open_args(&database, env).await?;
            let input = Decide { name, kind: SellerKind::from(kind).name().to_owned() };
            let id = decide(&store, &Context::system("cli"), None, input).await?;
            writeln!(
                out,
                "Decided: {id}. What it changes is worked in by a worker, or by the next settlement."
            )?;
        }
    }
    Ok(Outcome::Done)
}
