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
    let pay = || run(&["invoice", "--database-url", &db.url, "paid", "A/2026-09", "--provider", "Cloud"]);
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
