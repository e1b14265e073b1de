//! Readers of bills: bytes in, rows out, in constant memory.
//!
//! A bill is FOCUS cost and usage (1.0 to 1.3) or the native bill of the vendor's interface, as CSV,
//! gzip CSV or Parquet. [`open_stream`] and [`open_file`] find out which, check the header once, and
//! give an iterator of [`SourceItem`]s: a [`SourceRow`] with exact amounts, or a [`Reject`] that says
//! where and why. A bad row never stops a file; a file that cannot be read at all is a [`SourceError`].
//!
//! Nothing here touches a database or decides who owns what.

mod arrow_text;
mod batch;
mod builder;
mod columns;
mod container;
mod csv;
mod delimiters;
mod digests;
mod fields;
mod focus;
mod header;
mod identity;
mod instant;
mod layout;
mod names;
mod native;
mod parquet;
mod raw;
mod reader;
mod records;
mod refusal;
mod reject;
mod repeats;
mod row;
mod split;

pub use crate::kernel::lang::Lang;
pub use raw::Raw;
pub use reader::{SourceReader, open_file, open_stream};
pub use refusal::SourceError;
pub use reject::{Reject, RejectCode};
pub use row::{Amounts, SourceRow};
pub use split::{COLUMN_LIMIT, FIELD_LIMIT, RECORD_LIMIT};

/// Bytes of a rejected record that are kept for the receipt: enough to find it, not enough to fill a disk.
pub const RAW_LIMIT: usize = 64 * 1024;
/// Bytes a text of a row may have (account, product, invoice …): such texts are keys, and an index entry
/// of PostgreSQL holds less than 2.7 kB.
pub const TEXT_LIMIT: usize = 1024;
/// Bytes of an offending value that are quoted in a message.
pub const DETAIL_LIMIT: usize = 120;

/// What the columns of a bill mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceFormat {
    /// FOCUS cost and usage, 1.0 to 1.3.
    Focus,
    /// The vendor's own bill of resource fees.
    Native,
}

impl SourceFormat {
    /// The name in texts and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Focus => "FOCUS",
            Self::Native => "NATIVE",
        }
    }
}

/// How to read a bill.
#[derive(Clone, Debug)]
pub struct SourceOptions {
    /// What the columns mean; `None` finds out from the header.
    pub format: Option<SourceFormat>,
    /// The programme's time zone: which month a FOCUS line belongs to.
    pub zone: jiff::tz::TimeZone,
    /// The provider of native lines that do not name one.
    pub native_provider: String,
    /// The column that holds the provider's own id of a line, where the format defines none.
    pub line_id: Option<String>,
}
/// One record of a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceItem {
    /// A row that can be taken in.
    Row(Box<SourceRow>),
    /// A record that cannot, with the reason.
    Reject(Box<Reject>),
}

/// The longest start of `text` within `limit` bytes that ends between characters.
pub(crate) fn clip(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

#[cfg(test)]
mod tests;
