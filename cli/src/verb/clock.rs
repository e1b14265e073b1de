//! `clock`: the clock of a demonstration, which can be moved on. What falls due on the way is done in order.

use std::io::Write;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::money::payout::Gateway;
use domain::operate::demo_clock::Happened;
use domain::operate::demo_clock::advance::Advance;
use domain::operate::demo_clock::travel::{Stop, travel};
use domain::programme::calendar::Calendar;
use domain::programme::demo_clock::require_settable;
use domain::{Context, Lang, Store};
use entity::Timestamp;
use tokio::sync::mpsc;

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::open_args;
use crate::process::stop;

#[derive(Args, Debug)]
pub(crate) struct ClockVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Print where the clock stands
    Show {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Move the clock on, and do what falls due on the way
    Advance {
        /// 10d (days), 3wd (to the end of 3 working days) or 12h (hours)
        #[arg(value_name = "HOW_FAR")]
        way: Advance,
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Move the clock on to an instant, and do what falls due on the way
    Set {
        /// The instant, e.g. 2026-12-01T00:00:00Z
        #[arg(value_name = "INSTANT", value_parser = instant)]
        to: Timestamp,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| "write an instant like 2026-12-01T00:00:00Z".to_owned())
}

/// Runs the verb.
pub(crate) async fn run(args: ClockVerb, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let (Verb::Show { database } | Verb::Advance { database, .. } | Verb::Set { database, .. }) = &args.verb;
    // Only a demonstration has such a clock, and its payouts go to the sandbox.
    let store = open_args(database, env).await?;
    require_settable(&store).await?;
    let calendar = Calendar::load(store.db()).await?;
    let now = store.clock.now();
    let to = match args.verb {
        Verb::Show { .. } => now,
        Verb::Advance { way, .. } => way.target(now, &calendar),
        Verb::Set { to, .. } => to,
    };
    if to != now {
        go(&store, to, &calendar, env.lang, out).await?;
    }
    let now = local(store.clock.now(), &calendar)?;
    match env.lang {
        Lang::En => writeln!(out, "The clock stands at {now}.")?,
        Lang::ZhCn => writeln!(out, "当前时钟：{now}。")?,
    }
    Ok(Outcome::Done)
}

/// Moves on to `to`, telling of each stop at which something happened as it is reached.
async fn go(
    store: &Store,
    to: Timestamp,
    calendar: &Calendar,
    lang: Lang,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let (tell, mut stops) = mpsc::unbounded_channel();
    let owner = format!("clock-{}", std::process::id());
    let context = Context::system("clock");
    let going = async {
        let heard = move |stop: Stop| {
            // Whoever does not listen any more has seen enough.
            let _ = tell.send(stop);
            Ok(())
        };
        let gone = async { Ok(travel(store, &Gateway::Sandbox, &context, &owner, to, heard).await?) };
        stop::or_stop(&store.stopping, gone).await
    };
    let telling = async {
        let mut nothing = true;
        while let Some(stop) = stops.recv().await {
            if !stop.happened.is_nothing() {
                nothing = false;
                writeln!(out, "{}", local(stop.at, calendar)?)?;
                for line in lines(&stop.happened, lang) {
                    writeln!(out, "  {line}")?;
                }
            }
        }
        anyhow::Ok(nothing)
    };
    let (gone, nothing) = tokio::join!(going, telling);
    gone?;
    if nothing? {
        let text = match lang {
            Lang::En => "Nothing fell due on the way.",
            Lang::ZhCn => "期间没有到期事项。",
        };
        writeln!(out, "{text}")?;
    }
    Ok(())
}

/// A line for each thing that happened. PURE.
fn lines(happened: &Happened, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, (reminders, passed)) in &happened.deadlines {
        let counted =
            [(reminders, "reminders given", "条提醒已发出"), (passed, "deadlines fell due", "个期限已到期")];
        for (count, en, zh) in counted.into_iter().filter(|(count, _, _)| **count > 0) {
            lines.push(match lang {
                Lang::En => format!("{kind}: {count} {en}"),
                Lang::ZhCn => format!("{kind}：{count} {zh}"),
            });
        }
    }
    for ((topic, kind), count) in &happened.events {
        lines.push(format!("{topic} {kind}: {count}"));
    }
    for run in &happened.runs {
        let (month, kind, state, bills) = (run.month, run.kind, run.state, run.bills);
        lines.push(match lang {
            Lang::En => format!("settlement run {month} {kind}: {state}, {bills} bills"),
            Lang::ZhCn => format!("结算任务 {month} {kind}：{state}，{bills} 张账单"),
        });
    }
    lines
}

/// An instant as people of the programme's zone read it. PURE.
fn local(at: Timestamp, calendar: &Calendar) -> anyhow::Result<String> {
    let at = jiff::Timestamp::from_microsecond(at.0).context("the clock stands outside of all calendars")?;
    let zoned = at.to_zoned_datetime(calendar.zone().clone());
    let zone = calendar.zone().iana_name().unwrap_or("UTC");
    Ok(format!("{} {zone}", zoned.strftime("%Y-%m-%d %H:%M:%S")))
}
