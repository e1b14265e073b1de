//! Calendar months of the programme, written `2026-08`, stored as the integer 202608.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A calendar month, stored as `year * 100 + month`. Which instants it covers depends on the
/// programme's time zone and is a row of `settlement_month`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
pub struct Month(pub i32);

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a month: write it as YYYY-MM, from 2000-01 to 2099-12")]
pub struct NotAMonth;

impl Month {
    /// The month `month` (1–12) of `year` (2000–2099).
    pub const fn new(year: i32, month: i32) -> Result<Self, NotAMonth> {
        if year < 2000 || year > 2099 || month < 1 || month > 12 {
            return Err(NotAMonth);
        }
        Ok(Self(year * 100 + month))
    }

    /// The year, e.g. 2026.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0 / 100
    }

    /// The month of the year, 1–12.
    #[must_use]
    pub const fn of_year(self) -> i32 {
        self.0 % 100
    }

    /// The month after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.of_year() == 12 { Self((self.year() + 1) * 100 + 1) } else { Self(self.0 + 1) }
    }

    /// The month before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.of_year() == 1 { Self((self.year() - 1) * 100 + 12) } else { Self(self.0 - 1) }
    }

    /// This month moved by `months` (may be negative).
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        let index = self.year() * 12 + self.of_year() - 1 + months;
        Self(index.div_euclid(12) * 100 + index.rem_euclid(12) + 1)
    }

    /// The first instant of the month in `zone`.
    #[must_use]
    pub fn starts_at(self, zone: &jiff::tz::TimeZone) -> Timestamp {
        // Years 2000–2099 and months 1–12 are always valid for both conversions.
        #[allow(clippy::cast_possible_truncation)]
        let date = jiff::civil::Date::new(self.year() as i16, self.of_year() as i8, 1)
            .unwrap_or(jiff::civil::Date::ZERO);
        date.to_zoned_datetime(zone.clone())
            .map_or(Timestamp(0), |z| Timestamp(z.timestamp().as_microsecond()))
    }

    /// The first instant after the month in `zone`.
    #[must_use]
    pub fn ends_at(self, zone: &jiff::tz::TimeZone) -> Timestamp {
        self.next().starts_at(zone)
    }

    /// The month that contains `at` in `zone`; `None` outside 2000–2099.
    #[must_use]
    pub fn containing(at: Timestamp, zone: &jiff::tz::TimeZone) -> Option<Self> {
        let instant = jiff::Timestamp::from_microsecond(at.0).ok()?;
        let date = zone.to_datetime(instant).date();
        Self::new(i32::from(date.year()), i32::from(date.month())).ok()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(NotAMonth);
        }
        Self::new(year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?)
    }
}
