//! The distance that the clock of a demonstration is told to go, and its stops on the way. PURE. PURE.

use std::str::FromStr;

use entity::Timestamp;
use entity::timestamp::HOUR;

use crate::programme::calendar::Calendar;

/// Longest way in one go, in days: over a year there is a stop a day and more.
pub const DAYS_LIMIT: u32 = 400;

/// A way on: `10d`, `3wd` or `12h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advance {
    /// Days of the programme's time zone, to the same time of the day.
    Days(u32),
    /// To the end of this many working days: what is due in as many is due then.
    WorkingDays(u32),
    /// So many hours, without regard to days.
    Hours(u32),
}

/// A text that is no way on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write 10d (days), 3wd (working days) or 12h (hours), at least 1 and at most {DAYS_LIMIT} days")]
pub struct NotAnAdvance;

impl FromStr for Advance {
    type Err = NotAnAdvance;

    fn from_str(text: &str) -> Result<Self, NotAnAdvance> {
        let at = text.find(|c: char| !c.is_ascii_digit()).ok_or(NotAnAdvance)?;
        let (number, unit) = text.split_at(at);
        let number: u32 = number.parse().map_err(|_| NotAnAdvance)?;
        let (advance, most) = match unit {
            "d" => (Self::Days(number), DAYS_LIMIT),
            "wd" => (Self::WorkingDays(number), DAYS_LIMIT / 2),
            "h" => (Self::Hours(number), DAYS_LIMIT * 24),
            _ => return Err(NotAnAdvance),
        };
        if (1..=most).contains(&number) { Ok(advance) } else { Err(NotAnAdvance) }
    }
}

impl Advance {
    /// The instant it leads to from `from`.
    #[must_use]
    pub fn target(self, from: Timestamp, calendar: &Calendar) -> Timestamp {
        match self {
            Self::Days(days) => days_on(from, days, calendar),
            Self::WorkingDays(days) => calendar.deadline(from, days),
            Self::Hours(hours) => from.plus(i64::from(hours) * HOUR),
        }
    }
}

/// The same time of the day, `days` days later.
pub(super) fn days_on(from: Timestamp, days: u32, calendar: &Calendar) -> Timestamp {
    let later = || -> Result<Timestamp, jiff::Error> {
        let at = jiff::Timestamp::from_microsecond(from.0)?.to_zoned_datetime(calendar.zone().clone());
        let at = at.checked_add(jiff::Span::new().try_days(i64::from(days))?)?;
        Ok(Timestamp(at.timestamp().as_microsecond()))
    };
    later().unwrap_or(Timestamp::FOREVER)
}

/// The next stop behind `now`: the end of the day, what is due next, or the end of the way.
#[must_use]
pub fn next_stop(now: Timestamp, to: Timestamp, due: Option<Timestamp>, calendar: &Calendar) -> Timestamp {
    let midnight = calendar.ends_at(calendar.day_of(now));
    due.filter(|due| *due > now).into_iter().chain([midnight, to]).min().unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn shanghai() -> Calendar {
        Calendar::new(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(), [])
    }

    #[test]
    fn ways_are_read_within_their_limits() {
        for (text, advance) in [
            ("10d", Advance::Days(10)),
            ("1d", Advance::Days(1)),
            ("400d", Advance::Days(400)),
            ("3wd", Advance::WorkingDays(3)),
            ("200wd", Advance::WorkingDays(200)),
            ("12h", Advance::Hours(12)),
        ] {
            assert_eq!(text.parse(), Ok(advance));
        }
        for bad in [
            "",
            "10",
            "d",
            "0d",
            "-1d",
            "401d",
            "201wd",
            "9601h",
            "1.5d",
            "10 d",
            "10D",
            "99999999999d",
            "1天",
        ] {
            assert_eq!(bad.parse::<Advance>(), Err(NotAnAdvance), "{bad}");
        }
    }

    #[test]
    fn a_way_leads_to_the_same_time_of_a_day_or_the_end_of_a_working_day() {
        let from = at("2026-10-16T02:30:00Z");
        for (advance, to) in [
            (Advance::Days(10), "2026-10-26T02:30:00Z"),
            (Advance::Hours(5), "2026-10-16T07:30:00Z"),
            (Advance::WorkingDays(1), "2026-10-19T16:00:00Z"),
        ] {
            assert_eq!(advance.target(from, &shanghai()), at(to));
        }
        let new_york = Calendar::new(jiff::tz::TimeZone::get("America/New_York").unwrap(), []);
        let from = at("2026-10-31T16:00:00Z");
        assert_eq!(Advance::Days(1).target(from, &new_york), at("2026-11-01T17:00:00Z"));
    }

    #[test]
    fn the_clock_stops_at_midnight_at_what_is_due_and_at_its_end() {
        let (now, to) = (at("2026-10-16T02:30:00Z"), at("2026-10-18T00:00:00Z"));
        let stop = |due: Option<&str>, now| next_stop(now, to, due.map(at), &shanghai());
        assert_eq!(stop(None, now), at("2026-10-16T16:00:00Z"));
        assert_eq!(stop(Some("2026-10-16T09:00:00Z"), now), at("2026-10-16T09:00:00Z"));
        assert_eq!(stop(Some("2026-10-16T02:30:00Z"), now), at("2026-10-16T16:00:00Z"));
        assert_eq!(stop(None, at("2026-10-16T16:00:00Z")), at("2026-10-17T16:00:00Z"));
        assert_eq!(stop(None, at("2026-10-17T16:00:00Z")), to);
    }
}
