//! Opening the database, and refusing one whose tables are not what this program expects.

use std::path::PathBuf;

use anyhow::{Context, bail};
use domain::Store;
use domain::kernel::store;
use migration::{Migrator, MigratorTrait};
use sea_orm::DbBackend;

use crate::config::{Database, DatabaseArgs, Problems};
use crate::env::Env;

/// Opens the database that `args` name, migrated.
pub(crate) async fn open_args(args: &DatabaseArgs, env: &Env) -> anyhow::Result<Store> {
    let mut problems = Problems::default();
    let database = args.check(&mut problems);
    open_migrated(&problems.finish(Some(database))?, env).await
}

/// Opens a database for reading and writing facts: its tables must be there.
pub(crate) async fn open_migrated(database: &Database, env: &Env) -> anyhow::Result<Store> {
    if let Some(path) = sqlite_path(database.url.expose())
        && !path.exists()
    {
        bail!("There is no database at {}. Make it with `partner-center migrate up`.", path.display());
    }
    let store = connect(database, env).await?;
    require_migrated(&store).await?;
    // A demonstration's clock may be ahead of the machine's.
    domain::programme::demo_clock::refresh(&store).await?;
    Ok(store)
}

/// Connects, whatever is there; a SQLite file is made if missing.
pub(crate) async fn connect(database: &Database, env: &Env) -> anyhow::Result<Store> {
    let (url, connections) = (database.url.expose(), database.connections);
    Store::connect(url, connections, env.clock.clone(), env.ids.clone())
        .await
        .with_context(|| format!("The database {} cannot be opened", database.url))
}

/// The file of a `sqlite:` URL; `None` for other URLs and for databases in memory.
pub(crate) fn sqlite_path(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.split('?').next().unwrap_or(rest);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

/// Fails, naming the command, unless every migration was applied.
pub(crate) async fn require_migrated(store: &Store) -> anyhow::Result<()> {
    let pending = pending(store).await?;
    if pending.is_empty() {
        return Ok(());
    }
    bail!(
        "The database is not migrated: {} is missing. Run `partner-center migrate up` with the same settings, then try again.",
        pending.join(", ")
    );
}

/// The names of migrations that were not applied, the queue's own included.
pub(crate) async fn pending(store: &Store) -> anyhow::Result<Vec<String>> {
    let applied = applied(store).await?;
    let names = Migrator::migrations().into_iter().map(|migration| migration.name().to_owned());
    let mut pending: Vec<String> = names.filter(|name| !applied.contains(name)).collect();
    if store.backend() == DbBackend::Sqlite {
        let queue = worker::queue_status(store.db().get_sqlite_connection_pool()).await?;
        pending.extend(queue.into_iter().filter(|step| !step.applied).map(|step| queue_step(&step)));
    }
    Ok(pending)
}

/// The names of the applied migrations of our own tables, oldest first.
pub(crate) async fn applied(store: &Store) -> anyhow::Result<Vec<String>> {
    let sql = if store.backend() == DbBackend::Sqlite {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'seaql_migrations'"
    } else {
        "SELECT tablename FROM pg_tables WHERE tablename = 'seaql_migrations' AND schemaname = ANY (current_schemas(FALSE))"
    };
    if store::query_one(store.db(), sql, []).await?.is_none() {
        return Ok(Vec::new());
    }
    let rows = store::query(store.db(), "SELECT version FROM seaql_migrations ORDER BY version", []).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// The name of a step of the queue's own history.
pub(crate) fn queue_step(step: &worker::QueueMigration) -> String {
    format!("queue {} ({})", step.version, step.description)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_file_of_a_sqlite_url_is_found_in_every_form() {
        for (url, path) in [
            ("sqlite:pc.db", Some("pc.db")),
            ("sqlite://data/pc.db?mode=rwc", Some("data/pc.db")),
            ("sqlite:///var/pc.db", Some("/var/pc.db")),
            ("sqlite::memory:", None),
            ("postgres://db/pc", None),
        ] {
            assert_eq!(sqlite_path(url).as_deref(), path.map(Path::new), "{url}");
        }
    }
}
