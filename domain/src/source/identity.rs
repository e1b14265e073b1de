//! Tells which charge a line is and what it says of it, by two digests, and its numbers and times on the way.

use super::columns::{Kind, Role};
use super::digests::Texts;
use super::fields::{Fields, Value};
use super::instant::Seen;
use super::layout::{Identifier, Layout};

/// Writes down what identifies lines and what they say; digests many of them at once.
#[derive(Debug, Default)]
pub(super) struct Identities {
    keys: Texts,
    facts: Texts,
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
            keys: Texts::default(),
            facts: Texts::default(),
            values: vec![Value::Null; columns],
            times: std::iter::repeat_with(Seen::default).take(columns).collect(),
        }
    }

    /// Writes down the values of a line, each with the tag of its column, its kind and its length: those of its
    /// natural key, and those of what it says. Nulls contribute nothing, so a null column and an absent one are the
    /// same; numbers and times go in by value, or as text where they are none.
    pub(super) fn read(&mut self, fields: &impl Fields, layout: &Layout) {
        let (keys, facts) = (self.keys.begin(), self.facts.begin());
        let (mut named, mut service) = (false, None);
        for column in &layout.identifiers {
            let into = match column.role {
                Role::Key | Role::Names => &mut *keys,
                Role::Service | Role::Fact | Role::Beside => &mut *facts,
            };
            let before = into.len();
            write(into, column, fields, &mut self.values, &mut self.times);
            match column.role {
                Role::Names => named = named || into.len() > before,
                Role::Service => service = Some(column),
                Role::Key | Role::Fact | Role::Beside => {}
            }
        }
        if !named && let Some(service) = service {
            push_text(keys, service.tag, fields, service.at);
        }
    }

    /// The line just read is a row: it gets its digests.
    pub(super) fn keep(&mut self) {
        self.keys.keep();
        self.facts.keep();
    }

    /// The digests of all lines kept in their order, BLAKE3 cut to 128 bits: their keys, and what they say.
    pub(super) fn take(&mut self) -> impl Iterator<Item = ([u8; 16], i64)> {
        let keys = self.keys.take().iter().copied();
        keys.zip(self.facts.take().iter().map(|digest| {
            let [a, b, c, d, e, f, g, h, ..] = *digest;
            i64::from_le_bytes([a, b, c, d, e, f, g, h])
        }))
    }
}

/// Writes the value of a column.
fn write(
    into: &mut Vec<u8>,
    column: &Identifier,
    fields: &impl Fields,
    values: &mut [Value],
    times: &mut [Seen],
) {
    let value = match column.kind {
        Kind::Text => return push_text(into, column.tag, fields, column.at),
        Kind::Number => fields.number(column.at),
        Kind::Time => fields.instant(column.at, &mut times[column.known]),
    };
    match &value {
        Value::Number(number) => push(into, column.tag, b'n', &number.to_bytes()),
        Value::Instant(at) => push(into, column.tag, b'i', &at.0.to_le_bytes()),
        Value::Null => {}
        _ => push_text(into, column.tag, fields, column.at),
    }
    values[column.known] = value;
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
