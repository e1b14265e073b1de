//! Driving an import: a thread reads and parses the file, batches go into the database as they come.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use entity::{ImportId, ImportState, bill_import};
use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::claim::{claim, fail, release, renew};
use super::intake::Intake;
use super::tally::Counts;
use crate::error::{Code, Error, Refusal, Result};
use crate::programme::settings;
use crate::source::{SourceError, SourceItem, SourceOptions, SourceReader, open_file, open_stream};
use crate::store::{Store, exec};

/// Rows of one transaction: large enough to spread its cost, small enough to lose little in a crash.
pub const BATCH_ROWS: usize = 5_000;
/// Batches that may wait between the reading thread and the database.
const BATCHES_WAITING: usize = 2;
/// How long nothing may come from the reading thread before the lease is renewed without a batch.
const RENEW_AFTER: std::time::Duration = std::time::Duration::from_secs(15);
/// Buffer of the file.
const READ_BUFFER: usize = 256 * 1024;

/// Where the bytes come from.
pub enum Source {
    /// A file: CSV, gzip or Parquet.
    File(PathBuf),
    /// A stream, e.g. standard input: CSV or gzip.
    Stream(Box<dyn Read + Send>),
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// The receipt's counts so far.
    pub counts: Counts,
    /// Bytes of the file read so far.
    pub read_bytes: i64,
}

