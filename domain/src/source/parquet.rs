//! Bills as Parquet: only the columns that are read are decoded, a batch at a time.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::batch::{Batch, BatchRow, damaged, decode};
use super::builder::Builder;
use super::fields::Fault;
use super::layout::Layout;
use super::raw::Raw;
use super::reject::Reject;
use super::{SourceError, SourceItem, SourceOptions};

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
        let layout = Layout::new(header, options.format, options.line_id.as_deref())?;
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
