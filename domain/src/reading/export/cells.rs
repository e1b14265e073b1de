//! The cells of a row as CSV or as JSON. Names of columns are the same in both. PURE.

use entity::{Currency, Month, Timestamp};

use super::decimal::{push_amount, push_int, push_two};
use crate::kernel::csv_line::FORMULAS;

/// Syntax of cells in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// RFC 4180: commas, CRLF, quotes where they are needed; a value that a spreadsheet would take for a formula gets an
    /// apostrophe. Nothing is an empty cell.
    Csv,
    /// One object a line; amounts are strings, so that no reader makes floats of them. Nothing is null.
    Ndjson,
}

/// Rows being written.
#[derive(Debug)]
pub(super) struct Cells {
    syntax: Syntax,
    columns: &'static [&'static str],
    at: usize,
    out: Vec<u8>,
    /// The last id of each column as text: neighbouring rows mostly have the same.
    ids: Vec<(i64, String)>,
    /// The decimals of the last currency.
    digits: Option<(Currency, usize)>,
}

impl Cells {
    /// Begins; CSV with its head.
    pub(super) fn new(syntax: Syntax, columns: &'static [&'static str]) -> Self {
        let mut out = Vec::new();
        if syntax == Syntax::Csv {
            out.extend_from_slice("\u{feff}".as_bytes());
            out.extend_from_slice(columns.join(",").as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        Self { syntax, columns, at: 0, out, ids: vec![(0, String::new()); columns.len()], digits: None }
    }

    /// Ends a row. Every column must have been written.
    pub(super) fn end_row(&mut self) {
        debug_assert_eq!(self.at, self.columns.len(), "a row is not as wide as its head");
        self.at = 0;
        self.out.extend_from_slice(if self.syntax == Syntax::Csv { b"\r\n" } else { b"}\n" });
    }

    /// Bytes that wait to be taken.
    pub(super) fn waiting(&self) -> usize {
        self.out.len()
    }

    /// Takes what was written so far.
    pub(super) fn take(&mut self, capacity: usize) -> Vec<u8> {
        std::mem::replace(&mut self.out, Vec::with_capacity(capacity))
    }

    /// Writes what stands before a value: the comma, in JSON also the name of the column.
    fn begin(&mut self) {
        match self.syntax {
            Syntax::Csv => {
                if self.at > 0 {
                    self.out.push(b',');
                }
            }
            Syntax::Ndjson => {
                self.out.extend_from_slice(if self.at == 0 { b"{\"" } else { b",\"" });
                if let Some(column) = self.columns.get(self.at) {
                    self.out.extend_from_slice(column.as_bytes());
                }
                self.out.extend_from_slice(b"\":");
            }
        }
        self.at += 1;
    }

    /// Writes an absent value: nothing in CSV, `null` in JSON.
    pub(super) fn none(&mut self) {
        self.begin();
        if self.syntax == Syntax::Ndjson {
            self.out.extend_from_slice(b"null");
        }
    }

    /// Text that needs no care: codes, ids, digits.
    pub(super) fn plain(&mut self, text: &str) {
        self.begin();
        self.between_quotes(|out| out.extend_from_slice(text.as_bytes()));
    }

    /// Writes a text, quoted where the syntax asks for it.
    pub(super) fn text(&mut self, text: Option<&str>) {
        let Some(text) = text else { return self.none() };
        self.begin();
        match self.syntax {
            Syntax::Csv => push_field(&mut self.out, text),
            Syntax::Ndjson => push_json(&mut self.out, text),
        }
    }

    /// The name of a code, where there is one.
    pub(super) fn code(&mut self, name: Option<&str>) {
        match name {
            Some(name) => self.plain(name),
            None => self.none(),
        }
    }

    /// An id of the kind `prefix`; 0 is nobody.
    pub(super) fn id(&mut self, prefix: &str, key: i64) {
        if key == 0 {
            return self.none();
        }
        let at = self.at;
        self.begin();
        let Some(mut last) = self.ids.get_mut(at).map(std::mem::take) else { return };
        if last.0 != key {
            last = (key, entity::id::encode(prefix, key));
        }
        self.between_quotes(|out| out.extend_from_slice(last.1.as_bytes()));
        self.ids[at] = last;
    }

    /// A whole number.
    pub(super) fn int(&mut self, number: i64) {
        self.begin();
        push_int(&mut self.out, number);
    }

    /// True or false.
    pub(super) fn flag(&mut self, yes: bool) {
        self.begin();
        self.out.extend_from_slice(if yes { b"true" } else { b"false" });
    }

    /// A month, `2026-08`.
    pub(super) fn month(&mut self, month: Month) {
        self.begin();
        self.between_quotes(|out| {
            push_int(out, month.year().into());
            out.push(b'-');
            push_two(out, month.of_year());
        });
    }

    /// An instant in RFC 3339, UTC.
    pub(super) fn instant(&mut self, at: Option<Timestamp>) {
        match at {
            Some(at) => self.plain(&at.to_rfc3339()),
            None => self.none(),
        }
    }

    /// An exact amount of a currency, in its units.
    pub(super) fn amount(&mut self, micros: i64, currency: Currency) {
        let digits = match self.digits {
            Some((last, digits)) if last == currency => digits,
            _ => usize::try_from(currency.minor_digits()).unwrap_or(0),
        };
        self.digits = Some((currency, digits));
        self.begin();
        self.between_quotes(|out| push_amount(out, micros, digits));
    }

    /// JSON has quotes around everything that is not a count or a truth.
    fn between_quotes(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        if self.syntax == Syntax::Csv {
            return write(&mut self.out);
        }
        self.out.push(b'"');
        write(&mut self.out);
        self.out.push(b'"');
    }
}

/// A field of CSV.
fn push_field(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let formula = text.starts_with(FORMULAS);
    if !formula && !bytes.iter().any(|b| matches!(b, b'"' | b',' | b'\r' | b'\n')) {
        return out.extend_from_slice(bytes);
    }
    out.push(b'"');
    if formula {
        out.push(b'\'');
    }
    for byte in bytes {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// A string of JSON.
fn push_json(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        return out.push(b'"');
    }
    // A string always serialises, and a vector takes everything.
    let _ = serde_json::to_writer(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h", "i"];

    fn row(syntax: Syntax, text: Option<&str>) -> Vec<u8> {
        let mut cells = Cells::new(syntax, COLUMNS);
        cells.text(text);
        cells.month(Month(202_608));
        cells.amount(-1_500_000, "USD".parse().unwrap());
        cells.amount(7_000_000, "JPY".parse().unwrap());
        cells.int(42);
        cells.flag(true);
        cells.id("partner", 0);
        cells.instant(Some(Timestamp(0)));
        cells.code(Some("COUNTED"));
        cells.end_row();
        cells.take(0)
    }

    #[test]
    fn a_row_of_csv_is_harmless_and_exact() {
        let text = String::from_utf8(row(Syntax::Csv, Some("=cmd(\"x\"),\n"))).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,b,c,d,e,f,g,h,i\r\n\"'=cmd(\"\"x\"\"),\n\",2026-08,-1.50,7,42,true,,1970-01-01T00:00:00.000Z,COUNTED\r\n"
        );
    }

    #[test]
    fn full_width_signs_begin_formulas_too() {
        for text in ["＝1+1", "＋1", "－1", "＠SUM(1)", "\n=1"] {
            let written = String::from_utf8(row(Syntax::Csv, Some(text))).unwrap();
            assert!(written.contains(&format!("\"'{text}\"")), "{written}");
        }
    }

    #[test]
    fn a_row_of_json_has_the_same_names_and_no_floats() {
        let row = row(Syntax::Ndjson, None);
        let object: serde_json::Value = serde_json::from_slice(&row).unwrap();
        let expected = serde_json::json!({ "a": null, "b": "2026-08", "c": "-1.50", "d": "7", "e": 42, "f": true,
            "g": null, "h": "1970-01-01T00:00:00.000Z", "i": "COUNTED" });
        assert_eq!(object, expected);
        assert_eq!(row.iter().filter(|b| **b == b'\n').count(), 1);
    }

    #[test]
    fn an_id_is_written_anew_only_when_it_changes() {
        let mut cells = Cells::new(Syntax::Csv, &["id"]);
        cells.take(0);
        for key in [7, 7, 8, 0, 8] {
            cells.id("partner", key);
            cells.end_row();
        }
        let of = |key| entity::PartnerId(key).to_string();
        let expected = format!("{0}\r\n{0}\r\n{1}\r\n\r\n{1}\r\n", of(7), of(8));
        assert_eq!(String::from_utf8(cells.take(0)).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text: String) {
            let bytes = row(Syntax::Csv, Some(&text));
            let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[3..]);
            let record = reader.records().next().unwrap().unwrap();
            let read = &record[0];
            prop_assert!(read == text || read.strip_prefix('\'') == Some(&text));
            prop_assert!(!read.starts_with(FORMULAS));

            let object: serde_json::Value = serde_json::from_slice(&row(Syntax::Ndjson, Some(&text))).unwrap();
            prop_assert_eq!(object["a"].as_str(), Some(text.as_str()));
        }
    }
}
