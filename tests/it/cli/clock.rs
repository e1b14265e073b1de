//! The clock and the calendar from the command line.

use tests::on_both_databases;

use super::demo::demo;
use super::{run, run_with_input};

on_both_databases!(the_clock_of_a_demonstration_moves_on_and_its_bills_confirm_themselves, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let made = demo(&db, directory.path(), &[]);
    assert_eq!(made.code, 0, "{}\n{}", made.out, made.err);
    let file = format!("sqlite:{}", directory.path().join("partner-center.db").display());
    let url = if db.url.starts_with("postgres") { db.url.clone() } else { file };
    let clock = |arguments: &[&str]| run(&[&["clock"], arguments, &["--database-url", &url]].concat());

    let stands = clock(&["show"]);
    assert!(stands.code == 0 && stands.out.contains("Asia/Shanghai"), "{stands:?}");
    let moved = clock(&["advance", "11d"]);
    assert_eq!(moved.code, 0, "{moved:?}");
    for shown in ["BILL_CONFIRM: ", " reminders given", " deadlines fell due", "The clock stands at "] {
        assert!(moved.out.contains(shown), "{shown}\n{}", moved.out);
    }
    let nothing = clock(&["advance", "1h"]);
    assert!(nothing.code == 0 && nothing.out.contains("Nothing fell due"), "{nothing:?}");
    let back = clock(&["set", "2020-01-01T00:00:00Z"]);
    assert!(back.code == 1 && back.err.contains("CLOCK_MOVES_ON"), "{back:?}");
    for wrong in ["10", "0d", "401d", "-3d", "1w"] {
        assert_eq!(clock(&["advance", wrong]).code, 2, "{wrong}");
    }
    let verified = run(&["verify", "--database-url", &url]);
    assert!(verified.code == 0 && verified.out.contains("identities hold"), "{verified:?}");
});

on_both_databases!(the_clock_of_a_real_database_is_refused_in_both_languages, |db| async move {
    for (lang, text) in [("en", "cannot be set"), ("zh-CN", "时钟不可设置")] {
        let refused = run(&["clock", "advance", "10d", "--database-url", &db.url, "--lang", lang]);
        assert!(refused.code == 1 && refused.err.contains(text), "{refused:?}");
    }
});

on_both_databases!(a_calendar_is_imported_from_a_file_and_shown, |db| async move {
    let calendar = |file: &str, rest: &[&str]| {
        run_with_input(&[&["calendar", "import", "-", "--database-url", &db.url], rest].concat(), file)
    };
    let shown = run(&["calendar", "show", "2026", "--database-url", &db.url]);
    assert!(shown.code == 0 && shown.out.contains("2026-02-14") && shown.out.contains("春节"), "{shown:?}");
    let taken = calendar("\u{feff}day,working,name,name_zh\n2027-10-01,false,National Day,国庆节\n", &[]);
    assert!(taken.code == 0 && taken.out.contains("1 days in for 2027"), "{taken:?}");
    let shown = run(&["calendar", "show", "2027", "--database-url", &db.url]);
    assert!(shown.out.contains("2027-10-01"), "{shown:?}");

    let wrong = "day,working,name,name_zh\n2027-02-29,yes,,国庆节\n2027-10-01,false,A\n";
    let refused = calendar(wrong, &[]);
    assert_eq!(refused.code, 1, "{refused:?}");
    for fault in
        ["Row 2, day: \"2027-02-29\"", "Row 2, working: \"yes\"", "Row 2, name: \"\"", "Row 3, name_zh: \"\""]
    {
        assert!(refused.err.contains(fault), "{fault}\n{}", refused.err);
    }
    assert!(calendar(wrong, &["--lang", "zh-CN"]).err.contains("第 2, day: \"2027-02-29\" 有误"));
    let header = calendar("day,name\n", &[]);
    assert!(header.code == 1 && header.err.contains("no column working, name_zh"), "{header:?}");
});
