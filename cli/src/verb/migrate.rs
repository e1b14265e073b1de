//! `migrate up|down|status`: the tables, those of the queue included.

use std::io::Write;

use anyhow::bail;
use clap::{Args, Subcommand};
use domain::Store;
use migration::{Migrator, MigratorTrait};
use sea_orm::DbBackend;

use crate::config::{DatabaseArgs, Problems};
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::open::{applied, connect, pending, queue_step};

#[derive(Args, Debug)]
pub(crate) struct MigrateVerb {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    direction: Direction,
}

#[derive(Debug, Subcommand)]
enum Direction {
    /// Apply every change that is missing
    Up,
    /// Take changes back, newest first, with the data in their tables
    Down {
        /// Number of changes to take back
        #[arg(long, default_value_t = 1, conflicts_with = "all")]
        steps: u32,
        /// All of them, and the queue's own tables
        #[arg(long)]
        all: bool,
        /// Yes, delete the data in these tables
        #[arg(long)]
        yes: bool,
    },
    /// Say which changes are applied; exit code 1 if one is missing
    Status,
}

/// Runs the verb.
pub(crate) async fn run(
    args: MigrateVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    let mut problems = Problems::default();
    let database = args.database.check(&mut problems);
    let store = connect(&problems.finish(Some(database))?, env).await?;
    match args.direction {
        Direction::Up => {
            for name in up(&store).await? {
                writeln!(out, "applied {name}")?;
            }
            writeln!(out, "The database is up to date.")?;
        }
        Direction::Down { yes: false, .. } => {
            bail!("This deletes tables with their data. Add --yes if that is what you want.")
        }
        Direction::Down { steps, all, .. } => {
            for name in down(&store, (!all).then_some(steps)).await? {
                writeln!(out, "took back {name}")?;
            }
        }
        Direction::Status => return status(&store, out).await,
    }
    Ok(Outcome::Done)
}

/// Applies what is missing and returns its names.
pub(crate) async fn up(store: &Store) -> anyhow::Result<Vec<String>> {
    let missing = pending(store).await?;
    Migrator::up(store.db(), None).await?;
    if store.backend() == DbBackend::Sqlite {
        worker::queue_migrate(store.db().get_sqlite_connection_pool()).await?;
    }
    Ok(missing)
}

/// Takes `steps` changes back, or everything, and returns the names.
pub(crate) async fn down(store: &Store, steps: Option<u32>) -> anyhow::Result<Vec<String>> {
    let before = applied(store).await?;
    if !before.is_empty() {
        Migrator::down(store.db(), steps).await?;
    }
    let after = applied(store).await?;
    let mut gone: Vec<String> = before.into_iter().filter(|name| !after.contains(name)).rev().collect();
    if steps.is_none() && store.backend() == DbBackend::Sqlite {
        let pool = store.db().get_sqlite_connection_pool();
        let queue = worker::queue_status(pool).await?;
        gone.extend(queue.iter().rev().filter(|step| step.applied).map(queue_step));
        worker::queue_down(pool).await?;
    }
    Ok(gone)
}

async fn status(store: &Store, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    for name in applied(store).await? {
        let known = Migrator::migrations().iter().any(|migration| migration.name() == name);
        writeln!(out, "applied  {name}{}", if known { "" } else { " (of a newer program)" })?;
    }
    if store.backend() == DbBackend::Sqlite {
        let queue = worker::queue_status(store.db().get_sqlite_connection_pool()).await?;
        for step in queue.iter().filter(|step| step.applied) {
            writeln!(out, "applied  {}", queue_step(step))?;
        }
    }
    let pending = pending(store).await?;
    for name in &pending {
        writeln!(out, "missing  {name}")?;
    }
    Ok(if pending.is_empty() { Outcome::Done } else { Outcome::Failed })
}