/// What the reading thread sends.
enum Message {
    Format(&'static str),
    Batch(Vec<SourceItem>, i64),
    Refused(SourceError),
    Finished(String),
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
    let programme = settings::load(store.db()).await?;
    let options = SourceOptions {
        format: None,
        zone: settings::zone(&programme)?,
        native_provider: import.native_provider.clone(),
    };
    let (sender, receiver) = mpsc::channel(BATCHES_WAITING);
    let reading = tokio::task::spawn_blocking(move || read(source, &options, &sender));
    let outcome = take_in(store, &import, receiver, &mut progress).await;
    // The reading thread ends by itself: its channel is closed.
    let _ = reading.await;
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

/// Reads an import.
pub async fn load(store: &Store, id: ImportId) -> Result<bill_import::Model> {
    let row = bill_import::Entity::find_by_id(id).one(store.db()).await?;
    Ok(row.ok_or_else(|| Refusal::new(Code::NotFound, id.to_string()))?)
}

/// Why taking in stopped early.
enum Stop {
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

async fn take_in(
    store: &Store,
    import: &bill_import::Model,
    mut messages: mpsc::Receiver<Message>,
    progress: &mut (impl FnMut(Progress) + Send),
) -> std::result::Result<(), Stop> {
    let mut intake = Intake::open(store, import).await?;
    let mut to_skip = usize::try_from(import.rows_read).unwrap_or(0);
    loop {
        let message = match tokio::time::timeout(RENEW_AFTER, messages.recv()).await {
            Ok(Some(message)) => message,
            Ok(None) => break,
            // Hashing or skipping a large file takes long without a batch: the import is still ours.
            Err(_) => {
                renew(store, import.id, import.generation).await?;
                continue;
            }
        };
        match message {
            Message::Format(format) => {
                let sql = "UPDATE bill_import SET format = $1 WHERE id = $2";
                exec(store.db(), sql, [format.into(), import.id.0.into()]).await?;
            }
            Message::Batch(mut items, read_bytes) => {
                if to_skip > 0 {
                    let rest = items.split_off(to_skip.min(items.len()));
                    to_skip -= items.len();
                    intake.tally.meet(&items);
                    if to_skip == 0 && import.digest.as_deref() != Some(&intake.tally.row_digest()) {
                        return Err(differs());
                    }
                    items = rest;
                }
                if items.is_empty() {
                    renew(store, import.id, import.generation).await?;
                } else {
                    crate::crash::point("import.batch");
                    intake.batch(items, read_bytes).await?;
                }
                progress(Progress { counts: intake.tally.counts, read_bytes });
            }
            Message::Refused(error) => {
                return Err(Stop::File {
                    code: error.code().to_owned(),
                    detail: error.message(crate::Lang::En),
                });
            }
            Message::Finished(_) if to_skip > 0 => return Err(differs()),
            Message::Finished(digest) => return Ok(finish(store, import, &digest).await?),
        }
    }
    Err(Error::Invariant("the reading thread ended without a word".into()).into())
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

async fn finish(store: &Store, import: &bill_import::Model, digest: &str) -> Result<()> {
    let tx = store.begin().await?;
    let values = [
        digest.into(),
        store.clock.now().0.into(),
        import.id.0.into(),
        import.generation.into(),
        ImportState::Completed.name().into(),
    ];
    let sql = "UPDATE bill_import SET state = $5, digest = $1, finished_at = $2, lease_until = 0 \
               WHERE id = $3 AND generation = $4 AND state = 'RUNNING'";
    if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
        return Err(Error::LeaseLost);
    }
    for scratch in ["import_carry", "import_seen", "import_chunk"] {
        exec(tx.orm(), &format!("DELETE FROM {scratch} WHERE import_id = $1"), [import.id.0.into()]).await?;
    }
    crate::crash::point("import.finish");
    tx.commit().await
}

/// The reading thread. It stops when nobody listens any more.
fn read(source: Source, options: &SourceOptions, sender: &mpsc::Sender<Message>) {
    let digest = Arc::new(Mutex::new(Sha256::new()));
    let opened = match source {
        Source::File(path) => open_path(&path, options, &digest),
        Source::Stream(stream) => open_stream(hashing(stream, &digest), options),
    };
    let mut reader = match opened {
        Ok(reader) => reader,
        Err(error) => {
            let _ = sender.blocking_send(Message::Refused(error));
            return;
        }
    };
    if sender.blocking_send(Message::Format(reader.format().name())).is_err() {
        return;
    }
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    while let Some(item) = reader.next() {
        match item {
            Ok(item) => batch.push(item),
            Err(error) => {
                let _ = sender.blocking_send(Message::Refused(error));
                return;
            }
        }
        if batch.len() == BATCH_ROWS && !send_batch(&mut batch, &reader, sender) {
            return;
        }
    }
    if send_batch(&mut batch, &reader, sender) {
        let digest = digest.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        let text: String = digest.iter().map(|b| format!("{b:02x}")).collect();
        let _ = sender.blocking_send(Message::Finished(text));
    }
}

fn send_batch(batch: &mut Vec<SourceItem>, reader: &SourceReader, sender: &mpsc::Sender<Message>) -> bool {
    let full = std::mem::replace(batch, Vec::with_capacity(BATCH_ROWS));
    let read_bytes = i64::try_from(reader.bytes_read()).unwrap_or(i64::MAX);
    sender.blocking_send(Message::Batch(full, read_bytes)).is_ok()
}

/// Text is hashed while it is read; Parquet is not read in order, so it is hashed first.
fn open_path(
    path: &PathBuf,
    options: &SourceOptions,
    digest: &Arc<Mutex<Sha256>>,
) -> Result<SourceReader, SourceError> {
    let mut magic = [0_u8; 4];
    let open = || File::open(path).map_err(SourceError::Io);
    let parquet = open()?.read(&mut magic).map_err(SourceError::Io)? == 4 && &magic == b"PAR1";
    if !parquet {
        return open_stream(hashing(open()?, digest), options);
    }
    std::io::copy(&mut hashing(open()?, digest), &mut std::io::sink()).map_err(SourceError::Io)?;
    open_file(path, options)
}

fn hashing(inner: impl Read + Send + 'static, digest: &Arc<Mutex<Sha256>>) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(READ_BUFFER, Hashing { inner, digest: Arc::clone(digest) }))
}

/// Takes the digest of what passes.
struct Hashing<R> {
    inner: R,
    digest: Arc<Mutex<Sha256>>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.digest.lock().unwrap_or_else(PoisonError::into_inner).update(&buffer[..n]);
        Ok(n)
    }
}
