//! One try at an export: a thread reads and formats, this side stores what comes and notes how far it is.

use std::time::Duration;

use bytes::Bytes;
use entity::{ExportFormat, ExportWhat, export_job};
use object_store::{MultipartUpload, PutPayload};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::time::{Instant, timeout};

use super::claim::{Progress, note};
use super::filter::ExportFilter;
use super::rows::{Piece, write_rows};
use crate::kernel::error::{Error, Result};
use crate::kernel::files::trouble;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::kernel::stream::Reader;

/// Pieces that may wait between the thread that formats and this side.
const PIECES_WAITING: usize = 16;
/// Bytes of one part of the object: a bucket wants at least 5 MiB and takes at most 10,000 of them.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// Pace of notes about the progress: below the lease, fast enough for a progress bar.
const NOTE_EVERY: Duration = Duration::from_secs(2);

/// Pace of looking for room between both sides.
const ROOM_EVERY: Duration = Duration::from_millis(1);

/// Outcome of a try that came to its end.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) progress: Progress,
    pub(super) sha256: String,
}

/// Writes the rows of `job` to the object `path`. If it fails nothing of the object is there.
pub(super) async fn write(
    store: &Store,
    job: &export_job::Model,
    scope: Scope,
    path: &str,
) -> Result<Written> {
    let filter: ExportFilter = serde_json::from_str(&job.filter)?;
    let reader = Reader::take(store, None).await?;
    let (sender, receiver) = mpsc::channel(PIECES_WAITING);
    let kind: (ExportWhat, ExportFormat) = (job.what, job.format);
    let mut taking = Taking::begin(store, job, path).await?;
    let reading = reader
        .with(move |reader| write_rows(reader, kind, scope, &filter, |piece| hand_over(&sender, piece)));
    let (read, taken) = tokio::join!(reading, taking.all(receiver));
    // Of two errors that of the taker is the cause of the other.
    match taken.and(read.map(|_| ())) {
        Ok(()) => taking.end().await,
        Err(error) => {
            if let Err(left) = taking.upload.abort().await {
                tracing::debug!(export = %job.id, %left, "parts of an export are left until the next try");
            }
            Err(error)
        }
    }
}

/// Waits on the reading thread until there is room. The thread may be driving a runtime of its own for the connection,
/// where the channel's own way to block panics.
fn hand_over(sender: &mpsc::Sender<Piece>, mut piece: Piece) -> Result<()> {
    loop {
        match sender.try_send(piece) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Full(back)) => piece = back,
            Err(TrySendError::Closed(_)) => {
                return Err(Error::Unavailable(DbErr::Custom("nobody takes what is written".into())));
            }
        }
        std::thread::sleep(ROOM_EVERY);
    }
}

/// The side that stores.
struct Taking<'a> {
    store: &'a Store,
    job: &'a export_job::Model,
    upload: Box<dyn MultipartUpload>,
    part: Vec<Bytes>,
    part_bytes: usize,
    hash: Sha256,
    progress: Progress,
    noted: Instant,
}

impl<'a> Taking<'a> {
    async fn begin(store: &'a Store, job: &'a export_job::Model, path: &str) -> Result<Self> {
        let upload = store.files.begin(path).await?;
        let (part, hash) = (Vec::new(), Sha256::new());
        let (progress, noted) = (Progress::default(), Instant::now());
        Ok(Self { store, job, upload, part, part_bytes: 0, hash, progress, noted })
    }

    /// Takes every piece.
    async fn all(&mut self, mut pieces: mpsc::Receiver<Piece>) -> Result<()> {
        loop {
            match timeout(NOTE_EVERY, pieces.recv()).await {
                Ok(None) => break,
                Ok(Some(piece)) => self.take(piece).await?,
                // A slow database: the lease is kept meanwhile.
                Err(_) => {}
            }
            if self.store.stopping.is_asked() {
                return Err(Error::Stopping);
            }
            if self.noted.elapsed() >= NOTE_EVERY {
                self.note().await?;
            }
        }
        self.send().await?;
        self.note().await
    }

    async fn take(&mut self, piece: Piece) -> Result<()> {
        let (bytes, rows) = match piece {
            Piece::Total(total) => {
                self.progress.total = Some(total);
                return Ok(());
            }
            Piece::Bytes(bytes, rows) => (bytes, rows),
        };
        self.hash.update(&bytes);
        self.progress.rows += rows;
        self.progress.bytes += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        self.part_bytes += bytes.len();
        self.part.push(bytes.into());
        if self.part_bytes >= PART_BYTES { self.send().await } else { Ok(()) }
    }

    /// Stores the part that was gathered.
    async fn send(&mut self) -> Result<()> {
        let part: PutPayload = std::mem::take(&mut self.part).into_iter().collect();
        self.part_bytes = 0;
        if part.content_length() > 0 {
            self.upload.put_part(part).await.map_err(trouble)?;
        }
        Ok(())
    }

    async fn note(&mut self) -> Result<()> {
        self.noted = Instant::now();
        note(self.store, self.job, self.progress).await
    }

    /// The object is there from here on.
    async fn end(mut self) -> Result<Written> {
        self.upload.complete().await.map_err(trouble)?;
        let sha256 = crate::kernel::hex::hex(self.hash.finalize());
        Ok(Written { progress: self.progress, sha256 })
    }
}
