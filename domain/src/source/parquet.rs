//! Bills as Parquet: only the columns that are read are decoded, a batch at a time.

use std::borrow::Cow;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::arrow_text::TextColumn;
use super::fields::{Fault, Fields};
use super::layout::Layout;
use super::reader::Builder;
use super::reject::Reject;
use super::{RAW_LIMIT, SourceError, SourceItem, SourceOptions, clip};

/// Rows decoded at a time: large enough for speed, some megabytes of a wide bill.
const BATCH_ROWS: usize = 1024;

/// Reads a Parquet bill.
pub(super) struct ParquetReader {
    batches: ParquetRecordBatchReader,
    pub(super) builder: Builder,
    batch: Batch,
    /// The next row of the batch.
    next: usize,
    /// Rows given so far.
    rows: u64,
    total_rows: u64,
    file_bytes: u64,
}

/// A decoded batch; the columns by their place in the file, `None` where a column is not read.
#[derive(Default)]
struct Batch {
    rows: usize,
    columns: Vec<Option<TextColumn>>,
}

struct BatchRow<'a> {
    batch: &'a Batch,
    row: usize,
}

impl Fields for BatchRow<'_> {
    fn text(&self, place: usize) -> Option<Cow<'_, str>> {
        let text = self.batch.columns.get(place)?.as_ref()?.text(self.row)?;
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(text),
        };
        (!text.is_empty()).then_some(text)
    }
}

fn damaged(error: impl std::fmt::Display) -> SourceError {
    SourceError::BadParquet { detail: clip(&error.to_string(), super::DETAIL_LIMIT).to_owned() }
}

/// Runs the decoder, which panics on some damaged files (a division by zero in a page without values):
/// that is an error of the file. What it was working on is not used again.
fn guarded<T>(work: impl FnOnce() -> Result<T, SourceError>) -> Result<T, SourceError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(damaged("its data are damaged")))
}

impl ParquetReader {
    /// Reads the directory at the end of the file.
    pub(super) fn open(file: File, options: &SourceOptions) -> Result<Self, SourceError> {
        guarded(|| Self::open_unguarded(file, options))
    }

    fn open_unguarded(file: File, options: &SourceOptions) -> Result<Self, SourceError> {
        let file_bytes = file.metadata().map_err(SourceError::Io)?.len();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
        let header = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
        let layout = Layout::new(header, options.format)?;
        let total_rows = u64::try_from(reader.metadata().file_metadata().num_rows()).map_err(damaged)?;
        let places = layout.read_places();
        let mask = ProjectionMask::roots(reader.parquet_schema(), places);
        let batches = reader.with_projection(mask).with_batch_size(BATCH_ROWS).build().map_err(damaged)?;
        Ok(Self {
            batches,
            builder: Builder::new(layout, options),
            batch: Batch::default(),
            next: 0,
            rows: 0,
            total_rows,
            file_bytes,
        })
    }

    pub(super) fn bytes_read(&self) -> u64 {
        let share = u128::from(self.file_bytes) * u128::from(self.rows) / u128::from(self.total_rows.max(1));
        u64::try_from(share).unwrap_or(self.file_bytes).min(self.file_bytes)
    }

    /// The next row or reject; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<SourceItem>, SourceError> {
        guarded(|| self.next_unguarded())
    }

    fn next_unguarded(&mut self) -> Result<Option<SourceItem>, SourceError> {
        while self.next >= self.batch.rows {
            let Some(batch) = self.batches.next() else { return Ok(None) };
            self.batch = decode(&batch.map_err(damaged)?, &self.builder.layout)?;
            self.next = 0;
        }
        let row = BatchRow { batch: &self.batch, row: self.next };
        self.next += 1;
        self.rows += 1;
        Ok(Some(match self.builder.build(self.rows, &row) {
            Ok(mut built) => {
                if built.invoice_no.is_some() {
                    built.raw = raw(&row, &self.builder.layout);
                }
                SourceItem::Row(Box::new(built))
            }
            Err(fault) => reject(self.rows, fault, raw(&row, &self.builder.layout)),
        }))
    }
}

/// Gives the columns of a batch their places; the projection keeps the order of the file.
fn decode(batch: &RecordBatch, layout: &Layout) -> Result<Batch, SourceError> {
    let mut columns: Vec<Option<TextColumn>> = layout.header.iter().map(|_| None).collect();
    for (array, place) in batch.columns().iter().zip(layout.read_places()) {
        let name = layout.header.get(place).map_or("", String::as_str);
        let column = TextColumn::new(array).map_err(|why| damaged(format!("column {name}: {why}")))?;
        if let Some(slot) = columns.get_mut(place) {
            *slot = Some(column);
        }
    }
    Ok(Batch { rows: batch.num_rows(), columns })
}

fn reject(line_no: u64, fault: Fault, raw: Vec<u8>) -> SourceItem {
    let Fault { column, code, detail } = fault;
    SourceItem::Reject(Box::new(Reject { line_no, column, code, detail, raw }))
}

/// The columns that were read, as `Name=value` lines: Parquet has no raw record.
fn raw(row: &BatchRow<'_>, layout: &Layout) -> Vec<u8> {
    let mut text = String::new();
    for (place, name) in layout.header.iter().enumerate() {
        if let Some(value) = row.text(place)
            && text.len() < RAW_LIMIT
        {
            text.push_str(name);
            text.push('=');
            text.push_str(clip(&value, RAW_LIMIT));
            text.push('\n');
        }
    }
    clip(&text, RAW_LIMIT).as_bytes().to_vec()
}
