//! `bill-out`: bills a month's marketplace sales out in this process.

use std::io::Write;

use clap::Args;
use domain::kernel::store::query;
use domain::money::market::bill_out::{BillOut, ask, carry_out};
use domain::{Context, Store};
use entity::{Currency, Month};
use sea_orm::QueryResult;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::months;
use crate::outcome::Outcome;
use crate::print::money;
use crate::print::table::with_head;
use crate::process::open::open_args;
use crate::process::patience::while_away;
use crate::process::stop;

#[derive(Args, Debug)]
pub(crate) struct BillOutVerb {
    /// The month, e.g. 2026-08; it must be over
    #[arg(long, value_name = "MONTH", value_parser = months::parse)]
    month: Month,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the verb.
pub(crate) async fn run(
    args: BillOutVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let store = open_args(&args.database, env).await?;
    let bills = stop::or_stop(&store.stopping, bill_out(&store, args.month)).await?;
    writeln!(out, "{} is billed out: {bills} new bills.", args.month)?;
    print(&store, args.month, out).await?;
    Ok(Outcome::Done)
}

/// Bills `month` out. What is there already stays; a worker may do the same meanwhile.
pub(crate) async fn bill_out(store: &Store, month: Month) -> anyhow::Result<usize> {
    let context = Context::system("cli");
    while_away(async || ask(store, &context, None, BillOut { month }).await).await?;
    Ok(while_away(async || carry_out(store, &context, month).await).await?)
}

/// Prints the bills of `month`, and what is not billed.
pub(crate) async fn print(store: &Store, month: Month, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let sql = "SELECT p.name, b.category, b.currency, b.sales, b.platform_fee, b.operating_fee, b.amount, b.state \
               FROM settlement_bill b JOIN partner p ON p.id = b.partner_id WHERE b.month = $1 ORDER BY 1, 2, 3, b.id";
    let mut table =
        with_head(&["seller", "category", "", ">sales", ">platform fee", ">operating fee", ">bill", "state"]);
    for row in query(store.db(), sql, [month.0.into()]).await? {
        let currency: Currency = row.try_get_by_index(2)?;
        let amount = |n| anyhow::Ok(money::text(row.try_get_by_index(n)?, currency));
        table.add_row([
            text(&row, 0)?,
            text(&row, 1)?,
            currency.to_string(),
            amount(3)?,
            amount(4)?,
            amount(5)?,
            amount(6)?,
            text(&row, 7)?,
        ]);
    }
    writeln!(out, "{table}")?;
    let sql = "SELECT seller, reason, currency, amount, detail FROM settlement_withheld WHERE month = $1 ORDER BY 1, 2, 3";
    for row in query(store.db(), sql, [month.0.into()]).await? {
        let currency: Currency = row.try_get_by_index(2)?;
        let amount = money::text(row.try_get_by_index(3)?, currency);
        let (seller, reason, detail) = (text(&row, 0)?, text(&row, 1)?, text(&row, 4)?);
        let why = format!("{reason} {detail}");
        writeln!(out, "not billed: {seller} {amount} {currency}: {}", why.trim_end())?;
    }
    Ok(())
}

fn text(row: &QueryResult, index: usize) -> anyhow::Result<String> {
    Ok(row.try_get_by_index(index)?)
}
