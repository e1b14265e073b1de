//! From the values of a record to a row, whatever container they came in.

use std::collections::VecDeque;
use std::sync::Arc;

use super::fields::{Cells, Fault, Fields};
use super::identity::Identities;
use super::layout::Layout;
use super::repeats::Repeats;
use super::{SourceFormat, SourceItem, SourceOptions, SourceRow, focus, native};

/// Makes rows of the values of records.
pub(super) struct Builder {
    pub(super) layout: Layout,
    repeats: Repeats,
    native_provider: Arc<str>,
    identities: Identities,
}

impl Builder {
    pub(super) fn new(layout: Layout, options: &SourceOptions) -> Self {
        Self {
            repeats: Repeats::new(options.zone.clone()),
            native_provider: options.native_provider.as_str().into(),
            identities: Identities::new(&layout),
            layout,
        }
    }

    /// Makes a row, whose fingerprint [`Builder::sign`] adds.
    pub(super) fn build(&mut self, line_no: u64, fields: &impl Fields) -> Result<Box<SourceRow>, Fault> {
        self.identities.read(fields, &self.layout);
        let cells = Cells { fields, layout: &self.layout, values: &self.identities.values };
        let mut row = match self.layout.format {
            SourceFormat::Focus => focus::row(&cells, &mut self.repeats)?,
            SourceFormat::Native => native::row(&cells, &mut self.repeats, &self.native_provider)?,
        };
        row.line_no = line_no;
        self.identities.keep();
        Ok(row)
    }

    /// Puts the digests of all rows built since the last time into them; `items` has them in order.
    pub(super) fn sign(&mut self, items: &mut VecDeque<SourceItem>) {
        let rows = items.iter_mut().filter_map(|item| match item {
            SourceItem::Row(row) => Some(row),
            SourceItem::Reject(_) => None,
        });
        for (row, (fingerprint, content)) in rows.zip(self.identities.take()) {
            (row.fingerprint, row.content) = (fingerprint, content);
        }
    }
}
