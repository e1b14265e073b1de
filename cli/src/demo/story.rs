//! The steps of the demonstration, in order.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};
use domain::kernel::store::exec;
use domain::performance::import::create::NewImport;
use domain::performance::import::ingest::Source;
use domain::performance::import::pay::{MarkPaid, mark_paid};
use domain::programme::incentive_policy::NewRate;
use domain::programme::settings;
use domain::settlement::checklist::CloseItem;
use domain::{Context, Store};
use entity::{CustomerId, ImportState, Month, PartnerId, RunKind, RunState, Timestamp, bill_import};

use super::bills::{self, PROVIDER, Period};
use super::personas::Cast;
use super::plan::{Plan, plan, rates};
use super::{adopt, focus_csv, market, money, opportunities, programme};
use crate::env::Env;
use crate::print::receipt;
use crate::verb::import::take_in;
use crate::verb::settle::settle;

/// Months before the earlier one in which the programme began.
const BEGAN: i32 = -12;
/// Longest sub-seed step between the bills of one demonstration.
const LATER: u64 = 1_000;

/// Figures that the demonstration shows in the end.
pub(crate) struct Told {
    /// Months to print.
    pub(crate) months: Vec<Month>,
    /// Whom the tokens are for.
    pub(crate) cast: Cast,
}

