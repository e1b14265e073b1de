//! The reading thread: bytes of a file become rows and rejects, in batches, with a digest over all of it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use crate::kernel::hex::hex;
use crate::source::{SourceError, SourceItem, SourceOptions, SourceReader, open_file, open_stream};

/// Rows handed over at once: enough to spread the cost of the hand-over, few enough to hold little memory.
const HANDED_ROWS: usize = 2_000;
/// Buffer of the file.
const READ_BUFFER: usize = 256 * 1024;

/// Where the bytes come from.
pub enum Source {
    /// A file: CSV, gzip or Parquet.
    File(PathBuf),
    /// A stream, e.g. standard input: CSV or gzip.
    Stream(Box<dyn Read + Send>),
}

/// What the reading thread sends.
pub(super) enum Message {
    /// The format was recognised.
    Format(&'static str),
    /// Rows and rejects, and how many bytes were read so far.
    Batch(Vec<SourceItem>, i64),
    /// The file cannot be read on.
    Refused(SourceError),
    /// The end, with the SHA-256 of the file.
    Finished(String),
}

/// The reading thread. It stops when nobody listens any more.
pub(super) fn read(source: Source, options: &SourceOptions, sender: &mpsc::Sender<Message>) {
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
    let mut batch = Vec::with_capacity(HANDED_ROWS);
    while let Some(item) = reader.next() {
        match item {
            Ok(item) => batch.push(item),
            Err(error) => {
                let _ = sender.blocking_send(Message::Refused(error));
                return;
            }
        }
        if batch.len() == HANDED_ROWS && !send_batch(&mut batch, &reader, sender) {
            return;
        }
    }
    if send_batch(&mut batch, &reader, sender) {
        let digest = digest.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        let _ = sender.blocking_send(Message::Finished(hex(digest)));
    }
}

fn send_batch(batch: &mut Vec<SourceItem>, reader: &SourceReader, sender: &mpsc::Sender<Message>) -> bool {
    let full = std::mem::replace(batch, Vec::with_capacity(HANDED_ROWS));
    let read_bytes = i64::try_from(reader.bytes_read()).unwrap_or(i64::MAX);
    sender.blocking_send(Message::Batch(full, read_bytes)).is_ok()
}

/// Text is hashed while it is read; Parquet is not read in order, so it is hashed first.
fn open_path(
    path: &Path,
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
