//! Rows sorted by their place, however many: runs of rows are sorted in memory, written to an unnamed
//! temporary file and merged. A file that fits one run never touches the disk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use entity::{CloudAccountId, Month, Timestamp};
use sea_orm::DbErr;

use super::entry::Place;
use crate::kernel::error::{Error, Result};

/// Bytes of packed rows sorted at once: about 150,000 rows.
const RUN_BYTES: usize = 16 * 1024 * 1024;
/// Rows sorted at once, should they be very small.
const RUN_ROWS: usize = 200_000;
/// Bytes of all read buffers while runs are merged.
const MERGE_BYTES: usize = 16 * 1024 * 1024;
/// Largest and smallest read buffer of a run.
const READ_BYTES: (usize, usize) = (4 * 1024, 256 * 1024);
/// Bytes of a record before its packed row: its length and its place.
const HEAD: usize = 48;

/// Rows being collected.
#[derive(Debug, Default)]
pub struct Spool {
    bytes: Vec<u8>,
    /// Place, begin and end of each row in `bytes`.
    places: Vec<(Place, u32, u32)>,
    file: Option<File>,
    runs: Vec<(u64, u64)>,
    rows: u64,
}

impl Spool {
    /// Takes a row in; `pack` appends it to the bytes it is given.
    pub fn push(&mut self, place: Place, pack: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        let begin = self.bytes.len();
        pack(&mut self.bytes)?;
        self.places.push((place, offset(begin)?, offset(self.bytes.len())?));
        self.rows += 1;
        if self.bytes.len() >= RUN_BYTES || self.places.len() >= RUN_ROWS { self.spill() } else { Ok(()) }
    }

    /// Rows taken in.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Sorts the rows at hand and writes them away.
    fn spill(&mut self) -> Result<()> {
        self.places.sort_unstable_by_key(|(place, ..)| *place);
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile().map_err(no_room)?,
        };
        let begin = self.runs.last().map_or(0, |(_, end)| *end);
        let mut end = begin;
        let mut out = std::io::BufWriter::with_capacity(READ_BYTES.1, &mut file);
        for (place, from, to) in self.places.drain(..) {
            let row = self.bytes.get(from as usize..to as usize).unwrap_or_default();
            out.write_all(&head(&place, row.len())).and_then(|()| out.write_all(row)).map_err(no_room)?;
            end += (HEAD + row.len()) as u64;
        }
        out.flush().map_err(no_room)?;
        drop(out);
        self.bytes.clear();
        self.runs.push((begin, end));
        self.file = Some(file);
        Ok(())
    }

    /// Ends the collection: the rows in order.
    pub fn sorted(mut self) -> Result<Sorted> {
        if self.file.is_none() {
            self.places.sort_unstable_by_key(|(place, ..)| *place);
            return Ok(Sorted::Memory { bytes: self.bytes, places: self.places.into_iter() });
        }
        if !self.places.is_empty() {
            self.spill()?;
        }
        let file = self.file.ok_or_else(|| Error::Invariant("a spool without a file".into()))?;
        let buffer = (MERGE_BYTES / self.runs.len().max(1)).clamp(READ_BYTES.0, READ_BYTES.1);
        let runs = self.runs.into_iter().map(|(next, end)| Run {
            next,
            end,
            buffer: Vec::new(),
            at: 0,
            size: buffer,
        });
        let mut merge = Merge { file, runs: runs.collect(), heap: BinaryHeap::new() };
        for run in 0..merge.runs.len() {
            merge.advance(run)?;
        }
        Ok(Sorted::Merged(merge))
    }
}

/// Rows in the order of their places.
#[derive(Debug)]
pub enum Sorted {
    /// They fitted in memory.
    Memory {
        /// The packed rows.
        bytes: Vec<u8>,
        /// Their places, in order.
        places: std::vec::IntoIter<(Place, u32, u32)>,
    },
    /// They come from runs in a file.
    Merged(Merge),
}

impl Sorted {
    /// The next row: its place, and its packed bytes in `out`.
    pub fn next(&mut self, out: &mut Vec<u8>) -> Result<Option<Place>> {
        out.clear();
        match self {
            Self::Memory { bytes, places } => Ok(places.next().map(|(place, from, to)| {
                out.extend_from_slice(bytes.get(from as usize..to as usize).unwrap_or_default());
                place
            })),
            Self::Merged(merge) => merge.next(out),
        }
    }
}

/// Merges the runs of a file.
#[derive(Debug)]
pub struct Merge {
    file: File,
    runs: Vec<Run>,
    heap: BinaryHeap<Reverse<(Place, usize)>>,
}

/// What is left of a run, and its read buffer.
#[derive(Debug)]
struct Run {
    next: u64,
    end: u64,
    buffer: Vec<u8>,
    at: usize,
    size: usize,
}

impl Merge {
    fn next(&mut self, out: &mut Vec<u8>) -> Result<Option<Place>> {
        let Some(Reverse((place, run))) = self.heap.pop() else { return Ok(None) };
        let length = self.runs[run].length();
        out.extend_from_slice(self.take(run, HEAD + length)?.get(HEAD..).unwrap_or_default());
        self.runs[run].at += HEAD + length;
        self.advance(run)?;
        Ok(Some(place))
    }

