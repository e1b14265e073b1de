//! `worker`: imports, settlement runs, deadlines and schedules, until asked to stop.

use std::io::Write;

use clap::Args;
use domain::Store;
use domain::money::payout::Gateway;
use tokio_util::sync::CancellationToken;
use worker::{QueueConfig, Ringer, WorkerError, WorkerSettings};

use crate::config::{
    DatabaseArgs, FilesArgs, Mail, MailArgs, PayoutArgs, Problems, Queue, QueueArgs, Worker, WorkerArgs,
};
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::answer;
use crate::process::news::relay_until;
use crate::process::open::open_migrated;
use crate::process::post::post_until;
use crate::process::stop;
use crate::process::tasks::Tasks;

#[derive(Args, Debug)]
pub(crate) struct WorkerVerb {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    worker: WorkerArgs,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    payout: PayoutArgs,
}

/// Runs the verb.
pub(crate) async fn run(
    args: WorkerVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let mut problems = Problems::default();
    let database = args.database.check(&mut problems);
    let queue = args.queue.check(&database, &mut problems);
    let files = args.files.check(&mut problems);
    let settings = args.worker.check(&mut problems);
    let mail = args.mail.check(env.lang, &mut problems);
    let payout = args.payout.check(false, &mut problems);
    let settings = problems.finish(Some(settings))?;
    let store = files.of(open_migrated(&database, env).await?);
    let gateway = payout.gateway(&store.clock)?;
    let stop = stop::on_signal()?;
    writeln!(out, "Working on {} until asked to stop.", database.url)?;
    let config = queue_config(&store, &queue);
    let relaying = relay_until(&store, &queue, stop.clone());
    let working = work(&store, &gateway, &config, &settings, &mail, stop.clone());
    let (worked, relayed) = tokio::join!(
        async {
            let ended = working.await;
            stop.cancel();
            ended
        },
        relaying
    );
    worked.and(relayed)?;
    Ok(Outcome::Done)
}

/// Works until `stop`.
pub(crate) async fn work(
    store: &Store,
    gateway: &Gateway,
    queue: &QueueConfig,
    settings: &Worker,
    mail: &Mail,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let ringer = Ringer::open(queue)?;
    let (asked, stopping) = (stop.clone(), store.stopping.clone());
    let let_go = async move {
        asked.cancelled().await;
        stopping.ask();
        std::future::pending::<()>().await;
    };
    let posting = post_until(store, mail, settings.tick_every, stop.clone());
    let (tasks, grace) = (Tasks::default(), settings.grace);
    let settings = WorkerSettings {
        queue: queue.clone(),
        concurrency: settings.concurrency,
        tick_every: settings.tick_every,
        handler_limit: settings.limit,
        grace: settings.grace,
    };
    let ended = tokio::select! {
        (ended, posted) = async {
            let handler = answer::handler(store.clone(), gateway.clone(), ringer, tasks.clone());
            tokio::join!(worker::run(settings, handler, stop), posting)
        } => {
            posted?;
            ended
        }
        () = let_go => Ok(()),
    };
    tasks.finish(grace).await;
    match ended {
        // What is cut off is taken up by another worker: an end in order.
        Err(reason @ WorkerError::GraceOver { .. }) => {
            tracing::warn!(%reason, "work in hand was cut off");
            Ok(())
        }
        ended => Ok(ended?),
    }
}

/// The queue that goes with `store`.
pub(crate) fn queue_config(store: &Store, queue: &Queue) -> QueueConfig {
    match queue {
        Queue::Embedded => QueueConfig::sqlite(store.db().get_sqlite_connection_pool().clone()),
        Queue::Redis { url, namespace } => {
            QueueConfig::Redis { url: url.expose().to_owned(), namespace: namespace.clone() }
        }
    }
}
