//! What the lines of a bill repeat, so that it is found out once.

use entity::{Currency, Month, Timestamp};

use super::names::Names;

/// What earlier lines said.
#[derive(Debug)]
pub(super) struct Repeats {
    pub(super) months: Months,
    pub(super) names: Names,
    pub(super) currency: Option<Currency>,
}

impl Repeats {
    /// For a programme in this zone.
    pub(super) fn new(zone: jiff::tz::TimeZone) -> Self {
        Self { months: Months { zone, last: None }, names: Names::new(), currency: None }
    }
}

/// Finds the month of an instant; remembers the last one, since neighbours share it.
#[derive(Debug)]
pub(super) struct Months {
    zone: jiff::tz::TimeZone,
    last: Option<(Timestamp, Timestamp, Month)>,
}

impl Months {
    pub(super) fn containing(&mut self, at: Timestamp) -> Option<Month> {
        if let Some((start, end, month)) = self.last
            && at >= start
            && at < end
        {
            return Some(month);
        }
        let month = Month::containing(at, &self.zone)?;
        self.last = Some((month.starts_at(&self.zone), month.ends_at(&self.zone), month));
        Some(month)
    }
}
