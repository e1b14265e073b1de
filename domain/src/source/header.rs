//! The first record of a CSV bill: its names, or what it is written with that is not read here.

use super::layout::Layout;
use super::records::{Next, Record, Records};
use super::reject::RejectCode;
use super::split::{COLUMN_LIMIT, Span};
use super::{SourceError, SourceOptions};
use crate::kernel::text::clean;

/// What some programs write before the header to say what separates fields.
const SEPARATOR: &str = "sep=";
/// Delimiters that are recognised, to be named in the refusal.
const DELIMITERS: &[char] = &[';', '\t', '|', '^', ':', '\u{1f}'];
/// Line ends that are recognised, to be named in the refusal, with their names.
const LINE_ENDS: &[(char, &str)] =
    &[('\r', "CR"), ('\u{85}', "NEL"), ('\u{2028}', "LINE SEPARATOR"), ('\u{2029}', "PARAGRAPH SEPARATOR")];

/// Reads the header and understands it.
pub(super) fn read(
    records: &mut Records,
    options: &SourceOptions,
    failed: fn(std::io::Error) -> SourceError,
) -> Result<Layout, SourceError> {
    loop {
        let (names, text) = match records.next().map_err(failed)? {
            Next::End => return Err(SourceError::EmptyFile),
            Next::Broken(broken) if wrong_line_end(&String::from_utf8_lossy(&broken.raw)).is_some() => {
                return Err(line_end(&String::from_utf8_lossy(&broken.raw)));
            }
            Next::Broken(broken) if broken.code == RejectCode::UnclosedQuote => {
                return Err(SourceError::UnclosedQuote { line: broken.damage_line });
            }
            Next::Broken(_) => return Err(SourceError::HeaderTooLarge),
            Next::Record(record) => parse(&record)?,
        };
        if let [only] = names.as_slice()
            && let Some(delimiter) = only.to_ascii_lowercase().strip_prefix(SEPARATOR)
        {
            return Err(SourceError::WrongDelimiter { delimiter: delimiter.chars().next().unwrap_or('\t') });
        }
        if let [first, second] = names.as_slice()
            && first.eq_ignore_ascii_case(SEPARATOR)
            && second.is_empty()
        {
            // `sep=,` before the header says what is so anyway.
            continue;
        }
        return Layout::new(names, options.format, options.line_id.as_deref())
            .map_err(|error| with_reason(error, &text));
    }
}

fn parse(record: &Record<'_>) -> Result<(Vec<String>, String), SourceError> {
    let text = std::str::from_utf8(record.bytes).map_err(|_| SourceError::WrongEncoding)?;
    if text.contains('\0') {
        return Err(SourceError::WrongEncoding);
    }
    if wrong_line_end(text).is_some() {
        return Err(line_end(text));
    }
    if record.count > COLUMN_LIMIT {
        return Err(SourceError::TooManyColumns { count: record.count });
    }
    let name = |span: &Span| {
        let written = text.get(span.start..span.end).unwrap_or_default().replace("\"\"", "\"");
        clean(&written).into_owned()
    };
    Ok((record.spans.iter().map(name).collect(), text.to_owned()))
}

/// A line end that stands in the header where none is: only `\n` and `\r\n` end lines here.
fn wrong_line_end(text: &str) -> Option<&'static str> {
    let header = text.trim_end_matches(['\r', '\n']);
    LINE_ENDS.iter().find(|(end, _)| header.contains(*end)).map(|(_, name)| *name)
}

fn line_end(text: &str) -> SourceError {
    SourceError::WrongLineEnd { name: wrong_line_end(text).unwrap_or_default() }
}

/// A header that is not understood, but would be with another delimiter, says so.
fn with_reason(error: SourceError, text: &str) -> SourceError {
    if !matches!(error, SourceError::UnknownFormat | SourceError::MissingColumn { .. }) {
        return error;
    }
    let fits = |delimiter: &&char| {
        let names = text.trim_end().split(**delimiter).map(|name| clean(name.trim_matches('"')).into_owned());
        text.contains(**delimiter) && Layout::new(names.collect(), None, None).is_ok()
    };
    match DELIMITERS.iter().find(fits) {
        Some(delimiter) => SourceError::WrongDelimiter { delimiter: *delimiter },
        None => error,
    }
}
