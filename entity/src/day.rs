//! Calendar days, written `2026-10-01`, stored as the integer 20261001.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// A calendar day, stored as `year * 10000 + month * 100 + day`. Which instants it covers depends on a time zone.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
pub struct Day(pub i32);

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day: write it as YYYY-MM-DD, from 2000-01-01 to 2099-12-31")]
pub struct NotADay;

impl Day {
    /// The day of a civil date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day()))
    }

    /// The civil date; none if the integer is no day.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        let year = i16::try_from(self.year()).ok()?;
        let month = i8::try_from(self.0 / 100 % 100).ok()?;
        Date::new(year, month, i8::try_from(self.0 % 100).ok()?).ok()
    }

    /// The year, e.g. 2026.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0 / 10_000
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.0 / 100 % 100, self.0 % 100)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let digits = |from: usize, to: usize| -> Option<i32> {
            let part = text.get(from..to)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(NotADay);
        }
        let parts = digits(0, 4).zip(digits(5, 7)).zip(digits(8, 10)).ok_or(NotADay)?;
        let ((year, month), day) = parts;
        let day = Self(year * 10_000 + month * 100 + day);
        let known = (2000..=2099).contains(&year) && day.date().is_some();
        if known { Ok(day) } else { Err(NotADay) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written_in_one_form() {
        for good in ["2000-01-01", "2024-02-29", "2026-10-01", "2099-12-31"] {
            let day: Day = good.parse().unwrap();
            assert_eq!(day.to_string(), good);
            assert_eq!(Day::of(day.date().unwrap()), day);
        }
        let bad = [
            "",
            "2026-1-01",
            "2026-13-01",
            "2026-02-29",
            "2026-00-10",
            "1999-12-31",
            "2100-01-01",
            "2026/10/01",
            "20261001",
            "+026-10-01",
            "2026-10-0１",
            " 2026-10-01",
        ];
        for bad in bad {
            assert_eq!(bad.parse::<Day>(), Err(NotADay), "{bad}");
        }
    }
}
