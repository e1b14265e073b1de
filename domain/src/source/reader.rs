//! Opening a bill and going through it.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use super::container::{self, Container, Count};
use super::csv::CsvReader;
use super::parquet::ParquetReader;
use super::{SourceError, SourceFormat, SourceItem, SourceOptions};

/// Bytes read of a file at a time.
const FILE_BUFFER: usize = 128 * 1024;

/// Records read at a time: enough to digest sixteen lines of a length side by side, few enough to stay in
/// the processor's cache.
const GROUP: usize = 128;

/// Goes through a bill, record by record. After an error there is nothing more.
pub struct SourceReader {
    inner: Inner,
    /// Read and not given yet.
    ready: VecDeque<SourceItem>,
    /// What comes after `ready`, once reading has ended.
    end: Option<Option<SourceError>>,
    rows: u64,
}

enum Inner {
    Csv { reader: Box<CsvReader>, count: Count, failed: fn(std::io::Error) -> SourceError },
    Parquet(Box<ParquetReader>),
}

/// Opens CSV or gzip CSV and reads its header.
///
/// # Errors
/// Everything that makes the file unreadable as a whole; Parquet needs [`open_file`].
pub fn open_stream(
    reader: Box<dyn BufRead + Send>,
    options: &SourceOptions,
) -> Result<SourceReader, SourceError> {
    let (container, text, count) = container::open(reader).map_err(SourceError::Io)?;
    let failed = match container {
        Container::Parquet => return Err(SourceError::ParquetStream),
        Container::Gzip => gzip_failed,
        Container::Plain => SourceError::Io,
    };
    let reader = Box::new(CsvReader::new(text, options, failed)?);
    Ok(SourceReader {
        inner: Inner::Csv { reader, count, failed },
        rows: 0,
        ready: VecDeque::new(),
        end: None,
    })
}

/// Opens CSV, gzip CSV or Parquet, told apart by their first bytes.
///
/// # Errors
/// Everything that makes the file unreadable as a whole.
pub fn open_file(path: &Path, options: &SourceOptions) -> Result<SourceReader, SourceError> {
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(4).read_to_end(&mut start)).map_err(SourceError::Io)?;
    let file = File::open(path).map_err(SourceError::Io)?;
    if Container::of(&start) == Container::Parquet {
        let reader = Box::new(ParquetReader::open(file, options)?);
        return Ok(SourceReader {
            inner: Inner::Parquet(reader),
            rows: 0,
            ready: VecDeque::new(),
            end: None,
        });
    }
    open_stream(Box::new(BufReader::with_capacity(FILE_BUFFER, file)), options)
}

/// The decoder reports damage with these kinds; the rest is the source's own failure.
fn gzip_failed(error: std::io::Error) -> SourceError {
    match error.kind() {
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
            SourceError::BadGzip(error)
        }
        _ => SourceError::Io(error),
    }
}

impl SourceReader {
    /// Records given so far, rejects included.
    #[must_use]
    pub fn rows_read(&self) -> u64 {
        self.rows
    }

    /// Bytes of the file read so far (compressed bytes of a compressed file); for Parquet the share of
    /// the file that corresponds to the rows read. A little ahead of the items given.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        match &self.inner {
            Inner::Csv { count, .. } => count.get(),
            Inner::Parquet(reader) => reader.bytes_read(),
        }
    }

    /// What the columns mean.
    #[must_use]
    pub fn format(&self) -> SourceFormat {
        match &self.inner {
            Inner::Csv { reader, .. } => reader.builder.layout.format,
            Inner::Parquet(reader) => reader.builder.layout.format,
        }
    }

    /// Reads the next group of records.
    fn read_ahead(&mut self) {
        while self.ready.len() < GROUP && self.end.is_none() {
            let item = match &mut self.inner {
                Inner::Csv { reader, failed, .. } => reader.next(*failed),
                Inner::Parquet(reader) => reader.next(),
            };
            match item {
                Ok(Some(item)) => self.ready.push_back(item),
                Ok(None) => self.end = Some(None),
                Err(error) => self.end = Some(Some(error)),
            }
        }
        match &mut self.inner {
            Inner::Csv { reader, .. } => reader.builder.sign(&mut self.ready),
            Inner::Parquet(reader) => reader.builder.sign(&mut self.ready),
        }
    }
}

impl Iterator for SourceReader {
    type Item = Result<SourceItem, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() && self.end.is_none() {
            self.read_ahead();
        }
        match self.ready.pop_front() {
            Some(item) => {
                self.rows += 1;
                Some(Ok(item))
            }
            None => self.end.as_mut().and_then(Option::take).map(Err),
        }
    }
}

impl std::fmt::Debug for SourceReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SourceReader")
            .field("format", &self.format())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}