    /// Puts the next row of `run` on the heap.
    fn advance(&mut self, run: usize) -> Result<()> {
        let left = &self.runs[run];
        if left.next == left.end && left.at == left.buffer.len() {
            return Ok(());
        }
        let place = read_place(self.take(run, HEAD)?)?;
        self.heap.push(Reverse((place, run)));
        Ok(())
    }

    /// The next `wanted` bytes of `run`.
    fn take(&mut self, run: usize, wanted: usize) -> Result<&[u8]> {
        let run = &mut self.runs[run];
        if run.buffer.len() - run.at < wanted {
            run.buffer.drain(..run.at);
            run.at = 0;
            let kept = run.buffer.len();
            let more =
                (run.size.max(wanted) - kept).min(usize::try_from(run.end - run.next).unwrap_or(usize::MAX));
            run.buffer.resize(kept + more, 0);
            self.file
                .seek(SeekFrom::Start(run.next))
                .and_then(|_| self.file.read_exact(&mut run.buffer[kept..]))
                .map_err(no_room)?;
            run.next += more as u64;
        }
        run.buffer
            .get(run.at..run.at + wanted)
            .ok_or_else(|| Error::Invariant("the spool of an import ends early".into()))
    }
}

impl Run {
    fn length(&self) -> usize {
        let bytes = self.buffer.get(self.at..self.at + 4).and_then(|b| b.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes) as usize
    }
}

fn head(place: &Place, length: usize) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    head[4..8].copy_from_slice(&place.month.0.to_le_bytes());
    head[8..16].copy_from_slice(&place.account.0.to_le_bytes());
    head[16..24].copy_from_slice(&place.consumed_at.0.to_le_bytes());
    head[24..40].copy_from_slice(&place.fingerprint);
    head[40..].copy_from_slice(&place.line_no.to_le_bytes());
    head
}

fn read_place(head: &[u8]) -> Result<Place> {
    fn part<const N: usize>(head: &[u8], at: usize) -> Result<[u8; N]> {
        let bytes = head.get(at..at + N).and_then(|b| b.try_into().ok());
        bytes.ok_or_else(|| Error::Invariant("the spool of an import is cut".into()))
    }
    Ok(Place {
        month: Month(i32::from_le_bytes(part(head, 4)?)),
        account: CloudAccountId(i64::from_le_bytes(part(head, 8)?)),
        consumed_at: Timestamp(i64::from_le_bytes(part(head, 16)?)),
        fingerprint: part(head, 24)?,
        line_no: u64::from_le_bytes(part(head, 40)?),
    })
}

fn offset(at: usize) -> Result<u32> {
    u32::try_from(at).map_err(|_| Error::Invariant("a run of an import is too large".into()))
}

/// A full disk has room again later, and so may a directory be there again: the import is tried again.
fn no_room(error: std::io::Error) -> Error {
    let text = format!("the temporary space of an import (about 150 bytes a row, under TMPDIR): {error}");
    match Error::from(error) {
        Error::StorageFull(_) => Error::StorageFull(text),
        _ => Error::Unavailable(DbErr::Custom(text)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(month: i32, account: i64, line_no: u64) -> Place {
        Place {
            month: Month(202_601 + month),
            account: CloudAccountId(account),
            consumed_at: Timestamp(7 - account),
            fingerprint: [u8::try_from(line_no % 3).unwrap(); 16],
            line_no,
        }
    }

    fn drained(spool: Spool) -> Vec<(Place, Vec<u8>)> {
        let (mut sorted, mut row, mut rows) = (spool.sorted().unwrap(), Vec::new(), Vec::new());
        while let Some(place) = sorted.next(&mut row).unwrap() {
            rows.push((place, row.clone()));
        }
        rows
    }

    proptest! {
        #[test]
        fn rows_come_out_in_order_whole_and_once_from_memory_as_from_runs(
            rows in proptest::collection::vec((0..3_i32, 0..5_i64, 0..400_usize), 0..200),
            cuts in proptest::collection::vec(any::<bool>(), 200),
        ) {
            let (mut memory, mut runs) = (Spool::default(), Spool::default());
            let mut expected = Vec::new();
            for (i, (month, account, length)) in rows.iter().enumerate() {
                let (at, row) = (place(*month, *account, i as u64), vec![u8::try_from(i % 251).unwrap(); *length]);
                for spool in [&mut memory, &mut runs] {
                    spool.push(at, |out| { out.extend_from_slice(&row); Ok(()) }).unwrap();
                }
                if cuts[i] {
                    runs.spill().unwrap();
                }
                expected.push((at, row));
            }
            expected.sort_unstable();
            prop_assert_eq!(memory.rows(), rows.len() as u64);
            prop_assert_eq!(&drained(memory), &expected);
            prop_assert_eq!(&drained(runs), &expected);
        }
    }
}