/// The generated programme: the month before last becomes FINAL, last month ESTIMATED.
pub(crate) async fn generated(
    store: &Store,
    directory: &Path,
    seed: u64,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Told> {
    let context = Context::system("demo");
    let zone = settings::zone(&settings::load(store.db()).await?)?;
    let now = Month::containing(store.clock.now(), &zone).context("the clock stands outside 2000 to 2099")?;
    let (earlier, later) = (now.plus(-2), now.plus(-1));
    let period = |month: Month| Period { starts_at: month.starts_at(&zone), ends_at: month.ends_at(&zone) };
    let periods = [period(earlier), period(later)];
    let since = earlier.plus(BEGAN).starts_at(&zone);

    let plan = plan(seed);
    let partners = programme::partners(store, &context, since).await?;
    programme::policy(store, &context, earlier, rates()).await?;
    let customers = programme::customers(store, &context, &plan, &partners, since, periods).await?;
    writeln!(out, "Made {} partners and {} customers.", partners.len(), customers.len())?;

    let file = directory.join(format!("bill-{earlier}.csv"));
    focus_csv::write(&file, &bills::month(&plan, periods[0], seed), true)?;
    import(store, &file, true, env, out).await?;
    programme::product_policies(store, &context, earlier).await?;
    link_late(store, &context, &plan, &customers, out).await?;
    let file = directory.join(format!("bill-{earlier}-open-invoices.csv"));
    let unpaid = bills::unpaid(&plan, periods[0], seed + 4 * LATER);
    focus_csv::write(&file, &unpaid, false)?;
    import(store, &file, false, env, out).await?;
    finish(store, earlier, RunKind::Final, out).await?;
    market::bill_out(store, &context, &partners, earlier, out).await?;
    money::bring_on(store, &context, earlier, out).await?;

    let file = directory.join(format!("bill-{later}.csv"));
    let mut lines = bills::month(&plan, periods[1], seed + LATER);
    lines.extend(bills::late(&plan, periods[0], seed + 2 * LATER));
    focus_csv::write(&file, &lines, false)?;
    import(store, &file, true, env, out).await?;
    let file = directory.join(format!("bill-{later}-open-invoices.csv"));
    let unpaid = bills::unpaid(&plan, periods[1], seed + 3 * LATER);
    focus_csv::write(&file, &unpaid, false)?;
    import(store, &file, false, env, out).await?;
    if let Some(line) = unpaid.first() {
        let invoice_no = format!("{}/{later}/{}", line.account, line.currency);
        writeln!(out, "Invoice {invoice_no} is paid; the others stay open.")?;
        let input = MarkPaid { provider: PROVIDER.into(), invoice_no, paid_at: None };
        mark_paid(store, &context, None, input).await?;
    }
    finish(store, later, RunKind::Estimate, out).await?;
    hold_schedule(store, later).await?;
    opportunities::share_both_ways(store, &context, &partners, out).await?;
    Ok(Told { months: vec![earlier, later], cast: cast(&partners, &customers)? })
}

/// Somebody's bill: its first month becomes FINAL (if it is over), its last ESTIMATED.
pub(crate) async fn of_a_bill(
    store: &Store,
    bill: &Path,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Told> {
    let context = Context::system("demo");
    let zone = settings::zone(&settings::load(store.db()).await?)?;
    import(store, bill, true, env, out).await?;
    let months = adopt::months(store).await?;
    let (Some(first), Some(last)) = (months.first().copied(), months.last().copied()) else {
        bail!("{} has no row that could be taken in.", bill.display());
    };
    let since = first.plus(BEGAN).starts_at(&zone);
    let partners = programme::partners(store, &context, since).await?;
    // A bill of a few cents should earn something too.
    let rates = rates().into_iter().map(|rate| NewRate { minimum: None, ..rate }).collect();
    programme::policy(store, &context, first, rates).await?;
    let customers = adopt::share_out(store, &context, &partners, since, first.starts_at(&zone)).await?;
    writeln!(out, "Shared its {} accounts out among {} partners.", customers.len(), partners.len())?;
    let over = store.clock.now() >= first.ends_at(&zone);
    finish(store, first, if over { RunKind::Final } else { RunKind::Estimate }, out).await?;
    if last != first {
        finish(store, last, RunKind::Estimate, out).await?;
    }
    for month in &months {
        hold_schedule(store, *month).await?;
    }
    Ok(Told { months, cast: cast(&partners, &customers)? })
}

async fn import(
    store: &Store,
    file: &Path,
    settled: bool,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<bill_import::Model> {
    let length = std::fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?.len();
    let input = NewImport {
        file_name: file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned(),
        settled,
        native_provider: PROVIDER.into(),
        total_bytes: i64::try_from(length).unwrap_or(i64::MAX),
        ..Default::default()
    };
    writeln!(out, "\nImporting {} ({}):", file.display(), if settled { "paid" } else { "not paid yet" })?;
    let import = take_in(store, Source::File(file.to_path_buf()), input).await?;
    receipt::print(store, &import, env.lang, out).await?;
    if import.state != ImportState::Completed {
        bail!("{} could not be taken in.", file.display());
    }
    Ok(import)
}

/// Links the accounts whose payments waited; they are taken in by the next settlement.
async fn link_late(
    store: &Store,
    context: &Context,
    plan: &Plan,
    ids: &[CustomerId],
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    for (customer, id) in plan.customers.iter().zip(ids).filter(|(customer, _)| customer.linked_later) {
        programme::link_accounts(store, context, *id, customer).await?;
        writeln!(out, "Linked the accounts of {}: what waited for them counts now.", customer.name)?;
    }
    Ok(())
}

/// Items that the story knows of when it closes its month: not all of it is to come out well.
const SEEN: &[CloseItem] = CloseItem::ALL;

async fn finish(
    store: &Store,
    month: Month,
    kind: RunKind,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let run = settle(store, month, kind, SEEN).await?;
    if run.state != RunState::Succeeded {
        let (code, detail) = (run.error_code.unwrap_or_default(), run.error_detail.unwrap_or_default());
        bail!("{month} could not be settled as {kind}: {} {code} {detail}", run.state);
    }
    writeln!(out, "Settled {month} as {kind}: {} bills.", run.bills)?;
    Ok(())
}

/// The calendar would make the draft and the final of a past month at once. Here its turns count as taken for
/// ever, so that the month stays as it is shown until somebody starts a run.
async fn hold_schedule(store: &Store, month: Month) -> anyhow::Result<()> {
    for turn in ["draft", "final", "nightly-estimate", "bill-out"] {
        let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        exec(store.db(), sql, [format!("{turn}:{month}").into(), Timestamp::FOREVER.0.into()]).await?;
    }
    Ok(())
}

/// One of each kind, by its place in the plan.
fn cast(partners: &[PartnerId], customers: &[CustomerId]) -> anyhow::Result<Cast> {
    match (partners.first(), partners.get(2), partners.get(8), customers.first()) {
        (Some(&distributor), Some(&reseller), Some(&solution_provider), Some(&customer)) => {
            Ok(Cast { distributor, reseller, solution_provider, customer })
        }
        _ => bail!("the programme has too few partners or customers"),
    }
}
