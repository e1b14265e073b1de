//! Driving an import: the file is read to its end and its rows are sorted; then they are posted in that order,
//! in batches. Rows of an account stand together, so the books are written from one end to the other.

use std::collections::BTreeSet;

use entity::{ImportId, ImportState, Month, bill_import};
use sea_orm::EntityTrait;
use tokio::sync::mpsc;

use super::claim::{LEASE, claim, fail, release};
use super::fill::Batches;
pub use super::reading::Source;
use super::reading::read;
use super::taking::{Taken, Taking};
use super::tally::{Counts, Tally};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::performance::credit_sql::mark_touched;
use crate::performance::partner_sum::stale_months;
use crate::performance::partner_sum_rebuild::rebuild;
use crate::programme::settings;
use crate::source::SourceOptions;

pub use super::fill::BATCH_ROWS;

/// Batches that may wait between the reading thread and the sorting.
const BATCHES_WAITING: usize = 4;

/// How far an import is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// The receipt's counts so far.
    pub counts: Counts,
    /// Bytes of the file read so far.
    pub read_bytes: i64,
}

/// Takes `source` in as import `id`: claims it, goes on behind its last batch, and completes it or leaves it
/// FAILED with a readable error. Returns the import as it stands then.
pub async fn ingest(
    store: &Store,
    id: ImportId,
    source: Source,
    mut progress: impl FnMut(Progress) + Send,
) -> Result<bill_import::Model> {
    let import = claim(store, id).await?;
    let outcome = take_in(store, &import, source, &mut progress).await;
    match outcome {
        Ok(()) => {}
        Err(Stop::File { code, detail }) => fail(store, id, import.generation, &code, &detail).await?,
        Err(Stop::Error(error)) if error.is_retryable() => {
            let _ = release(store, id, import.generation).await;
            return Err(error);
        }
        Err(Stop::Error(error)) => {
            fail(store, id, import.generation, "INTERNAL", &error.to_string()).await?;
            return Err(error);
        }
    }
    load(store, id).await
}

/// Reads the file and posts it.
async fn take_in(
    store: &Store,
    import: &bill_import::Model,
    source: Source,
    progress: &mut (impl FnMut(Progress) + Send),
) -> std::result::Result<(), Stop> {
    let programme = settings::load(store.db()).await?;
    let options = SourceOptions {
        format: None,
        zone: settings::zone(&programme)?,
        native_provider: import.native_provider.clone(),
        line_id: import.line_id.clone(),
    };
    let (sender, receiver) = mpsc::channel(BATCHES_WAITING);
    let reading = tokio::task::spawn_blocking(move || read(source, &options, &sender));
    let taken = Taking::new(store, import).all(receiver, progress).await;
    // The reading thread ends by itself: its channel is closed.
    let _ = reading.await;
    post(store, import, taken?, progress).await
}

/// Reads an import.
pub async fn load(store: &Store, id: ImportId) -> Result<bill_import::Model> {
    let row = bill_import::Entity::find_by_id(id).one(store.db()).await?;
    Ok(row.ok_or_else(|| Refusal::new(Code::NotFound, id.to_string()))?)
}

/// Why taking in stopped early.
pub(super) enum Stop {
    /// The file is at fault.
    File { code: String, detail: String },
    /// We are, or the database.
    Error(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Posts a file that was read, and completes the import.
async fn post(
    store: &Store,
    import: &bill_import::Model,
    taken: Taken,
    progress: &mut (impl FnMut(Progress) + Send),
) -> std::result::Result<(), Stop> {
    if import.rows_posted > 0 && import.digest.as_deref() != Some(&taken.digest) {
        return Err(differs());
    }
    begin_posting(store, import, &taken).await?;
    let mut tally = Tally::open(store, import).await?;
    let (read, rejected) = (taken.progress.counts.read, taken.progress.counts.rejected);
    (tally.counts.read, tally.counts.rejected) = (read, rejected);
    let posted = u64::try_from(import.rows_posted).unwrap_or(0);
    let packer = taken.packer;
    let sorted = tokio::task::spawn_blocking(move || taken.spool.sorted());
    let sorted = sorted.await.map_err(|_| Error::Invariant("the sorting thread ended early".into()))??;
    let batches = Batches::begin(sorted, packer, posted).await?;
    let read_bytes = taken.progress.read_bytes;
    let on_batch = |tally: &Tally| progress(Progress { counts: tally.counts, read_bytes });
    let months = super::post::post(store, import, batches, tally, on_batch).await?;
    for month in stale_months(store.db()).await? {
        // Whoever settles next need not.
        rebuild(store, month).await?;
    }
    Ok(finish(store, import, &months).await?)
}

/// The file of a resumed import must be the one that was begun.
fn differs() -> Stop {
    Stop::File {
        code: "FILE_DIFFERS".into(),
        detail:
            "The file is not the one this import was begun with. Import it anew: rows that are in already \
                 are recognised."
                .into(),
    }
}

/// Notes what was read, and which file it was, before the first row goes into the books.
async fn begin_posting(store: &Store, import: &bill_import::Model, taken: &Taken) -> Result<()> {
    let counts = taken.progress.counts;
    let sql = "UPDATE bill_import SET rows_read = $1, rows_rejected = $2, read_bytes = $3, digest = $4, \
               lease_until = $5 WHERE id = $6 AND generation = $7 AND state = 'RUNNING'";
    let values = [
        counts.read.into(),
        counts.rejected.into(),
        taken.progress.read_bytes.into(),
        taken.digest.as_str().into(),
        store.clock.now().plus(LEASE).0.into(),
        import.id.0.into(),
        import.generation.into(),
    ];
    let tx = store.begin().await?;
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::LeaseLost);
    }
    crate::kernel::crash::point("import.read");
    tx.commit().await
}

async fn finish(store: &Store, import: &bill_import::Model, months: &BTreeSet<Month>) -> Result<()> {
    let tx = store.begin().await?;
    let values = [
        store.clock.now().0.into(),
        import.id.0.into(),
        import.generation.into(),
        ImportState::Completed.name().into(),
    ];
    let sql = "UPDATE bill_import SET state = $4, finished_at = $1, lease_until = 0 \
               WHERE id = $2 AND generation = $3 AND state = 'RUNNING'";
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::LeaseLost);
    }
    for month in months {
        mark_touched(tx.orm(), import.id, *month, store.clock.now()).await?;
    }
    for scratch in ["import_carry", "import_chunk"] {
        exec(tx.orm(), &format!("DELETE FROM {scratch} WHERE import_id = $1"), [import.id.0.into()]).await?;
    }
    crate::kernel::crash::point("import.finish");
    tx.commit().await
}
