//! A migrated database of its own for every test, on both databases.

use std::path::Path;

use anyhow::{Context, Result};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::pg::Postgres;

/// The databases the product runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Embedded: a file.
    Sqlite,
    /// Distributed: a server.
    Postgres,
}

/// An empty, migrated database that is gone after the test.
#[derive(Debug)]
pub struct TestDatabase {
    /// Which of the two.
    pub backend: Backend,
    /// How to connect.
    pub url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Directory(TempDir),
    Server(&'static Postgres),
    /// Somebody else keeps it.
    Elsewhere,
}

impl TestDatabase {
    /// A fresh database; `None` (and the test skipped) where the server is not installed.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn fresh(backend: Backend) -> Option<TestDatabase> {
        match backend {
            Backend::Sqlite => Some(fresh_file().await.expect("a copy of the template file")),
            Backend::Postgres => {
                let server = Postgres::shared().await?;
                let url = server.fresh_database().await;
                Some(TestDatabase { backend, url, place: Place::Server(server) })
            }
        }
    }

    /// A migrated database that somebody else keeps.
    pub fn kept_by(backend: Backend, url: String) -> TestDatabase {
        TestDatabase { backend, url, place: Place::Elsewhere }
    }

    /// A plain connection pool, for tests that look at tables; the product connects by itself from the URL.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn connect(&self) -> DatabaseConnection {
        Database::connect(options(&self.url)).await.expect("a connection to the test database")
    }

    /// A directory for files of this test, for SQLite the one its database is in.
    pub fn directory(&self) -> Option<&Path> {
        match &self.place {
            Place::Directory(directory) => Some(directory.path()),
            Place::Server(_) | Place::Elsewhere => None,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Server(server) = self.place {
            server.drop_database(&self.url);
        }
    }
}

/// Runs a test on one backend; [`on_both_databases!`](crate::on_both_databases) calls it for each.
pub async fn run_on<T, F>(backend: Backend, test: T)
where
    T: FnOnce(TestDatabase) -> F,
    F: Future<Output = ()>,
{
    if let Some(database) = TestDatabase::fresh(backend).await {
        test(database).await;
    }
}

/// Makes two tests of one: `name::sqlite` and `name::postgres`. The test is given a
/// [`TestDatabase`](crate::db::TestDatabase) and must keep it until its end.
#[macro_export]
macro_rules! on_both_databases {
    ($(#[$meta:meta])* $name:ident, $test:expr) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::db::run_on($crate::db::Backend::Sqlite, $test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::db::run_on($crate::db::Backend::Postgres, $test).await;
            }
        }
    };
}

/// Brings a database up to date: the product's tables and, on SQLite, those of the queue.
pub(crate) async fn migrate(url: &str) -> Result<()> {
    let connection = Database::connect(options(url)).await?;
    Migrator::up(&connection, None).await?;
    if url.starts_with("sqlite") {
        worker::queue_migrate(connection.get_sqlite_connection_pool()).await?;
    }
    Ok(connection.close().await?)
}

static TEMPLATE_FILE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// The template is migrated once and kept in memory; a test gets a copy of it as a file.
async fn fresh_file() -> Result<TestDatabase> {
    let template = TEMPLATE_FILE.get_or_try_init(template_file).await?;
    let directory = tempfile::Builder::new().prefix("partner-center-sqlite-").tempdir()?;
    let file = directory.path().join("partner-center.db");
    std::fs::write(&file, template)?;
    Ok(TestDatabase { backend: Backend::Sqlite, url: sqlite_url(&file), place: Place::Directory(directory) })
}

async fn template_file() -> Result<Vec<u8>> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("template.db");
    // Closing the last connection moves everything from the write-ahead log into the file.
    migrate(&sqlite_url(&file)).await?;
    std::fs::read(&file).context("reading the template file")
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

fn options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(5).sqlx_logging(false);
    options
}
