//! What a file is wrapped in, by its first bytes, and how much of it was read.

use std::io::{BufRead, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the bytes of a bill are wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Text as it is.
    Plain,
    /// gzip, one or several members.
    Gzip,
    /// Apache Parquet.
    Parquet,
}

/// Bytes needed to tell.
const MAGIC: usize = 4;

impl Container {
    pub(super) fn of(start: &[u8]) -> Self {
        if start.starts_with(&[0x1F, 0x8B]) {
            Self::Gzip
        } else if start.starts_with(b"PAR1") {
            Self::Parquet
        } else {
            Self::Plain
        }
    }
}

/// Bytes read of the underlying source.
#[derive(Clone, Debug, Default)]
pub(super) struct Count(Arc<AtomicU64>);

impl Count {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Counted<R> {
    inner: R,
    count: Count,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Looks at the start of a stream and gives the text inside, with a count of the bytes outside.
pub(super) fn open(
    reader: Box<dyn BufRead + Send>,
) -> std::io::Result<(Container, Box<dyn Read + Send>, Count)> {
    let count = Count::default();
    let mut counted = Counted { inner: reader, count: count.clone() };
    let mut start = Vec::with_capacity(MAGIC);
    counted.by_ref().take(MAGIC as u64).read_to_end(&mut start)?;
    let container = Container::of(&start);
    let whole = Cursor::new(start).chain(counted);
    let text: Box<dyn Read + Send> = match container {
        Container::Gzip => Box::new(flate2::read::MultiGzDecoder::new(whole)),
        Container::Plain | Container::Parquet => Box::new(whole),
    };
    Ok((container, text, count))
}
