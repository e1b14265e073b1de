//! The fingerprint of a line.

use super::columns::Kind;
use super::fields::Fields;
use super::instant;
use super::layout::Layout;
use crate::exact::Exact;

/// Digests identities; keeps its buffer between lines.
#[derive(Debug, Default)]
pub(super) struct Fingerprint {
    buffer: Vec<u8>,
}

impl Fingerprint {
    /// BLAKE3, cut to 128 bits, of the identifying values: each with the tag of its column, its kind and
    /// its length. Nulls contribute nothing, so a null column and an absent one are the same; numbers
    /// and times go in by value, or as text where they are none.
    pub(super) fn of(&mut self, fields: &impl Fields, layout: &Layout) -> [u8; 16] {
        self.buffer.clear();
        for column in &layout.identifiers {
            let Some(text) = fields.text(column.at) else { continue };
            self.buffer.extend_from_slice(&column.tag);
            match column.kind {
                Kind::Number => match Exact::parse_any(text.as_bytes()) {
                    Ok(number) => self.push(b'n', &number.to_bytes()),
                    Err(_) => self.push(b't', text.as_bytes()),
                },
                Kind::Time => match instant::parse(&text) {
                    Some(at) => self.push(b'i', &at.0.to_le_bytes()),
                    None => self.push(b't', text.as_bytes()),
                },
                Kind::Text => self.push(b't', text.as_bytes()),
            }
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&blake3::hash(&self.buffer).as_bytes()[..16]);
        digest
    }

    fn push(&mut self, kind: u8, value: &[u8]) {
        self.buffer.push(kind);
        // A field is at most `FIELD_LIMIT` in CSV and 2 GiB in Parquet: its length fits.
        #[allow(clippy::cast_possible_truncation)]
        self.buffer.extend_from_slice(&(value.len() as u32).to_le_bytes());
        self.buffer.extend_from_slice(value);
    }
}
