//! Where a CSV record ends and where its fields lie, found in place: nothing is copied.
//!
//! Quoting is that of RFC 4180, strictly: after a closing quote only a comma or the end of the line may
//! follow. That is what betrays a quote that was never closed, usually within a line or two.

use super::delimiters::Delimiters;

/// Bytes one field may have: a description or tag list above this is damage.
pub const FIELD_LIMIT: usize = 1024 * 1024;
/// Bytes one record may have, its line end included: bounds the buffer of a reader.
pub const RECORD_LIMIT: usize = 4 * 1024 * 1024;
/// Columns a file may have: some twenty times the widest FOCUS file.
pub const COLUMN_LIMIT: usize = 2048;

/// Where a field lies in its record, without its quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It stood in quotes, so a bare `NULL` in it is a word.
    pub(super) quoted: bool,
    /// It contains doubled quotes.
    pub(super) escaped: bool,
}

/// What was found at the start of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole record of `len` bytes, line end included, with `count` fields. At most
    /// [`COLUMN_LIMIT`] of them have a span.
    Record { len: usize, count: usize },
    /// The record goes on beyond the buffer, inside the field that starts at `field`; `quoted` when a
    /// quote is open there.
    More { field: usize, quoted: bool },
    /// The quote that opens at `quote` is closed by nothing that may close it.
    Broken { quote: usize },
}

/// Finds the record at the start of `buffer`. `last` says that nothing follows the buffer.
pub(super) fn split(buffer: &[u8], last: bool, spans: &mut Vec<Span>) -> Found {
    spans.clear();
    let mut delimiters = Delimiters::new(buffer);
    let mut count = 0;
    let mut at = 0;
    loop {
        let field = at;
        let (span, end) = if buffer.get(at) == Some(&b'"') {
            match quoted(buffer, at, last) {
                Ok(found) => found,
                Err(found) => return found,
            }
        } else {
            match delimiters.next(at) {
                Some(end) => (plain(buffer, at, end), end),
                None if last => (plain(buffer, at, buffer.len()), buffer.len()),
                None => return Found::More { field, quoted: false },
            }
        };
        count += 1;
        if spans.len() < COLUMN_LIMIT {
            spans.push(span);
        }
        if buffer.get(end) != Some(&b',') {
            return Found::Record { len: buffer.len().min(end + 1), count };
        }
        at = end + 1;
    }
}

/// An unquoted field; the `\r` before a line end is not part of it.
fn plain(buffer: &[u8], start: usize, end: usize) -> Span {
    let line_ends = buffer.get(end) != Some(&b',');
    let end = if line_ends && end > start && buffer[end - 1] == b'\r' { end - 1 } else { end };
    Span { start, end, quoted: false, escaped: false }
}

/// The field whose quote opens at `open`, and where its comma or line end is.
fn quoted(buffer: &[u8], open: usize, last: bool) -> Result<(Span, usize), Found> {
    let more =
        || if last { Found::Broken { quote: open } } else { Found::More { field: open, quoted: true } };
    let mut escaped = false;
    let mut at = open + 1;
    loop {
        let close = at + memchr::memchr(b'"', &buffer[at..]).ok_or_else(more)?;
        let span = Span { start: open + 1, end: close, quoted: true, escaped };
        match (buffer.get(close + 1), buffer.get(close + 2)) {
            (Some(b'"'), _) => {
                escaped = true;
                at = close + 2;
            }
            (Some(b',' | b'\n'), _) => return Ok((span, close + 1)),
            (Some(b'\r'), Some(b'\n')) => return Ok((span, close + 2)),
            (None, _) if last => return Ok((span, close + 1)),
            (Some(b'\r'), None) if last => return Ok((span, close + 2)),
            (None, _) | (Some(b'\r'), None) => return Err(Found::More { field: open, quoted: true }),
            _ => return Err(Found::Broken { quote: open }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<String> {
        let mut spans = Vec::new();
        let found = split(text.as_bytes(), true, &mut spans);
        assert!(matches!(found, Found::Record { .. }), "{text:?}: {found:?}");
        spans.iter().map(|s| text[s.start..s.end].to_owned()).collect()
    }

    #[test]
    fn finds_fields_between_commas_quotes_and_line_ends() {
        assert_eq!(fields("a,b,c\nrest"), ["a", "b", "c"]);
        assert_eq!(fields("a,b,c\r\nrest"), ["a", "b", "c"]);
        assert_eq!(fields("a,,\n"), ["a", "", ""]);
        assert_eq!(fields("a,"), ["a", ""]);
        assert_eq!(fields("\n"), [""]);
        assert_eq!(fields("\"a,\nb\",\"c\"\"d\"\r\n"), ["a,\nb", "c\"\"d"]);
        assert_eq!(fields("\"\",\"\""), ["", ""]);
        assert_eq!(fields("\"a\"\r"), ["a"]);
        assert_eq!(
            fields("5\" disk,x"),
            ["5\" disk", "x"],
            "a quote inside an unquoted field is a character"
        );
    }

    #[test]
    fn a_record_takes_its_line_end_and_nothing_more() {
        let mut spans = Vec::new();
        assert_eq!(split(b"a,b\nc", false, &mut spans), Found::Record { len: 4, count: 2 });
        assert_eq!(split(b"\"a\"\r\nc", false, &mut spans), Found::Record { len: 5, count: 1 });
        assert_eq!(split(b"\"a\"", true, &mut spans), Found::Record { len: 3, count: 1 });
    }

    #[test]
    fn asks_for_more_where_the_record_may_go_on() {
        let mut spans = Vec::new();
        for (text, found) in [
            ("a,b", Found::More { field: 2, quoted: false }),
            ("a,", Found::More { field: 2, quoted: false }),
            ("a,\"b", Found::More { field: 2, quoted: true }),
            ("a,\"b\"", Found::More { field: 2, quoted: true }),
            ("a,\"b\"\r", Found::More { field: 2, quoted: true }),
        ] {
            assert_eq!(split(text.as_bytes(), false, &mut spans), found, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_nothing_closes_breaks_the_record() {
        let mut spans = Vec::new();
        for text in ["a,\"b", "a,\"b\"c,d\n", "a,\"b\" ,d\n", "a,\"b\"\rc"] {
            assert_eq!(split(text.as_bytes(), true, &mut spans), Found::Broken { quote: 2 }, "{text:?}");
        }
    }

    #[test]
    fn fields_beyond_the_column_limit_are_counted_and_not_kept() {
        let mut spans = Vec::new();
        let text = ",".repeat(COLUMN_LIMIT);
        assert_eq!(
            split(text.as_bytes(), true, &mut spans),
            Found::Record { len: COLUMN_LIMIT, count: COLUMN_LIMIT + 1 }
        );
        assert_eq!(spans.len(), COLUMN_LIMIT);
    }
}
