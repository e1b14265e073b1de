//! A decoded batch of a Parquet bill, read as rows of fields.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::RecordBatch;

use super::arrow_text::TextColumn;
use super::fields::{Fields, Value};
use super::instant::Seen;
use super::layout::Layout;
use super::{RAW_LIMIT, SourceError, clip};
use crate::kernel::text::{clean, cleaned};

/// A decoded batch; the columns by their place in the file, `None` where a column is not read.
#[derive(Default)]
pub(super) struct Batch {
    header: Arc<[String]>,
    pub(super) rows: usize,
    columns: Vec<Option<TextColumn>>,
}

pub(super) struct BatchRow<'a> {
    pub(super) batch: &'a Batch,
    pub(super) row: usize,
}

impl Fields for BatchRow<'_> {
    #[inline]
    fn text(&self, place: usize) -> Option<Cow<'_, str>> {
        let column = self.column(place)?;
        let text = match column.stored(self.row) {
            Some(text) => clean(text),
            None => match column.text(self.row)? {
                Cow::Borrowed(text) => clean(text),
                Cow::Owned(text) => Cow::Owned(cleaned(text)),
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

/// Gives the columns of a batch their places; the projection keeps the order of the file.
pub(super) fn decode(
    batch: &RecordBatch,
    layout: &Layout,
    header: &Arc<[String]>,
) -> Result<Batch, SourceError> {
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

/// The error of a file whose directory or data cannot be read.
pub(super) fn damaged(error: impl std::fmt::Display) -> SourceError {
    SourceError::BadParquet { detail: clip(&error.to_string(), super::DETAIL_LIMIT).to_owned() }
}
