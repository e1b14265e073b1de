//! `jobs`: how the recurring jobs of the workers stand, as a table or as JSON.

use std::io::Write;

use clap::Args;
use domain::Lang;
use domain::operate::task::{Standing, Status, list};
use entity::{JobResult, Timestamp};
use serde_json::{Value, json};

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::print::table::with_head;
use crate::process::open::open_args;

#[derive(Args, Debug)]
pub(crate) struct JobsVerb {
    /// Print one JSON array instead of a table
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the verb.
pub(crate) async fn run(args: JobsVerb, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let store = open_args(&args.database, env).await?;
    let (jobs, now) = (list(&store).await?, store.clock.now());
    if args.json {
        let jobs: Vec<Value> = jobs.iter().map(|job| as_json(job, now, env.lang)).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&jobs)?)?;
    } else {
        print(&jobs, now, env.lang, out)?;
    }
    Ok(Outcome::Done)
}

fn print(jobs: &[Status], now: Timestamp, lang: Lang, out: &mut dyn Write) -> anyhow::Result<()> {
    let head: [&str; 6] = match lang {
        Lang::En => ["job", "state", "last start", ">took (ms)", "result", "next due"],
        Lang::ZhCn => ["任务", "状态", "上次开始", ">耗时（毫秒）", "结果", "下次执行"],
    };
    let mut table = with_head(&head);
    for job in jobs {
        let row = job.row.as_ref();
        table.add_row([
            job.task.name.to_owned(),
            word(job.standing(now), lang).to_owned(),
            row.and_then(|row| row.started_at).map(Timestamp::to_rfc3339).unwrap_or_default(),
            row.and_then(|row| row.duration_micros)
                .map(|micros| (micros / 1_000).to_string())
                .unwrap_or_default(),
            row.and_then(|row| row.result).map(JobResult::name).unwrap_or_default().to_owned(),
            next_due(job).map(Timestamp::to_rfc3339).unwrap_or_default(),
        ]);
    }
    writeln!(out, "{table}")?;
    for job in jobs.iter().filter(|job| job.standing(now).is_trouble()) {
        let error = job.row.as_ref().and_then(|row| row.last_error.as_deref()).unwrap_or_default();
        writeln!(out, "{}: {} {error}", job.task.name, word(job.standing(now), lang))?;
    }
    Ok(())
}

/// Instant of its next turn; nothing before its first run, and while it is held.
fn next_due(job: &Status) -> Option<Timestamp> {
    job.row.as_ref().map(|row| row.next_due_at).filter(|at| *at < Timestamp::FOREVER)
}

const fn word(standing: Standing, lang: Lang) -> &'static str {
    match (standing, lang) {
        (Standing::Waiting, Lang::En) => "waiting",
        (Standing::Waiting, Lang::ZhCn) => "等待",
        (Standing::Running, Lang::En) => "running",
        (Standing::Running, Lang::ZhCn) => "执行中",
        (Standing::Failing, Lang::En) => "failing",
        (Standing::Failing, Lang::ZhCn) => "失败",
        (Standing::Overdue, Lang::En) => "overdue",
        (Standing::Overdue, Lang::ZhCn) => "超时未执行",
        (Standing::Held, Lang::En) => "held",
        (Standing::Held, Lang::ZhCn) => "已暂停",
    }
}

/// The same as the API says of a job, under the same names.
fn as_json(job: &Status, now: Timestamp, lang: Lang) -> Value {
    let row = job.row.as_ref();
    let at = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
    json!({
        "name": job.task.name,
        "description": job.task.does(lang),
        "periodSeconds": job.task.period / entity::timestamp::SECOND,
        "state": job.standing(now).name(),
        "lastStartedAt": at(row.and_then(|row| row.started_at)),
        "lastEndedAt": at(row.and_then(|row| row.ended_at)),
        "lastDurationMicros": row.and_then(|row| row.duration_micros),
        "lastResult": row.and_then(|row| row.result).map(JobResult::name),
        "failures": row.map_or(0, |row| row.failures),
        "lastError": row.and_then(|row| row.last_error.as_deref()),
        "lastFailedAt": at(row.and_then(|row| row.failed_at)),
        "nextDueAt": at(next_due(job)),
    })
}
