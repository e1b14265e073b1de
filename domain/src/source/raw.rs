//! The record behind a row, written out only when somebody asks.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::RAW_LIMIT;
use super::batch::Batch;

/// The record a row was read from. It points into what was read of the file (a block of a CSV file, a batch
/// of a Parquet file), which stays in memory as long as the row does: let go of rows in the order they come.
#[derive(Clone, Default)]
pub struct Raw(Kept);

#[derive(Clone, Default)]
enum Kept {
    #[default]
    Nothing,
    Text {
        block: Arc<Vec<u8>>,
        range: Range<usize>,
    },
    Columns {
        batch: Arc<Batch>,
        row: usize,
    },
}

impl Raw {
    /// A record that is these bytes of a block.
    pub(super) fn text(block: &Arc<Vec<u8>>, range: Range<usize>) -> Self {
        Self(Kept::Text { block: Arc::clone(block), range })
    }

    /// A record that is this row of a batch.
    pub(super) fn columns(batch: &Arc<Batch>, row: usize) -> Self {
        Self(Kept::Columns { batch: Arc::clone(batch), row })
    }

    /// The record as it stands in the file, clipped to [`RAW_LIMIT`] bytes; of a Parquet file the columns
    /// that are read, as `Name=value` lines. Empty when the row keeps none.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        match &self.0 {
            Kept::Nothing => Vec::new(),
            Kept::Text { block, range } => {
                let bytes = block.get(range.clone()).unwrap_or_default();
                bytes[..bytes.len().min(RAW_LIMIT)].to_vec()
            }
            Kept::Columns { batch, row } => batch.raw(*row),
        }
    }

    /// `true` when the row keeps no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Kept::Nothing)
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.to_vec() == other.to_vec()
    }
}

impl Eq for Raw {}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.to_vec()))
    }
}
