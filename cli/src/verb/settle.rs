//! `settle`: makes a settlement run, or goes on with the one under way, and carries it on to its end.

use std::io::Write;
use std::time::Duration;

use clap::{Args, ValueEnum};
use domain::settlement::checklist::{CloseItem, against, in_words};
use domain::settlement::run::{advance, load};
use domain::settlement::start::{StartRun, Steer, start, steer};
use domain::{Code, Context, Error, Store};
use entity::{Month, RunId, RunKind, RunState, settlement_run};

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::months;
use crate::outcome::Outcome;
use crate::print::progress::RunMeter;
use crate::print::report;
use crate::process::open::open_args;
use crate::process::patience::while_away;
use crate::process::stop;
use crate::verb::preview;

/// Pace of looking at a run that another process works on, or that waits for its next attempt.
const LOOK_EVERY: Duration = Duration::from_millis(500);

#[derive(Args, Debug)]
pub(crate) struct SettleVerb {
    /// The month, e.g. 2026-08
    #[arg(long, value_name = "MONTH", value_parser = months::parse)]
    month: Month,
    /// Estimate (any time), draft (the month is over), or final (closes the month for good)
    #[arg(long)]
    kind: Kind,
    /// Items of the checklist that a final may pass over, by name, e.g. unmatched; may be given several times
    #[arg(long, value_name = "ITEM", value_parser = close_item, value_delimiter = ',')]
    acknowledge: Vec<CloseItem>,
    /// Only print what would change; nothing is written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Estimate,
    Draft,
    Final,
}

impl From<Kind> for RunKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Estimate => Self::Estimate,
            Kind::Draft => Self::Draft,
            Kind::Final => Self::Final,
        }
    }
}

/// An item of the checklist, as people write it.
fn close_item(words: &str) -> Result<CloseItem, String> {
    let known = || CloseItem::ALL.iter().map(|item| item.name().to_lowercase().replace('_', "-"));
    CloseItem::from_words(words).ok_or_else(|| format!("one of {}", known().collect::<Vec<_>>().join(", ")))
}

/// Runs the verb.
pub(crate) async fn run(
    args: SettleVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let store = open_args(&args.database, env).await?;
    if args.dry_run {
        preview::show(&store, args.month, args.kind.into(), env.lang, out).await?;
        let found = against(&store, args.month).await?;
        if matches!(args.kind, Kind::Final) && !found.is_empty() {
            writeln!(out, "Against a final:\n{}", in_words(&found))?;
        }
        return Ok(Outcome::Done);
    }
    let run = stop::or_stop(&store.stopping, settle(&store, args.month, args.kind.into(), &args.acknowledge))
        .await?;
    if run.state != RunState::Succeeded {
        let code = run.error_code.as_deref().unwrap_or("no reason given");
        let detail = run.error_detail.as_deref().unwrap_or_default();
        writeln!(out, "Run {} is {}: {code} {detail}", run.id, run.state)?;
        return Ok(Outcome::Failed);
    }
    writeln!(out, "{} is settled as {}.", run.month, run.kind)?;
    writeln!(out, "{}", report::partners(&store, run.month).await?)?;
    writeln!(out, "{}", report::rest(&store, run.month).await?)?;
    if run.quarantined > 0 {
        writeln!(out, "{} shards or partners were set aside; see the run {}.", run.quarantined, run.id)?;
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Done)
}

/// Settles `month` in this process; resumes or joins the run of this kind that is under way. Returns the run
/// as it ended.
pub(crate) async fn settle(
    store: &Store,
    month: Month,
    kind: RunKind,
    acknowledge: &[CloseItem],
) -> anyhow::Result<settlement_run::Model> {
    let id = while_away(async || begin(store, month, kind, acknowledge).await).await?;
    let owner = format!("cli-{}", std::process::id());
    let mut meter = RunMeter::new();
    if while_away(async || load(store.db(), id).await).await?.state == RunState::Paused {
        anyhow::bail!(
            "{id} was paused; resume it (settlementRunResume) or cancel it (settlementRunCancel) first"
        );
    }
    loop {
        let run = while_away(async || advance(store, id, &owner, |run| meter.show(run)).await).await?;
        match run.state {
            // Waits for its next attempt, or another process has it.
            RunState::Pending | RunState::Running => {
                store.stopping.check()?;
                meter.show(&run);
                tokio::time::sleep(LOOK_EVERY).await;
            }
            RunState::Paused | RunState::Succeeded | RunState::Failed | RunState::Cancelled => {
                meter.finish();
                return Ok(run);
            }
        }
    }
}

/// A new run, or the live one of this month and kind; one that failed is resumed, one that was paused is not
/// ours to resume.
async fn begin(
    store: &Store,
    month: Month,
    kind: RunKind,
    acknowledge: &[CloseItem],
) -> domain::Result<RunId> {
    let context = Context::system("cli");
    let refusals =
        match start(store, &context, None, StartRun { month, kind, acknowledge: acknowledge.to_vec() }).await
        {
            Ok(id) => return Ok(id),
            Err(Error::Refused(refusals)) => refusals,
            Err(error) => return Err(error),
        };
    let live = refusals.iter().find(|refusal| refusal.code == Code::RunExists);
    let Some(id) = live.and_then(|refusal| refusal.detail.parse().ok()) else {
        return Err(Error::Refused(refusals));
    };
    let run = load(store.db(), id).await?;
    if run.state == RunState::Failed {
        steer(store, &context, None, id, Steer::Resume).await?;
    }
    Ok(id)
}
