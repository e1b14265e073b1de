//! Instants and months of plans.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(pub i64);

/// Microseconds of a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds of an hour.
pub const HOUR: i64 = 3_600 * SECOND;
/// Microseconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// A time zone by its name.
///
/// # Panics
/// If there is none of that name.
#[must_use]
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a known time zone")
}

impl Instant {
    /// An end that never comes.
    pub const NEVER: Self = Self(i64::MAX);

    /// So many microseconds later.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0 + micros)
    }

    /// The same day and time of day so many calendar months later.
    ///
    /// # Panics
    /// If the calendar has no such day.
    #[must_use]
    pub fn plus_months(self, months: i32, zone: &TimeZone) -> Self {
        let zoned =
            jiff::Timestamp::from_microsecond(self.0).expect("an instant").to_zoned_datetime(zone.clone());
        let later = zoned.checked_add(jiff::Span::new().months(months)).expect("an instant");
        Self(later.timestamp().as_microsecond())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        jiff::Timestamp::from_microsecond(self.0).expect("an instant of our time").fmt(f)
    }
}

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let instant: jiff::Timestamp = text.parse().map_err(|e| format!("{text}: {e}"))?;
        Ok(Self(instant.as_microsecond()))
    }
}

impl TryFrom<String> for Instant {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> Self {
        instant.to_string()
    }
}

/// A month: 202606 is June 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(pub i32);

impl Month {
    /// The month that holds an instant.
    ///
    /// # Panics
    /// If the instant is not of our time.
    #[must_use]
    pub fn of(at: Instant, zone: &TimeZone) -> Self {
        let zoned =
            jiff::Timestamp::from_microsecond(at.0).expect("an instant").to_zoned_datetime(zone.clone());
        Self(i32::from(zoned.year()) * 100 + i32::from(zoned.month()))
    }

    /// Its first instant.
    ///
    /// # Panics
    /// If the month is not of our time.
    #[must_use]
    pub fn starts(self, zone: &TimeZone) -> Instant {
        let (year, month) = (i16::try_from(self.0 / 100).unwrap(), i8::try_from(self.0 % 100).unwrap());
        let first = jiff::civil::date(year, month, 1).to_zoned_datetime(zone.clone()).expect("a midnight");
        Instant(first.timestamp().as_microsecond())
    }

    /// The first instant after it.
    #[must_use]
    pub fn ends(self, zone: &TimeZone) -> Instant {
        self.next().starts(zone)
    }

    /// The month so many months later, or earlier.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        let count = (self.0 / 100) * 12 + self.0 % 100 - 1 + months;
        Self(count.div_euclid(12) * 100 + count.rem_euclid(12) + 1)
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        self.plus(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let no = || format!("{text} is no month");
        let (year, month) = text.split_once('-').ok_or_else(no)?;
        let (year, month): (i32, i32) = (year.parse().map_err(|_| no())?, month.parse().map_err(|_| no())?);
        if (1..=12).contains(&month) { Ok(Self(year * 100 + month)) } else { Err(no()) }
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_of_its_zone() {
        let month: Month = "2026-07".parse().unwrap();
        assert_eq!(month.starts(&zone("Asia/Shanghai")).to_string(), "2026-06-30T16:00:00Z");
        assert_eq!(month.starts(&zone("America/New_York")).to_string(), "2026-07-01T04:00:00Z");
        let before: Instant = "2026-06-30T15:59:59.999999Z".parse().unwrap();
        assert_eq!(Month::of(before, &zone("Asia/Shanghai")).to_string(), "2026-06");
        assert_eq!(Month::of(before.plus(1), &zone("Asia/Shanghai")), month);
    }

    #[test]
    fn months_are_counted_over_the_end_of_a_year() {
        let month: Month = "2026-11".parse().unwrap();
        assert_eq!(month.plus(2).to_string(), "2027-01");
        assert_eq!(month.plus(-11).to_string(), "2025-12");
    }
}
