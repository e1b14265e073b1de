//! The demonstration from an empty directory to settled months, on both databases.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use entity::{OpportunityState, PaymentState};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::smtp::Mail;

use super::{Ended, run, workspace};

/// Settings for the demonstration on this database; Redis is not needed without serving.
pub(crate) fn demo(db: &TestDatabase, directory: &Path, rest: &[&str]) -> Ended {
    let directory = directory.to_string_lossy();
    let mut arguments = vec!["demo", "--no-serve", "--dir", &directory];
    if db.url.starts_with("postgres") {
        arguments.extend(["--database-url", &db.url, "--redis-url", "redis://127.0.0.1:1/"]);
    }
    arguments.extend(rest);
    run(&arguments)
}

on_both_databases!(two_months_go_from_bills_to_incentive_bills_and_the_books_hold, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let told = demo(&db, directory.path(), &[]);
    assert_eq!(told.code, 0, "{}\n{}", told.out, told.err);
    for shown in [
        " is FINAL:",
        " is ESTIMATED:",
        "PENDING_CONFIRM",
        "corrections of ",
        "COOLING_OFF",
        "INTERNAL_ACCOUNT",
        "MARKETPLACE_OTHER_PARTNER",
        "PRODUCT_POLICY",
        "UNPAID",
        "VOUCHER",
        "TAX",
        "unmatched: ",
        "identities hold",
        "solution provider:",
        ": NOT_CERTIFIED\n",
        "Lotus Analytics is certified again: 2 more bills.",
    ] {
        assert!(told.out.contains(shown), "{shown}\n{}", told.out);
    }
    // Every state but those that pass by themselves, and the one of what was given up.
    let (_, requests) = told.out.split_once("Payment requests:\n").unwrap();
    let found: BTreeSet<&str> =
        requests.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    let passing = [PaymentState::AwaitPayout, PaymentState::Paying, PaymentState::Cancelled];
    let expected = PaymentState::ALL.iter().filter(|state| !passing.contains(state));
    assert_eq!(found, expected.map(|state| state.name()).collect());
    let (_, opportunities) = told.out.split_once("Opportunities:\n").unwrap();
    let found: BTreeSet<&str> =
        opportunities.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    assert_eq!(found, OpportunityState::ALL.iter().map(|state| state.name()).collect());
    let mails = || {
        let files = std::fs::read_dir(directory.path().join("mail")).unwrap();
        let files = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        files.map(|raw| Mail::read(&raw).header("Subject")).collect::<Vec<_>>()
    };
    for subject in ["Please confirm: incentive bill ", "请确认：激励账单 "] {
        assert!(mails().iter().any(|found| found.starts_with(subject)), "{subject} {:?}", mails());
    }
    let files = || -> BTreeSet<_> {
        let files = std::fs::read_dir(directory.path().join("mail")).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    };
    let before = files();
    // Once more, in the same place, afresh.
    let again = demo(&db, directory.path(), &["--seed", "11"]);
    assert_eq!(again.code, 0, "{}\n{}", again.out, again.err);
    assert!(!files().is_empty() && files().is_disjoint(&before), "those of before are gone");
});

on_both_databases!(a_real_bill_is_shared_out_and_settled_to_its_last_decimal, |db| async move {
    let bill = workspace().join("../shared/data/focus_1.0_sample.csv");
    if !bill.exists() {
        // Not eprintln!: the harness would hide it, because the test passes.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: the real bill is not at {}", bill.display());
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let told = demo(&db, directory.path(), &["--bill", &bill.to_string_lossy()]);
    assert_eq!(told.code, 0, "{}\n{}", told.out, told.err);
    for shown in ["20.52022672899", "2024-09 is FINAL:", "2024-10 is ESTIMATED:", "identities hold"] {
        assert!(told.out.contains(shown), "{shown}\n{}", told.out);
    }
});

on_both_databases!(nothing_is_deleted_that_a_demonstration_did_not_make, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("thesis.txt"), "years of work").unwrap();
    let refused = demo(&db, directory.path(), &[]);
    assert!(refused.code == 1 && refused.err.contains("not made by a demonstration"), "{refused:?}");
    assert!(directory.path().join("thesis.txt").exists());

    if db.url.starts_with("postgres") {
        let world = tests::world::World::open(&db).await;
        world.partner(entity::PartnerKind::SolutionProvider, "Real").await;
        let empty = tempfile::tempdir().unwrap();
        let refused = demo(&db, empty.path(), &[]);
        assert!(refused.code == 1 && refused.err.contains("not made by a demonstration"), "{refused:?}");
    }
});
