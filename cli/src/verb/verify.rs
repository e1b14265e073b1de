//! `verify`: the identities of the books as a table, and the first counter-example where one does not hold.

use std::io::Write;

use clap::Args;
use domain::Store;
use domain::operate::verify::{Check, verify};
use domain::performance::recompute::recompute_all;
use entity::Month;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::months;
use crate::outcome::Outcome;
use crate::print::table::with_head;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct VerifyVerb {
    /// Only this month, e.g. 2026-08; all months and what is about the whole if not given
    #[arg(long, value_name = "MONTH", value_parser = months::parse)]
    month: Option<Month>,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the verb.
pub(crate) async fn run(
    args: VerifyVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let store = open_args(&args.database, env).await?;
    prove(&store, args.month, out).await
}

/// Works in what waits, checks and prints.
pub(crate) async fn prove(
    store: &Store,
    month: Option<Month>,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    // What waits is worked in first, so that what is compared is complete.
    recompute_all(store).await?;
    let checks = verify(store, month).await?;
    let mut table = with_head(&["identity", "month", "", ">left", ">right", "holds"]);
    for check in &checks {
        table.add_row([
            check.name.to_owned(),
            check.month.map_or_else(|| "all".to_owned(), |month| month.to_string()),
            check.currency.map(|currency| currency.to_string()).unwrap_or_default(),
            short(&check.left),
            short(&check.right),
            if check.holds { "yes" } else { "NO" }.to_owned(),
        ]);
    }
    writeln!(out, "{table}")?;
    match checks.iter().find(|check| !check.holds) {
        None => {
            writeln!(out, "All {} identities hold.", checks.len())?;
            Ok(Outcome::Done)
        }
        Some(broken) => {
            writeln!(out, "{}", counter_example(broken))?;
            Ok(Outcome::Failed)
        }
    }
}

fn counter_example(broken: &Check) -> String {
    let Check { name, left, right, .. } = broken;
    let example = broken.counter_example.as_deref().unwrap_or("no single row is at fault");
    format!("\"{name}\" does not hold: {left} ≠ {right}\nFirst counter-example: {example}")
}

/// Digests are shown by their beginning.
fn short(text: &str) -> String {
    /// Long enough to tell two digests apart.
    const SHOWN: usize = 16;
    let digest = text.len() > 2 * SHOWN && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if digest { format!("{}…", &text[..SHOWN]) } else { text.to_owned() }
}
