//! Bills as Parquet: only the columns that are read are decoded, a batch at a time.

use std::borrow::Cow;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::arrow_text::TextColumn;
use super::fields::{Fault, Fields, Value, trimmed};
use super::instant::Seen;
use super::layout::Layout;
use super::raw::Raw;
use super::reader::Builder;
use super::reject::Reject;
use super::{RAW_LIMIT, SourceError, SourceItem, SourceOptions, clip};

/// Rows decoded at a time: large enough for speed, some megabytes of a wide bill.
const BATCH_ROWS: usize = 1024;
/// Bytes that a batch should not have more of: rows with large values are decoded in smaller batches. Row
/// groups do not matter, they are read page by page.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;

/// Reads a Parquet bill.
pub(super) struct ParquetReader {
    batches: ParquetRecordBatchReader,
    pub(super) builder: Builder,
    batch: Arc<Batch>,
    header: Arc<[String]>,
    /// The next row of the batch.
    next: usize,
    /// Rows given so far.
    rows: u64,
    total_rows: u64,
    file_bytes: u64,
}

/// A decoded batch; the columns by their place in the file, `None` where a column is not read.
#[derive(Default)]
pub(super) struct Batch {
    header: Arc<[String]>,
    rows: usize,
    columns: Vec<Option<TextColumn>>,
}

struct BatchRow<'a> {
    batch: &'a Batch,
    row: usize,
}

impl Fields for BatchRow<'_> {
    #[inline]
    fn text(&self, place: usize) -> Option<Cow<'_, str>> {
        let column = self.column(place)?;
        let text = match column.stored(self.row) {
            Some(text) => Cow::Borrowed(trimmed(text)),
            None => match column.text(self.row)? {
                Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
                Cow::Owned(text) => Cow::Owned(text),
            },
        };
        (!text.is_empty()).then_some(text)
    }

    fn number(&self, place: usize) -> Value {
        let typed = self.column(place).and_then(|column| column.number(self.row));
        typed.unwrap_or_else(|| self.text(place).map_or(Value::Null, |text| Value::number(&text)))
    }

    fn instant(&self, place: usize, seen: &mut Seen) -> Value {
        let typed = self.column(place).and_then(|column| column.instant(self.row));
        typed
            .unwrap_or_else(|| self.text(place).map_or(Value::Null, |text| Value::instant(seen.parse(&text))))
    }
}

impl BatchRow<'_> {
    #[inline]
    fn column(&self, place: usize) -> Option<&TextColumn> {
        self.batch.columns.get(place)?.as_ref()
    }
}

impl Batch {
    /// The columns that were read of a row, as `Name=value` lines: Parquet has no raw record.
    pub(super) fn raw(&self, row: usize) -> Vec<u8> {
        let row = BatchRow { batch: self, row };
        let mut text = String::new();
        for (place, name) in self.header.iter().enumerate() {
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
}

/// Rows of a batch, when the columns read of `rows` rows have `bytes` bytes in the file, uncompressed.
fn batch_rows(bytes: u64, rows: u64) -> usize {
    let per_row = bytes.div_ceil(rows.max(1)).max(1);
    usize::try_from(BATCH_BYTES / per_row).map_or(BATCH_ROWS, |fitting| fitting.clamp(1, BATCH_ROWS))
}

/// The smallest batch that any row group asks for.
fn smallest_batch(metadata: &ParquetMetaData, mask: &ProjectionMask) -> usize {
    let of_group = |group: &RowGroupMetaData| {
        let read = group.columns().iter().enumerate().filter(|(leaf, _)| mask.leaf_included(*leaf));
        let bytes: u64 =
            read.map(|(_, column)| column.uncompressed_size().unsigned_abs()).fold(0, u64::saturating_add);
        batch_rows(bytes, group.num_rows().unsigned_abs())
    };
    metadata.row_groups().iter().map(of_group).min().unwrap_or(BATCH_ROWS)
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
        let rows = smallest_batch(reader.metadata(), &mask);
        let batches = reader.with_projection(mask).with_batch_size(rows).build().map_err(damaged)?;
        Ok(Self {
            batches,
            header: layout.header.as_slice().into(),
            builder: Builder::new(layout, options),
            batch: Arc::default(),
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
            self.batch = Arc::new(decode(&batch.map_err(damaged)?, &self.builder.layout, &self.header)?);
            self.next = 0;
        }
        let row = BatchRow { batch: &self.batch, row: self.next };
        self.next += 1;
        self.rows += 1;
        Ok(Some(match self.builder.build(self.rows, &row) {
            Ok(mut built) => {
                if built.invoice_no.is_some() {
                    built.raw = Raw::columns(&self.batch, row.row);
                }
                SourceItem::Row(built)
            }
            Err(fault) => reject(self.rows, fault, self.batch.raw(row.row)),
        }))
    }
}

/// Gives the columns of a batch their places; the projection keeps the order of the file.
fn decode(batch: &RecordBatch, layout: &Layout, header: &Arc<[String]>) -> Result<Batch, SourceError> {
    let mut columns: Vec<Option<TextColumn>> = layout.header.iter().map(|_| None).collect();
    for (array, place) in batch.columns().iter().zip(layout.read_places()) {
        let name = layout.header.get(place).map_or("", String::as_str);
        let column = TextColumn::new(array).map_err(|why| damaged(format!("column {name}: {why}")))?;
        if let Some(slot) = columns.get_mut(place) {
            *slot = Some(column);
        }
    }
    Ok(Batch { header: Arc::clone(header), rows: batch.num_rows(), columns })
}

fn reject(line_no: u64, fault: Fault, raw: Vec<u8>) -> SourceItem {
    let Fault { column, code, detail } = fault;
    SourceItem::Reject(Box::new(Reject { line_no, column, code, detail, raw }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_has_fewer_rows_the_larger_they_are() {
        for (bytes, rows, batch) in [
            (0, 0, BATCH_ROWS),
            (400_000_000, 1_000_000, BATCH_ROWS),
            (BATCH_BYTES, BATCH_ROWS as u64, BATCH_ROWS),
            (BATCH_BYTES * 2, BATCH_ROWS as u64, BATCH_ROWS / 2),
            (10 * 1024 * 1024 * 1024, 10, 1),
            (u64::MAX, 1, 1),
        ] {
            assert_eq!(batch_rows(bytes, rows), batch, "{bytes} bytes in {rows} rows");
        }
    }
}
