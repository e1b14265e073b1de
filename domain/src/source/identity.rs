//! What identifies a line, and its numbers and times on the way.

use super::columns::Kind;
use super::digests::Texts;
use super::fields::{Fields, Value};
use super::instant::Seen;
use super::layout::Layout;

/// Writes down what identifies lines; digests many of them at once.
#[derive(Debug, Default)]
pub(super) struct Identities {
    texts: Texts,
    /// Of the line at hand, by number of the known column: what its number or time is. Rules read the
    /// values here, so that each is understood once.
    pub(super) values: Vec<Value>,
    /// Times as the line before wrote them: neighbours share them.
    times: Vec<Seen>,
}

impl Identities {
    pub(super) fn new(layout: &Layout) -> Self {
        let columns = layout.columns();
        Self {
            texts: Texts::default(),
            values: vec![Value::Null; columns],
            times: std::iter::repeat_with(Seen::default).take(columns).collect(),
        }
    }

    /// Writes down the identifying values of a line: each with the tag of its column, its kind and its
    /// length. Nulls contribute nothing, so a null column and an absent one are the same; numbers and
    /// times go in by value, or as text where they are none.
    pub(super) fn read(&mut self, fields: &impl Fields, layout: &Layout) {
        let into = self.texts.begin();
        for column in &layout.identifiers {
            match column.kind {
                Kind::Text => push_text(into, column.tag, fields, column.at),
                Kind::Number => {
                    let value = fields.number(column.at);
                    match &value {
                        Value::Number(number) => push(into, column.tag, b'n', &number.to_bytes()),
                        Value::Null => {}
                        _ => push_text(into, column.tag, fields, column.at),
                    }
                    self.values[column.known] = value;
                }
                Kind::Time => {
                    let value = fields.instant(column.at, &mut self.times[column.known]);
                    match &value {
                        Value::Instant(at) => push(into, column.tag, b'i', &at.0.to_le_bytes()),
                        Value::Null => {}
                        _ => push_text(into, column.tag, fields, column.at),
                    }
                    self.values[column.known] = value;
                }
            }
        }
    }

    /// The line just read is a row: it gets a fingerprint.
    pub(super) fn keep(&mut self) {
        self.texts.keep();
    }

    /// The fingerprints of all lines kept, BLAKE3 cut to 128 bits, in their order.
    pub(super) fn take(&mut self) -> &[[u8; 16]] {
        self.texts.take()
    }
}

/// Texts go in as they are, and so does what is not of its column's kind.
fn push_text(into: &mut Vec<u8>, tag: [u8; 4], fields: &impl Fields, at: usize) {
    let start = into.len();
    push(into, tag, b't', &[]);
    let text = into.len();
    if !fields.append(at, into) {
        into.truncate(start);
        return;
    }
    // A field is at most `FIELD_LIMIT` in CSV and 2 GiB in Parquet: its length fits.
    #[allow(clippy::cast_possible_truncation)]
    let length = (into.len() - text) as u32;
    into[text - 4..text].copy_from_slice(&length.to_le_bytes());
}

fn push(into: &mut Vec<u8>, [a, b, c, d]: [u8; 4], kind: u8, value: &[u8]) {
    // Numbers and times have a few bytes.
    #[allow(clippy::cast_possible_truncation)]
    let [e, f, g, h] = (value.len() as u32).to_le_bytes();
    into.reserve(9 + value.len());
    into.extend_from_slice(&[a, b, c, d, kind, e, f, g, h]);
    into.extend_from_slice(value);
}
