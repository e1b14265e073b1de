//! Instants: microseconds since the Unix epoch, UTC, in an integer column on both databases.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// An instant in microseconds since 1970-01-01T00:00:00Z. Order and ranges are those of the integer.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
pub struct Timestamp(pub i64);

/// Microseconds in one second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in one minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Microseconds in one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Microseconds in one civil day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// The end of an open range: "until further notice".
    pub const FOREVER: Self = Self(i64::MAX);

    /// This instant moved by `micros` (may be negative); saturates at the ends.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// `true` for the end of an open range.
    #[must_use]
    pub const fn is_forever(self) -> bool {
        self.0 == i64::MAX
    }

    /// RFC 3339 in UTC, as the API writes it: with milliseconds, and with microseconds where there are any, because
    /// ranges begin and end at microseconds.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let text = |t: jiff::Timestamp| {
            if self.0 % 1_000 == 0 { format!("{t:.3}") } else { format!("{t:.6}") }
        };
        jiff::Timestamp::from_microsecond(self.0).map_or_else(|_| format!("{}us", self.0), text)
    }

    /// Reads RFC 3339 with a zone or offset, e.g. `2026-08-01T00:00:00Z`.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_that_is_written_is_read_back_to_the_microsecond() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_500_000, "1970-01-01T00:00:01.500Z"),
            (1_785_513_599_999_999, "2026-07-31T15:59:59.999999Z"),
            (1_785_513_600_000_001, "2026-07-31T16:00:00.000001Z"),
        ] {
            assert_eq!(Timestamp(micros).to_rfc3339(), text);
            assert_eq!(Timestamp::parse_rfc3339(text), Some(Timestamp(micros)));
        }
    }
}
