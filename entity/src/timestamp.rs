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

    /// RFC 3339 in UTC with milliseconds, as the API writes it.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .map_or_else(|_| format!("{}us", self.0), |t| format!("{t:.3}"))
    }

    /// Reads RFC 3339 with a zone or offset, e.g. `2026-08-01T00:00:00Z`.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_microsecond()))
    }
}
