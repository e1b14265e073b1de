use proptest::prelude::*;

use super::*;
use entity::timestamp::DAY;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Some of China's days of 2026, in Shanghai.
fn china() -> Calendar {
    let off = |from: &str, days: i64| {
        let first = date(from);
        (0..days).map(move |n| (first + jiff::Span::new().days(n), false))
    };
    let works =
        ["2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"].map(|day| (date(day), true));
    let days = off("2026-01-01", 3).chain(off("2026-02-15", 9)).chain(off("2026-10-01", 7)).chain(works);
    Calendar::new(zone("Asia/Shanghai"), days)
}

#[test]
fn a_day_works_as_its_row_says_else_by_its_weekday() {
    let calendar = china();
    for (day, works) in [
        ("2026-09-18", true),
        ("2026-09-19", false),
        ("2026-09-20", true),
        ("2026-10-01", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-10-10", true),
        ("2026-10-11", false),
        ("2027-10-01", true),
    ] {
        assert_eq!(calendar.is_working(date(day)), works, "{day}");
    }
    for (day, next) in [
        ("2026-10-08", "2026-10-08"),
        ("2026-10-01", "2026-10-08"),
        ("2026-10-11", "2026-10-12"),
        ("2026-02-15", "2026-02-24"),
        ("2025-12-31", "2025-12-31"),
        ("2026-01-01", "2026-01-04"),
    ] {
        assert_eq!(calendar.next_working(date(day)), date(next), "{day}");
    }
}

#[test]
fn a_deadline_ends_with_the_nth_working_day_after_the_day_it_is_set() {
    let calendar = china();
    // Midnight in Shanghai is 16:00 UTC of the day before.
    for (from, days, due) in [
        // A Monday: from its first instant to its last.
        ("2026-10-11T16:00:00Z", 1, "2026-10-13T16:00:00Z"),
        ("2026-10-12T15:59:59.999999Z", 1, "2026-10-13T16:00:00Z"),
        // Over a weekend; from one.
        ("2026-10-16T02:00:00Z", 1, "2026-10-19T16:00:00Z"),
        ("2026-10-17T02:00:00Z", 1, "2026-10-19T16:00:00Z"),
        ("2026-10-16T02:00:00Z", 6, "2026-10-26T16:00:00Z"),
        // Over a week of holidays, with the Saturday after it made up.
        ("2026-09-30T02:00:00Z", 2, "2026-10-09T16:00:00Z"),
        ("2026-09-30T02:00:00Z", 3, "2026-10-10T16:00:00Z"),
        ("2026-09-30T02:00:00Z", 4, "2026-10-12T16:00:00Z"),
        // From a day that is made up; over the end of a year and of February.
        ("2026-02-14T02:00:00Z", 1, "2026-02-24T16:00:00Z"),
        ("2026-02-27T02:00:00Z", 1, "2026-02-28T16:00:00Z"),
        ("2025-12-31T02:00:00Z", 1, "2026-01-04T16:00:00Z"),
        ("2026-12-31T02:00:00Z", 1, "2027-01-01T16:00:00Z"),
        // None: the day itself, or the next that works.
        ("2026-10-12T02:00:00Z", 0, "2026-10-12T16:00:00Z"),
        ("2026-10-03T02:00:00Z", 0, "2026-10-08T16:00:00Z"),
    ] {
        assert_eq!(calendar.deadline(at(from), days), at(due), "{days} from {from}");
    }
}

#[test]
fn days_end_at_the_midnight_of_their_zone_also_where_clocks_change() {
    let calendar = Calendar::new(zone("America/New_York"), []);
    // Clocks go back on Sunday 1 November 2026: UTC-4 before, UTC-5 after.
    assert_eq!(calendar.deadline(at("2026-10-29T16:00:00Z"), 1), at("2026-10-31T04:00:00Z"));
    assert_eq!(calendar.deadline(at("2026-10-30T16:00:00Z"), 1), at("2026-11-03T05:00:00Z"));
    // In 2018 clocks in São Paulo went on at midnight: Sunday 4 November began at one.
    let calendar = Calendar::new(zone("America/Sao_Paulo"), [(date("2018-11-04"), true)]);
    assert_eq!(calendar.deadline(at("2018-11-02T12:00:00Z"), 1), at("2018-11-05T02:00:00Z"));
    assert_eq!(calendar.reminder(at("2018-11-05T02:00:00Z"), 0), at("2018-11-04T03:00:00Z"));
}

#[test]
fn a_reminder_comes_at_the_beginning_of_a_working_day_before_the_last_one() {
    let calendar = china();
    for (due, before, remind) in [
        // Due at the end of Friday: three working days before it is Tuesday.
        ("2026-10-16T16:00:00Z", 3, "2026-10-12T16:00:00Z"),
        ("2026-10-16T16:00:00Z", 0, "2026-10-15T16:00:00Z"),
        // Due in the middle of a Sunday.
        ("2026-10-25T04:00:00Z", 3, "2026-10-20T16:00:00Z"),
        // Over the holidays.
        ("2026-10-08T16:00:00Z", 1, "2026-09-29T16:00:00Z"),
    ] {
        assert_eq!(calendar.reminder(at(due), before), at(remind), "{before} before {due}");
    }
}

#[test]
fn a_day_of_the_next_month_moves_to_a_working_day() {
    let calendar = china();
    for (month, day, begins) in [
        (202_608, 3, "2026-09-02T16:00:00Z"),
        (202_609, 3, "2026-10-07T16:00:00Z"),
        (202_610, 1, "2026-11-01T16:00:00Z"),
        (202_512, 3, "2026-01-03T16:00:00Z"),
        (202_601, 31, "2026-02-27T16:00:00Z"),
        (202_601, 0, "2026-02-01T16:00:00Z"),
    ] {
        assert_eq!(calendar.on_or_after_working(Month(month), day), at(begins), "{day} after {month}");
    }
}

#[test]
fn a_calendar_without_working_days_comes_to_an_end() {
    let first = date("9999-12-20");
    let calendar = Calendar::new(zone("UTC"), (0..12).map(|n| (first + jiff::Span::new().days(n), false)));
    assert_eq!(calendar.next_working(first), Date::MAX);
    assert_eq!(calendar.deadline(Timestamp::FOREVER, 3), Timestamp::FOREVER);
}

/// A calendar of a zone, with days of 2026 and 2027 that are the other way round.
fn calendars() -> impl Strategy<Value = Calendar> {
    let names = prop::sample::select(vec!["Asia/Shanghai", "America/New_York", "UTC", "Australia/Lord_Howe"]);
    let others = prop::collection::vec((0_i64..730, any::<bool>()), 0..60);
    (names, others).prop_map(|(name, others)| {
        let first = date("2026-01-01");
        Calendar::new(
            zone(name),
            others.into_iter().map(|(n, works)| (first + jiff::Span::new().days(n), works)),
        )
    })
}

/// An instant of 2026 or 2027.
fn instants() -> impl Strategy<Value = Timestamp> {
    (at("2026-01-01T00:00:00Z").0..at("2028-01-01T00:00:00Z").0).prop_map(Timestamp)
}

proptest! {
    #[test]
    fn a_deadline_lies_ahead_ends_a_working_day_and_leaves_its_days(
        calendar in calendars(), from in instants(), n in 0_u32..40
    ) {
        let due = calendar.deadline(from, n);
        prop_assert!(due > from);
        let last = calendar.day_of(due.plus(-1));
        prop_assert!(calendar.is_working(last));
        prop_assert_eq!(due, calendar.ends_at(last));
        let mut day = calendar.day_of(from);
        let mut passed = 0;
        while day < last {
            day = day.tomorrow().unwrap();
            passed += u32::from(calendar.is_working(day));
        }
        prop_assert!(passed == n || n == 0, "{passed} working days instead of {n}");
    }

    #[test]
    fn a_deadline_never_comes_earlier_for_a_later_start_or_more_days(
        calendar in calendars(), from in instants(), later in 0..60 * DAY, n in 0_u32..40, more in 0_u32..10
    ) {
        prop_assert!(calendar.deadline(from, n) <= calendar.deadline(from.plus(later), n));
        prop_assert!(calendar.deadline(from, n) <= calendar.deadline(from, n + more));
    }

    #[test]
    fn a_reminder_comes_before_what_it_reminds_of(calendar in calendars(), from in instants(), n in 1_u32..20, before in 0_u32..20) {
        let due = calendar.deadline(from, n);
        let remind = calendar.reminder(due, before);
        prop_assert!(remind < due);
        prop_assert!(calendar.is_working(calendar.day_of(remind)));
        // With as many days before as the deadline has, it is the first of them or the day before.
        prop_assert!(before >= n || remind > from);
    }
}
