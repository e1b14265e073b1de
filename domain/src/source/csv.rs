//! Bills as CSV.

use std::borrow::Cow;
use std::io::Read;

use super::builder::Builder;
use super::fields::{Fault, Fields};
use super::header;
use super::layout::Layout;
use super::raw::Raw;
use super::records::{Broken, Next, Record, Records};
use super::reject::{Reject, RejectCode};
use super::split::Span;
use super::{RAW_LIMIT, SourceError, SourceItem, SourceOptions};
use crate::kernel::text::{clean, trimmed};

/// Reads a CSV bill.
pub(super) struct CsvReader {
    records: Records,
    pub(super) builder: Builder,
}

/// The fields of one record.
struct CsvFields<'a> {
    text: &'a str,
    spans: &'a [Span],
    /// It is plain ASCII: there is nothing to clean but blanks.
    ascii: bool,
}

impl CsvFields<'_> {
    /// The text of a field as it is written, without blanks around it, unless it is null.
    #[inline]
    fn written(&self, place: usize) -> Option<(&str, &Span)> {
        let span = self.spans.get(place)?;
        // Spans end at ASCII bytes, so they are always between characters.
        let text = trimmed(self.text.get(span.start..span.end)?);
        if text.is_empty() || (!span.quoted && text == "NULL") { None } else { Some((text, span)) }
    }
}

impl Fields for CsvFields<'_> {
    #[inline]
    fn text(&self, place: usize) -> Option<Cow<'_, str>> {
        let (text, span) = self.written(place)?;
        if self.ascii {
            return Some(if span.escaped {
                Cow::Owned(text.replace("\"\"", "\""))
            } else {
                Cow::Borrowed(text)
            });
        }
        let clean = if span.escaped {
            Cow::Owned(clean(&text.replace("\"\"", "\"")).into_owned())
        } else {
            clean(text)
        };
        (!clean.is_empty() && (span.quoted || clean != "NULL")).then_some(clean)
    }

    fn append(&self, place: usize, into: &mut Vec<u8>) -> bool {
        if !self.ascii {
            return self.text(place).map(|text| into.extend_from_slice(text.as_bytes())).is_some();
        }
        let Some((text, span)) = self.written(place) else { return false };
        let mut rest = text.as_bytes();
        while span.escaped
            && let Some(quote) = memchr::memchr(b'"', rest)
        {
            let (before, after) = rest.split_at(quote + 1);
            into.extend_from_slice(before);
            rest = after.strip_prefix(b"\"").unwrap_or(after);
        }
        into.extend_from_slice(rest);
        true
    }
}

impl CsvReader {
    /// Reads the header.
    pub(super) fn new(
        source: Box<dyn Read + Send>,
        options: &SourceOptions,
        failed: fn(std::io::Error) -> SourceError,
    ) -> Result<Self, SourceError> {
        let mut records = Records::new(source);
        let start = records.peek().map_err(failed)?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            return Err(SourceError::WrongEncoding);
        }
        let layout = header::read(&mut records, options, failed)?;
        records.expect(layout.header.len());
        let builder = Builder::new(layout, options);
        Ok(Self { records, builder })
    }

    /// The next row or reject; `None` at the end.
    pub(super) fn next(
        &mut self,
        failed: fn(std::io::Error) -> SourceError,
    ) -> Result<Option<SourceItem>, SourceError> {
        Ok(match self.records.next().map_err(failed)? {
            Next::End => None,
            Next::Broken(broken) => Some(reject_broken(broken, &self.builder.layout)),
            Next::Record(record) => Some(read(&record, &mut self.builder)),
        })
    }
}

fn read(record: &Record<'_>, builder: &mut Builder) -> SourceItem {
    let item = match checked(record, &builder.layout) {
        Ok(fields) => builder.build(record.line, &fields),
        Err(fault) => Err(fault),
    };
    let raw = || record.bytes[..record.bytes.len().min(RAW_LIMIT)].to_vec();
    match item {
        Ok(mut row) => {
            if row.invoice_no.is_some() {
                row.raw = Raw::text(record.block, record.range.clone());
            }
            SourceItem::Row(row)
        }
        Err(fault) => reject(record.line, fault, raw()),
    }
}

/// The record as text with the right number of fields.
fn checked<'a>(record: &Record<'a>, layout: &Layout) -> Result<CsvFields<'a>, Fault> {
    let expected = layout.header.len();
    if record.count != expected {
        let detail = format!("{}/{expected}", record.count);
        return Err(Fault { column: None, code: RejectCode::WrongFieldCount, detail });
    }
    if let Some(at) = memchr::memchr(0, record.bytes) {
        let column = column_at(record, layout, at);
        return Err(Fault { column, code: RejectCode::NulByte, detail: String::new() });
    }
    match std::str::from_utf8(record.bytes) {
        Ok(text) => Ok(CsvFields { text, spans: record.spans, ascii: text.is_ascii() }),
        Err(error) => {
            let column = column_at(record, layout, error.valid_up_to());
            Err(Fault { column, code: RejectCode::InvalidUtf8, detail: String::new() })
        }
    }
}

fn column_at(record: &Record<'_>, layout: &Layout, at: usize) -> Option<String> {
    let field = record.spans.iter().position(|span| at <= span.end)?;
    layout.header.get(field).map(|name| name.trim().to_owned())
}

fn reject_broken(broken: Broken, layout: &Layout) -> SourceItem {
    let column = (broken.code != RejectCode::RecordTooLarge)
        .then(|| layout.header.get(broken.field).map(|name| name.trim().to_owned()))
        .flatten();
    let fault = Fault { column, code: broken.code, detail: broken.damage_line.to_string() };
    reject(broken.line, fault, broken.raw)
}

fn reject(line_no: u64, fault: Fault, raw: Vec<u8>) -> SourceItem {
    let Fault { column, code, detail } = fault;
    SourceItem::Reject(Box::new(Reject { line_no, column, code, detail, raw }))
}
