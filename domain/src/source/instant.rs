//! Instants as bills write them.

use entity::Timestamp;
use entity::timestamp::{DAY, HOUR, MINUTE, SECOND};

/// Reads `2024-09-01 00:00:00`, `2024-09-01T00:00:00Z`, `…T00:00Z`, `….123456+08:00`, `… UTC` and the
/// bare date. Without a zone the time is UTC, as FOCUS says. Digits below the microsecond are cut.
/// `None` for everything else: impossible dates, 24:00, leap seconds.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let day = days(number(bytes, 0, 4)?, separated(bytes, 4, b'-')?, separated(bytes, 7, b'-')?)? * DAY;
    if bytes.len() == 10 {
        return Some(Timestamp(day));
    }
    if !matches!(bytes.get(10)?, b'T' | b't' | b' ') {
        return None;
    }
    let (hour, minute) = (number(bytes, 11, 2)?, separated(bytes, 13, b':')?);
    let (second, mut at) = if bytes.get(16) == Some(&b':') { (number(bytes, 17, 2)?, 19) } else { (0, 16) };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let kept = digits.min(6);
        fraction = number(bytes, at + 1, kept)? * 10_i64.pow(u32::try_from(6 - kept).ok()?);
        at += 1 + digits;
    }
    let clock = hour * HOUR + minute * MINUTE + second * SECOND + fraction;
    Some(Timestamp(day + clock - offset(&bytes[at..])?))
}

/// An instant as it was read last: bills repeat the times of an hour or a month line after line.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    text: String,
    at: Option<Timestamp>,
}

impl Seen {
    /// The same as [`parse`].
    #[inline]
    pub(super) fn parse(&mut self, text: &str) -> Option<Timestamp> {
        if self.text != text || self.text.is_empty() {
            self.at = parse(text);
            self.text.clear();
            // A damaged file may have anything here: only what may be an instant is worth remembering.
            if self.at.is_some() {
                self.text.push_str(text);
            }
        }
        self.at
    }
}

/// The offset from UTC in microseconds: nothing, `Z`, ` UTC`, `+08:00`, `+0800` or `+08`.
fn offset(zone: &[u8]) -> Option<i64> {
    let sign = match zone {
        [] | b"Z" | b"z" | b" UTC" | b" Z" => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let minutes = match zone.len() {
        6 => separated(zone, 3, b':')?,
        5 => number(zone, 3, 2)?,
        3 => 0,
        _ => return None,
    };
    let hours = number(zone, 1, 2)?;
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * HOUR + minutes * MINUTE))
}

/// The number of two digits behind the separator at `at`.
fn separated(bytes: &[u8], at: usize, separator: u8) -> Option<i64> {
    if bytes.get(at) == Some(&separator) { number(bytes, at + 1, 2) } else { None }
}

/// The number made of exactly `length` digits at `at`.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<i64> {
    bytes
        .get(at..at + length)?
        .iter()
        .try_fold(0, |sum: i64, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Days from 1970-01-01 to a date that exists, counted in years that begin in March so that the leap
/// day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = LENGTHS.get(usize::try_from(month - 1).ok()?)? + i64::from(leap && month == 2);
    if day < 1 || day > length {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719_468 days lie between 0000-03-01 and 1970-01-01.
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_every_form_that_bills_use() {
        for (text, same) in [
            ("2024-09-01 00:00:00", "2024-09-01T00:00:00Z"),
            ("2024-09-01T00:00:00Z", "2024-09-01T00:00:00Z"),
            ("2024-09-01T00:00Z", "2024-09-01T00:00:00Z"),
            ("2024-09-01", "2024-09-01T00:00:00Z"),
            ("2024-09-01 10:00:00 UTC", "2024-09-01T10:00:00Z"),
            ("2024-09-01T08:00:00+08:00", "2024-09-01T00:00:00Z"),
            ("2024-09-01T08:00:00.5+0800", "2024-09-01T00:00:00.5Z"),
            ("2024-08-31T19:00:00-05", "2024-09-01T00:00:00Z"),
            ("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123456Z"),
            ("2000-02-29 00:00:00.1", "2000-02-29T00:00:00.1Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(parse(text), Timestamp::parse_rfc3339(same), "{text}");
        }
    }

    #[test]
    fn refuses_dates_that_do_not_exist() {
        for text in [
            "",
            "2026-02-30",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-1-1",
            "2026-01-01T24:00:00Z",
            "2026-01-01T23:60:00Z",
            "2026-01-01T23:59:60Z",
            "2026-01-01T",
            "2026-01-01x00:00:00",
            "2026-01-01T00:00:00.",
            "2026-01-01T00:00:00+",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00 CST",
            "2026-01-01T00:00:00.1234567890Z",
            "01/02/2026",
            "20260101",
            "2026-01-01T00",
            "２０２６-01-01",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_calendar_library(micros in -62_000_000_000_000_000_i64..250_000_000_000_000_000) {
            let text = jiff::Timestamp::from_microsecond(micros).unwrap().to_string();
            prop_assert_eq!(parse(&text), Some(Timestamp(micros)));
        }

        #[test]
        fn what_was_seen_before_does_not_matter(texts in proptest::collection::vec("2026-0[1-3]-0[1-2]( 10:00)?|x?", 0..20)) {
            let mut seen = Seen::default();
            for text in &texts {
                prop_assert_eq!(seen.parse(text), parse(text), "{}", text);
            }
        }

        #[test]
        fn no_text_is_a_surprise(text in ".{0,40}") {
            let _ = parse(&text);
        }

        #[test]
        fn no_date_like_text_is_a_surprise(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]?[0-9:.+-]{0,20}Z?") {
            let _ = parse(&text);
        }
    }
}
