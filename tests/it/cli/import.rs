//! Bills from files and from standard input, receipts, exit codes.

use entity::PartnerKind;
use sea_orm::ConnectionTrait;
use tests::on_both_databases;
use tests::world::{World, bill, row};

use super::{run, run_with_input};

on_both_databases!(a_bill_from_standard_input_is_taken_in_once_and_settled, |db| async move {
    let text = bill(&[
        row("A", "1.50", "2026-09-10T00:00:00Z", "one"),
        row("A", "2", "2026-09-11T00:00:00Z", "two"),
    ]);
    let import = || run_with_input(&["import", "-", "--database-url", &db.url], &text);
    let first = import();
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.out.contains("3.50") && first.out.contains("Taken as paid"), "{}", first.out);
    let again = import();
    assert!(again.code == 0 && again.out.contains("0.00"), "{again:?}");

    let settle = |month: &str, rest: &[&str]| {
        run(&[&["settle", "--month", month, "--kind", "final", "--database-url", &db.url], rest].concat())
    };
    let refused = settle("2026-09", &[]);
    assert!(refused.code == 1 && refused.err.contains("UNMATCHED: 1 (Cloud A)"), "{refused:?}");
    let settled = settle("2026-09", &["--acknowledge", "unmatched,no-policy"]);
    assert!(settled.code == 0 && settled.out.contains("2026-09 is settled as FINAL"), "{settled:?}");
    let verified = run(&["verify", "--database-url", &db.url]);
    assert!(verified.code == 0 && verified.out.contains("identities hold"), "{verified:?}");
    let again = settle("2026-09", &["--lang", "zh-CN"]);
    assert!(again.code == 1 && again.err.starts_with("月份 2026-09 已终稿"), "{again:?}");
});

on_both_databases!(rejected_rows_show_in_the_exit_code_and_can_be_written_out, |db| async move {
    let text =
        bill(&[row("A", "1", "2026-09-10T00:00:00Z", "one"), row("A", "NaN", "2026-09-11T00:00:00Z", "two")]);
    let import = run_with_input(&["import", "-", "--settled", "--database-url", &db.url], &text);
    assert!(import.code == 3 && import.out.contains("BAD_NUMBER"), "{import:?}");
    let id = import.out.split_whitespace().find(|word| word.starts_with("import_")).unwrap();
    let rejects = run(&["export", "--database-url", &db.url, "rejects", id]);
    assert_eq!(rejects.code, 0, "{rejects:?}");
    let lines: Vec<_> = rejects.out.lines().collect();
    assert_eq!(lines[0], "line,column,code,message,raw");
    assert!(lines[1].contains("BAD_NUMBER") && lines[1].contains("is not a number"), "{lines:?}");
});

on_both_databases!(an_unpaid_bill_counts_once_its_invoice_is_paid, |db| async move {
    let text = bill(&[row("A", "7", "2026-09-10T00:00:00Z", "one")]);
    let import = run_with_input(&["import", "-", "--unsettled", "--database-url", &db.url], &text);
    assert_eq!(import.code, 0, "{import:?}");
    let pay = || run(&["invoice", "--database-url", &db.url, "paid", "A/2026-09/USD", "--provider", "Cloud"]);
    let paid = pay();
    assert_eq!(paid.code, 0, "{paid:?}");
    let again = pay();
    assert!(again.code == 1 && again.err.contains("WRONG_STATE"), "{again:?}");
});

on_both_databases!(a_file_that_is_no_bill_fails_with_its_reason, |db| async move {
    let import = run_with_input(&["import", "-", "--database-url", &db.url], "a,b,c\n1,2,3\n");
    assert!(import.code == 1 && import.out.contains("FAILED"), "{import:?}");
    let missing = run(&["import", "no-such-file.csv", "--database-url", &db.url]);
    assert!(missing.code == 1 && missing.err.contains("no-such-file.csv cannot be read"), "{missing:?}");
});

on_both_databases!(a_tampered_line_is_found_with_a_counter_example, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "7", "2026-09-10T00:00:00Z", "one")])).await;
    let verify = || run(&["verify", "--month", "2026-09", "--database-url", &db.url]);
    assert_eq!(verify().code, 0);
    let connection = db.connect().await;
    connection.execute_unprepared("UPDATE performance_line SET amount = amount + 1").await.unwrap();
    let broken = verify();
    assert!(broken.code == 1 && broken.out.contains("First counter-example: "), "{broken:?}");
});

on_both_databases!(parts_of_one_export_are_one_import_with_one_receipt, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let part = |name: &str, rows: &[String]| {
        let path = directory.path().join(name);
        std::fs::write(&path, bill(rows)).unwrap();
        path.to_string_lossy().into_owned()
    };
    let on = |day: u8, amount: &str| row("A", amount, &format!("2026-09-{day:02}T00:00:00Z"), "same");
    let first = part("part-1.csv", &[on(1, "5"), on(2, "6")]);
    // The second part has an equal row, and one that is none.
    let second = part("part-2.csv", &[on(2, "6"), on(3, "x")]);
    let both = run(&["import", &first, &second, "--settled", "--database-url", &db.url]);
    assert_eq!(both.code, 3, "{both:?}");
    for said in
        ["part-1.csv and 1 more", "Files: part-1.csv, part-2.csv", "17.00", "part-2.csv 3", "BAD_NUMBER"]
    {
        assert!(both.out.contains(said), "{said}: {}", both.out);
    }
    let whole = directory.path().to_string_lossy().into_owned();
    let pattern = directory.path().join("part-*.csv").to_string_lossy().into_owned();
    for again in [whole, pattern] {
        let again = run(&["import", &again, "--settled", "--database-url", &db.url]);
        assert!(again.code == 3 && again.out.contains("0.00"), "{again:?}");
    }
    std::fs::write(&second, "a,b,c\n").unwrap();
    let broken = run(&["import", &first, &second, "--database-url", &db.url]);
    assert!(broken.code == 1 && broken.out.contains("part-2.csv: "), "{broken:?}");
    let verified = run(&["verify", "--database-url", &db.url]);
    assert_eq!(verified.code, 0, "{verified:?}");
});

on_both_databases!(what_a_file_that_replaces_would_take_back_is_shown_before, |db| async move {
    let import = |rows: &[String], rest: &[&str]| {
        let args = [&["import", "-", "--settled", "--database-url", &db.url], rest].concat();
        run_with_input(&args, &bill(rows))
    };
    let on = |day: u8| row("A", "5", &format!("2026-09-{day:02}T00:00:00Z"), "row");
    import(&[on(1), on(2)], &[]);
    let dry = import(&[on(1)], &["--replace", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("Nothing was written") && dry.out.contains("-5.00"), "{dry:?}");
    let real = import(&[on(1)], &["--replace"]);
    assert!(real.code == 0 && real.out.contains("-5.00"), "{real:?}");
    let again = import(&[on(1)], &["--replace"]);
    assert!(again.code == 0 && !again.out.contains("-5.00"), "{again:?}");
});
