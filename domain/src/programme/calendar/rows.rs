//! Rows of a calendar as people write them, checked. PURE.

use std::collections::BTreeSet;

use entity::Day;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};

/// Most rows of one import: nearly three years of which every day is named.
pub const ROWS_LIMIT: usize = 1_000;
/// Longest name of a day, in characters.
pub const DAY_NAME_LIMIT: usize = 100;
/// Most faults named in one answer: who wrote that many wrong mends the first ones and sees the rest.
pub const FAULTS_LIMIT: usize = 100;

/// The columns of a file, in any order.
pub const COLUMNS: [&str; 4] = ["day", "working", "name", "name_zh"];

/// A row as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Place of the row, for whoever must mend it: the line of a file, the place in a list from 1.
    pub row: u64,
    /// The day, e.g. 2026-10-01.
    pub day: String,
    /// `true` or `false`.
    pub working: String,
    /// Name of the holiday or working day, in English, as written.
    pub name: String,
    /// Name of the holiday or working day, in Chinese, as written.
    pub name_zh: String,
}

/// A day that does not go by its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDay {
    /// Day in the programme's time zone.
    pub day: Day,
    /// Whether it is a working day.
    pub working: bool,
    /// Name of the holiday or working day, in English.
    pub name: String,
    /// Name of the holiday or working day, in Chinese.
    pub name_zh: String,
}

/// Reads rows, or names everything that is wrong with them.
pub fn read(rows: &[Written]) -> Result<Vec<NewDay>> {
    if rows.is_empty() || rows.len() > ROWS_LIMIT {
        let detail = format!("a calendar has 1 to {ROWS_LIMIT} rows");
        return Err(Refusal::at("days", Code::Invalid, detail).into());
    }
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    let mut days = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut fault = |column: &str, value: &str| {
            let path = vec!["days".to_owned(), index.to_string(), column.to_owned()];
            let shown: String = value.chars().take(40).collect();
            let detail = format!("{}, {}: {shown:?}", row.row, written(column));
            faults.push(Refusal { code: Code::CalendarRow, path, detail });
        };
        let day = row.day.trim().parse::<Day>().ok().filter(|day| seen.insert(*day));
        if day.is_none() {
            fault("day", &row.day);
        }
        let working = truth(&row.working);
        if working.is_none() {
            fault("working", &row.working);
        }
        let (name, name_zh) = (row.name.trim(), row.name_zh.trim());
        for (column, name) in [("nameEn", name), ("nameZhCn", name_zh)] {
            if name.is_empty() || name.chars().count() > DAY_NAME_LIMIT || name.chars().any(char::is_control)
            {
                fault(column, name);
            }
        }
        if let (Some(day), Some(working)) = (day, working) {
            days.push(NewDay { day, working, name: name.to_owned(), name_zh: name_zh.to_owned() });
        }
    }
    faults.truncate(FAULTS_LIMIT);
    if faults.is_empty() { Ok(days) } else { Err(Error::Refused(faults)) }
}

/// The column of the file for a field of the API.
fn written(field: &str) -> &str {
    match field {
        "nameEn" => "name",
        "nameZhCn" => "name_zh",
        same => same,
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.trim() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: u64, day: &str, working: &str, name: &str) -> Written {
        Written { row, day: day.into(), working: working.into(), name: name.into(), name_zh: "节日".into() }
    }

    #[test]
    fn good_rows_are_read_in_their_order() {
        let rows = [row(2, "2027-10-09", "true", "Made up"), row(3, " 2027-10-01 ", "false", "National Day")];
        let days = read(&rows).unwrap();
        assert_eq!(days[0].day, Day(20_271_009));
        assert!(days[0].working && !days[1].working);
        assert_eq!(days[1].day, Day(20_271_001));
    }

    #[test]
    fn every_fault_is_named_with_row_and_column() {
        let rows = [
            row(2, "2027-02-29", "yes", "A"),
            row(3, "2027-10-01", "false", " "),
            row(5, "2027-10-01", "false", &"x".repeat(DAY_NAME_LIMIT + 1)),
            row(6, "2027-10-02", "false", &"节".repeat(DAY_NAME_LIMIT)),
        ];
        let Err(Error::Refused(faults)) = read(&rows) else { panic!("taken in") };
        let named: Vec<_> = faults.iter().map(|fault| (fault.path.join("."), fault.detail.clone())).collect();
        let long = format!("5, name: {:?}", "x".repeat(40));
        let expected = [
            ("days.0.day", "2, day: \"2027-02-29\""),
            ("days.0.working", "2, working: \"yes\""),
            ("days.1.nameEn", "3, name: \"\""),
            ("days.2.day", "5, day: \"2027-10-01\""),
            ("days.2.nameEn", long.as_str()),
        ];
        assert_eq!(named, expected.map(|(path, detail)| (path.to_owned(), detail.to_owned())));
        assert!(faults.iter().all(|fault| fault.code == Code::CalendarRow));
    }

    #[test]
    fn a_thousand_rows_are_taken_and_one_more_is_not() {
        let first = jiff::civil::date(2030, 1, 1);
        let rows = |n: i64| -> Vec<Written> {
            let day = |k| Day::of(first + jiff::Span::new().days(k)).to_string();
            (0..n).map(|k| row(1, &day(k), "false", "Off")).collect()
        };
        assert_eq!(read(&rows(1_000)).unwrap().len(), ROWS_LIMIT);
        assert!(read(&rows(1_001)).is_err());
        assert!(read(&[]).is_err());
        let wrong: Vec<_> = (0..1_000).map(|_| row(1, "x", "x", "x")).collect();
        let Err(Error::Refused(faults)) = read(&wrong) else { panic!("taken in") };
        assert_eq!(faults.len(), FAULTS_LIMIT);
    }
}
