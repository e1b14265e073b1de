//! Databases to measure on: made once up to a stage, then copied for every measurement.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context as _, Result};
use domain::kernel::store::exec;
use domain::{Clock, Ids, StoppedClock, Store};
use entity::Timestamp;
use tests::db::{Backend, TestDatabase};
use tests::pg::{DURABLE, Postgres};

use crate::programme;
use crate::setting::{SEED, Setting};
use crate::step;

static NAMES: AtomicU64 = AtomicU64::new(1);

/// A database that is gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    /// URL to connect with.
    pub(crate) url: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    File(PathBuf),
    Server(&'static Postgres),
}

impl Drop for Place {
    fn drop(&mut self) {
        match &self.home {
            Home::File(path) => {
                for ending in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
                }
            }
            Home::Server(server) => server.drop_database(&self.url),
        }
    }
}

/// The databases of one kind, by stage.
pub(crate) struct Places<'a> {
    /// Kind of database.
    pub(crate) backend: Backend,
    /// Sizes of the run that the place is for.
    pub(crate) setting: &'a Setting,
    programme: Place,
    imported: Option<Place>,
    settled: Option<Place>,
}

impl<'a> Places<'a> {
    /// Makes the programme; nothing where there is no server.
    pub(crate) async fn new(backend: Backend, setting: &'a Setting) -> Result<Option<Places<'a>>> {
        if backend == Backend::Postgres && Postgres::shared_with(DURABLE).await.is_none() {
            return Ok(None);
        }
        let Some(empty) = TestDatabase::fresh(backend).await else { return Ok(None) };
        let programme = copy(backend, &setting.directory, &empty.url).await?;
        let store = open(&programme.url).await?;
        programme::fill(&store, setting.size, SEED).await?;
        close(store).await?;
        Ok(Some(Self { backend, setting, programme, imported: None, settled: None }))
    }

    /// The programme without payments.
    pub(crate) async fn empty(&self) -> Result<Place> {
        self.copy(&self.programme).await
    }

    /// With the month's payments.
    pub(crate) async fn imported(&mut self) -> Result<Place> {
        if self.imported.is_none() {
            let place = self.empty().await?;
            step::import(&place.url, &self.setting.csv()?, self.setting.rows)?;
            self.imported = Some(place);
        }
        let place = self.imported.as_ref().context("made above")?;
        let place = self.copy(place).await?;
        if self.backend == Backend::Postgres {
            // What the server does by itself a minute later.
            let store = open(&place.url).await?;
            exec(store.db(), "ANALYZE", []).await?;
            close(store).await?;
        }
        Ok(place)
    }

    /// With the month settled.
    pub(crate) async fn settled(&mut self) -> Result<Place> {
        if self.settled.is_none() {
            let place = self.imported().await?;
            step::settle(&place.url)?;
            let store = open(&place.url).await?;
            if self.backend == Backend::Postgres {
                // What the server does by itself a minute later.
                exec(store.db(), "VACUUM ANALYZE", []).await?;
            }
            close(store).await?;
            self.settled = Some(place);
        }
        let place = self.settled.as_ref().context("made above")?;
        self.copy(place).await
    }

    /// Keeps a database in which the month has been imported.
    pub(crate) fn keep_imported(&mut self, place: Place) {
        self.imported = Some(place);
    }

    async fn copy(&self, place: &Place) -> Result<Place> {
        copy(self.backend, &self.setting.directory, &place.url).await
    }
}

async fn copy(backend: Backend, directory: &Path, url: &str) -> Result<Place> {
    if backend == Backend::Postgres {
        let server = Postgres::shared_with(DURABLE).await.context("a server")?;
        let url = server.copy_of(url).await;
        let store = open(&url).await?;
        // The copy is not written back while something is measured.
        exec(store.db(), "CHECKPOINT", []).await?;
        close(store).await?;
        return Ok(Place { url, home: Home::Server(server) });
    }
    let path = directory.join(format!("place-{}.db", NAMES.fetch_add(1, Ordering::Relaxed)));
    std::fs::copy(file_of(url), &path)?;
    std::fs::File::open(&path)?.sync_all()?;
    Ok(Place { url: format!("sqlite://{}?mode=rwc", path.display()), home: Home::File(path) })
}

/// The file of a SQLite database.
pub(crate) fn file_of(url: &str) -> PathBuf {
    url.trim_start_matches("sqlite://").split('?').next().unwrap_or_default().into()
}

/// The product's store over a database, in the middle of the month after.
pub(crate) async fn open(url: &str) -> Result<Store> {
    let clock = StoppedClock::at(Timestamp::parse_rfc3339("2026-10-15T00:00:00Z").context("an instant")?);
    Ok(Store::connect(url, 4, Clock::stopped(&clock), Ids::random()).await?)
}

/// Closes it: on SQLite everything is in the file then.
pub(crate) async fn close(store: Store) -> Result<()> {
    Ok(store.db().clone().close().await?)
}
