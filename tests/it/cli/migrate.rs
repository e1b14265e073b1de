//! The tables come and go on both databases, and nothing starts without them.

use tests::on_both_databases;

use super::run;

/// Not contacted before the database was looked at.
const REDIS: &str = "redis://127.0.0.1:1/";

on_both_databases!(the_tables_go_and_come_back_and_nothing_starts_without_them, |db| async move {
    let migrate = |rest: &[&str]| run(&[&["migrate", "--database-url", &db.url], rest].concat());
    assert_eq!(migrate(&["status"]).code, 0);
    let refused = migrate(&["down", "--all"]);
    assert!(refused.code == 1 && refused.err.contains("--yes"), "{refused:?}");

    let one = migrate(&["down", "--yes"]);
    assert_eq!((one.code, one.out.lines().count()), (0, 1), "{one:?}");
    let status = migrate(&["status"]);
    assert!(status.code == 1 && status.out.contains("missing  m00"), "{status:?}");

    assert_eq!(migrate(&["down", "--all", "--yes"]).code, 0);
    let status = migrate(&["status"]);
    assert!(status.code == 1 && !status.out.contains("applied"), "{status:?}");

    let postgres = db.url.starts_with("postgres");
    let redis: &[&str] = if postgres { &["--redis-url", REDIS] } else { &[] };
    let key = ["--mode", "development", "--auth-secret", "0123456789abcdef0123456789abcdef"];
    let serve =
        run(&[&["serve", "--database-url", &db.url, "--listen", "127.0.0.1:0"], redis, &key].concat());
    assert!(serve.code == 1 && serve.err.contains("partner-center migrate up"), "{serve:?}");
    let worker = run(&[&["worker", "--database-url", &db.url], redis].concat());
    assert!(worker.code == 1 && worker.err.contains("partner-center migrate up"), "{worker:?}");

    let up = migrate(&["up"]);
    assert!(up.code == 0 && up.out.contains("applied m0001_first"), "{up:?}");
    assert_eq!(up.out.contains("applied queue"), !postgres, "{up:?}");
    assert_eq!(migrate(&["status"]).code, 0);
    assert!(!migrate(&["up"]).out.contains("applied"));
});

#[test]
fn a_missing_file_is_not_made_by_a_command_that_only_reads() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("none.db");
    let ended = run(&["verify", "--database-url", &format!("sqlite:{}", file.display())]);
    assert!(ended.code == 1 && ended.err.contains("There is no database"), "{ended:?}");
    assert!(!file.exists());
}
