//! The demonstration's directory and database: made fresh each time, and never out of something else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use domain::kernel::store::{exec, query_one};
use domain::{Files, Store};
use sea_orm::DbBackend;

use crate::config::{Database, SecretUrl};
use crate::env::Env;
use crate::process::open;
use crate::verb::migrate;

/// The file that says: what is in this directory was made by a demonstration and may be deleted.
const MARKER: &str = ".partner-center-demo";
/// The database of the embedded deployment.
const DATABASE: &str = "partner-center.db";
/// Its stored files.
const FILES: &str = "files";
/// Connections of the demonstration.
const CONNECTIONS: u32 = 8;

/// Makes the directory, or takes one of an earlier demonstration.
pub(crate) fn directory(path: &Path) -> anyhow::Result<()> {
    let marker = path.join(MARKER);
    if !marker.exists() {
        let used = path.exists() && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
        if used {
            bail!(
                "{} is not empty and was not made by a demonstration. Choose another directory with --dir.",
                path.display()
            );
        }
        fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
        fs::write(&marker, "Made by `partner-center demo`, which may delete what is here.\n")?;
    }
    Ok(())
}

/// A fresh database, migrated: a file in `directory`, or the PostgreSQL database of `url`.
pub(crate) async fn database(
    directory: &Path,
    url: Option<&str>,
    env: &Env,
) -> anyhow::Result<(Database, Store)> {
    let url = match url {
        Some(url) => url.to_owned(),
        None => {
            let file = directory.join(DATABASE);
            remove(&file)?;
            format!("sqlite:{}", file.display())
        }
    };
    let database = Database { url: SecretUrl::new(url), connections: CONNECTIONS };
    let files = directory.join(FILES);
    if files.exists() {
        fs::remove_dir_all(&files).with_context(|| format!("{} cannot be deleted", files.display()))?;
    }
    let store = open::connect(&database, env).await?.with_files(Files::directory(files));
    if store.backend() == DbBackend::Postgres {
        empty(&store).await?;
    }
    migrate::up(&store).await?;
    domain::programme::demo_clock::make_settable(&store).await?;
    if store.backend() == DbBackend::Postgres {
        exec(store.db(), "CREATE TABLE IF NOT EXISTS partner_center_demo (made_at BIGINT)", []).await?;
    }
    Ok((database, store))
}

/// The database file with what SQLite keeps beside it.
fn remove(file: &Path) -> anyhow::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let path = PathBuf::from(name);
        if path.exists() {
            fs::remove_file(&path).with_context(|| format!("{} cannot be deleted", path.display()))?;
        }
    }
    Ok(())
}

/// Takes the tables of an earlier demonstration away; refuses those of anything else that is in use.
async fn empty(store: &Store) -> anyhow::Result<()> {
    if open::applied(store).await?.is_empty() {
        return Ok(());
    }
    let exists = |table: &str| {
        format!(
            "SELECT 1 FROM pg_tables WHERE tablename = '{table}' AND schemaname = ANY (current_schemas(FALSE))"
        )
    };
    let mut used = false;
    for table in ["partner", "bill_import"] {
        if query_one(store.db(), &exists(table), []).await?.is_some() {
            let sql = format!("SELECT 1 FROM {table} LIMIT 1");
            used |= query_one(store.db(), &sql, []).await?.is_some();
        }
    }
    if used && query_one(store.db(), &exists("partner_center_demo"), []).await?.is_none() {
        bail!(
            "This database has partners or imports and was not made by a demonstration. Name an empty database."
        );
    }
    migrate::down(store, None).await?;
    Ok(())
}

/// The shared secret of the demonstration's tokens, made once and kept readable by its owner only.
pub(crate) fn secret(directory: &Path, env: &Env) -> anyhow::Result<String> {
    let path = directory.join("token-secret");
    if let Ok(secret) = fs::read_to_string(&path) {
        return Ok(secret.trim().to_owned());
    }
    let secret = env.ids.token();
    let mut options = fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(options.write(true).create_new(true), 0o600);
    std::io::Write::write_all(&mut options.open(&path)?, secret.as_bytes())?;
    Ok(secret)
}
