//! PURE. Small tables that people write as CSV: a header that names the columns, and rows that know their line.

use crate::kernel::csv_line::line;
use crate::kernel::error::{Code, Error, Refusal, Result};

/// The columns that a file has, and the most rows it may have.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Columns it must have.
    pub needed: &'static [&'static str],
    /// Columns it may have besides. Others are refused: they would be lost.
    pub optional: &'static [&'static str],
    /// Most rows of a file; beyond it the file is refused.
    pub rows: usize,
}

/// Longest text, in bytes: a thousand rows of usual length fit.
pub const TEXT_LIMIT: usize = 4 << 20;

/// Most faults named in one answer: who wrote that many wrong mends the first ones and sees the rest.
pub const FAULTS_LIMIT: usize = 200;

/// A row with its line number; empty columns count as absent.
#[derive(Clone, Debug)]
pub struct Record {
    /// The line of the file on which it stands; the header is line 1.
    pub line: u64,
    /// Refusal of the row as a whole: nothing of it is read then.
    pub broken: Option<Refusal>,
    values: Vec<(&'static str, String)>,
}

impl Record {
    /// The text of a column; nothing if it is empty or not there.
    #[must_use]
    pub fn value(&self, column: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == column).map(|(_, value)| value.as_str())
    }

    /// The same, empty if nothing stands there.
    #[must_use]
    pub fn text(&self, column: &str) -> String {
        self.value(column).unwrap_or_default().to_owned()
    }
}

/// Reads the rows. A file that cannot be read at all is refused as a whole.
pub fn read(text: &str, form: Form) -> Result<Vec<Record>> {
    let refuse = |detail: String| Error::from(Refusal::at("csv", Code::Invalid, detail));
    if text.len() > TEXT_LIMIT {
        return Err(refuse(format!("at most {TEXT_LIMIT} bytes")));
    }
    // Spreadsheets write a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        refuse(format!("row {line}: in UTF-8"))
    };
    let header = reader.headers().map_err(unreadable)?.clone();
    let columns = columns(&header, form).map_err(refuse)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let values = columns.iter().copied().zip(record.iter().map(|value| value.trim().to_owned()));
        let line = record.position().map_or(0, |end| line(text, end));
        let broken = (record.len() != columns.len()).then(|| {
            let detail = format!("{} columns, as the header has", columns.len());
            Refusal::at("columns", Code::Invalid, detail)
        });
        let values = values.filter(|(_, value)| broken.is_none() && !value.is_empty()).collect();
        rows.push(Record { line, broken, values });
    }
    if rows.is_empty() || rows.len() > form.rows {
        return Err(refuse(format!("1 to {} rows", form.rows)));
    }
    Ok(rows)
}

/// The columns in the order of the file, if all needed ones are there, and no other that nobody knows.
fn columns(header: &csv::StringRecord, form: Form) -> Result<Vec<&'static str>, String> {
    let known: Vec<&'static str> = form.needed.iter().chain(form.optional).copied().collect();
    let there: Vec<&str> = header.iter().map(str::trim).collect();
    let missing: Vec<_> = form.needed.iter().filter(|name| !there.contains(*name)).copied().collect();
    let unknown: Vec<_> = there.iter().filter(|name| !known.contains(*name)).copied().collect();
    let twice = there.iter().enumerate().any(|(i, name)| there[..i].contains(name));
    if missing.is_empty() && unknown.is_empty() && !twice {
        let own = |name: &&str| known.iter().copied().find(|known| known == name);
        return Ok(there.iter().filter_map(own).collect());
    }
    let none = |list: Vec<&str>| if list.is_empty() { "-".to_owned() } else { list.join(", ") };
    let (missing, unknown) = (none(missing), none(unknown));
    Err(format!("each column once; missing: {missing}; unknown: {unknown}; known: {}", known.join(", ")))
}

/// A refusal with the row and the column it is about.
#[must_use]
pub fn at_line(line: u64, column: &str, refusal: Refusal) -> Refusal {
    let detail = format!("row {line}, {column}: {}", refusal.detail);
    let path = ["csv".to_owned(), line.to_string()].into_iter().chain(refusal.path).collect();
    Refusal { path, detail, ..refusal }
}

/// The column of a file for a field of the API: `legalName` is `legal_name`.
#[must_use]
pub fn column(field: &str) -> String {
    let mut name = String::with_capacity(field.len() + 4);
    for c in field.chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form { needed: &["code", "name"], optional: &["city"], rows: 3 };

    fn refused(text: &str) -> String {
        match read(text, FORM) {
            Err(Error::Refused(refusals)) => refusals[0].detail.clone(),
            other => panic!("read: {other:?}"),
        }
    }

    #[test]
    fn rows_know_their_line_and_what_is_empty_is_not_given() {
        let rows = read("\u{feff}name, code\n Acme ,1\n\n\"two\nlines\",\n", FORM).unwrap();
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!((rows[0].value("name"), rows[0].value("code")), (Some("Acme"), Some("1")));
        assert_eq!((rows[1].value("code"), rows[1].text("city").as_str()), (None, ""));
    }

    #[test]
    fn a_file_that_is_none_is_refused_as_a_whole() {
        assert!(refused("").contains("missing: code, name"));
        assert!(refused("code,nam\n1,2\n").contains("missing: name; unknown: nam"));
        assert!(refused("code,name,code\n1,2,3\n").contains("each column once"));
        assert!(refused("code,name\n").contains("1 to 3 rows"));
        let row = "1,2\n";
        assert_eq!(read(&format!("code,name\n{}", row.repeat(3)), FORM).unwrap().len(), 3);
        assert!(refused(&format!("code,name\n{}", row.repeat(4))).contains("1 to 3 rows"));
    }

    #[test]
    fn a_row_of_too_few_or_too_many_columns_is_broken_and_the_others_are_read() {
        let rows = read("code,name\n1\n2,b\n3,c,d\n", FORM).unwrap();
        assert_eq!(rows.iter().map(|row| row.broken.is_some()).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!((rows[0].value("code"), rows[1].value("name")), (None, Some("b")));
    }

    #[test]
    fn a_refusal_says_row_and_column() {
        let told = at_line(3, &column("legalName"), Refusal::at("legalName", Code::Invalid, "a name"));
        assert_eq!(
            (told.detail.as_str(), told.path.join(".")),
            ("row 3, legal_name: a name", "csv.3.legalName".into())
        );
    }
}
