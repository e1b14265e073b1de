//! The reading thread: bytes of a file become rows and rejects, in batches, with a digest over all of it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use entity::ImportFile;
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
    /// Several files that are one bill, read one after the other.
    Files(Vec<PathBuf>),
    /// A stream, e.g. standard input: CSV or gzip.
    Stream(Box<dyn Read + Send>),
}

/// What the reading thread sends.
pub(super) enum Message {
    /// The format was recognised.
    Format(&'static str),
    /// Rows and rejects, and how many bytes were read so far.
    Batch(Vec<SourceItem>, i64),
    /// One of several files begins.
    Part(ImportFile),
    /// The file cannot be read on; its name, if there are several.
    Refused(Option<String>, SourceError),
    /// The end, with the SHA-256 of the file.
    Finished(String),
}

/// The reading thread. It stops when nobody listens any more.
pub(super) fn read(source: Source, options: &SourceOptions, sender: &mpsc::Sender<Message>) {
    let mut reading =
        Reading { options, sender, digest: Arc::default(), lines: 0, read_bytes: 0, name: None };
    let done = match source {
        Source::File(path) => reading.file(&path),
        Source::Files(paths) => paths.iter().all(|path| reading.part(path)),
        Source::Stream(stream) => {
            let opened = open_stream(hashing(stream, &reading.digest), options);
            reading.items(opened)
        }
    };
    if done {
        let digest = reading.digest.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        let _ = sender.blocking_send(Message::Finished(hex(digest)));
    }
}

/// State of reading, file by file.
struct Reading<'a> {
    options: &'a SourceOptions,
    sender: &'a mpsc::Sender<Message>,
    digest: Arc<Mutex<Sha256>>,
    /// Lines of the files before: the next one's are counted on.
    lines: u64,
    read_bytes: u64,
    /// The file at hand, if there are several.
    name: Option<String>,
}

impl Reading<'_> {
    /// Reads one of several files; `false` if reading ends here.
    fn part(&mut self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        self.name = Some(name.clone());
        let lines_before = i64::try_from(self.lines).unwrap_or(i64::MAX);
        let begins = Message::Part(ImportFile { name, lines_before });
        self.sender.blocking_send(begins).is_ok() && self.file(path)
    }

    fn file(&mut self, path: &Path) -> bool {
        let opened = open_path(path, self.options, &self.digest);
        self.items(opened)
    }

    fn items(&mut self, opened: Result<SourceReader, SourceError>) -> bool {
        let mut reader = match opened {
            Ok(reader) => reader,
            Err(error) => return self.refuse(error),
        };
        if self.sender.blocking_send(Message::Format(reader.format().name())).is_err() {
            return false;
        }
        let (before, mut last) = (self.lines, self.lines);
        let mut batch = Vec::with_capacity(HANDED_ROWS);
        while let Some(item) = reader.next() {
            let mut item = match item {
                Ok(item) => item,
                Err(error) => return self.refuse(error),
            };
            let line = match &mut item {
                SourceItem::Row(row) => &mut row.line_no,
                SourceItem::Reject(reject) => &mut reject.line_no,
            };
            *line += before;
            last = last.max(*line);
            batch.push(item);
            if batch.len() == HANDED_ROWS && !self.send(&mut batch, &reader) {
                return false;
            }
        }
        let sent = self.send(&mut batch, &reader);
        (self.lines, self.read_bytes) = (last.max(before + 1), self.read_bytes + reader.bytes_read());
        sent
    }

    fn refuse(&self, error: SourceError) -> bool {
        let _ = self.sender.blocking_send(Message::Refused(self.name.clone(), error));
        false
    }

    fn send(&self, batch: &mut Vec<SourceItem>, reader: &SourceReader) -> bool {
        let full = std::mem::replace(batch, Vec::with_capacity(HANDED_ROWS));
        let read_bytes = i64::try_from(self.read_bytes + reader.bytes_read()).unwrap_or(i64::MAX);
        self.sender.blocking_send(Message::Batch(full, read_bytes)).is_ok()
    }
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
