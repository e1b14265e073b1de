//! The kit keeps its own promises.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tests::{
    db::{Backend, TestDatabase},
    on_both_databases,
    pg::Postgres,
    redis::{Redis, fresh_namespace},
    wait::until,
};

on_both_databases!(a_database_is_migrated_and_empty, |db| async move {
    let connection = db.connect().await;
    let row = connection
        .query_one_raw(Statement::from_string(
            connection.get_database_backend(),
            "SELECT COUNT(*) FROM partner",
        ))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0);
    let expected = match db.backend {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    };
    assert_eq!(connection.get_database_backend(), expected);
});

on_both_databases!(two_tests_never_share_a_database, |db| async move {
    let other = TestDatabase::fresh(db.backend).await.unwrap();
    assert_ne!(db.url, other.url);
    let (here, there) = (db.connect().await, other.connect().await);
    here.execute_unprepared("CREATE TABLE only_here (id BIGINT)").await.unwrap();
    assert!(there.execute_unprepared("SELECT id FROM only_here").await.is_err());
});

#[tokio::test]
async fn the_sqlite_file_has_the_tables_of_the_queue() {
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let pool = sqlx::SqlitePool::connect(&db.url).await.unwrap();
    let steps = worker::queue_status(&pool).await.unwrap();
    assert!(!steps.is_empty() && steps.iter().all(|step| step.applied), "{steps:?}");
}

#[tokio::test]
async fn a_dropped_postgres_database_is_gone() {
    let Some(server) = Postgres::shared().await else { return };
    let db = TestDatabase::fresh(Backend::Postgres).await.unwrap();
    let url = db.url.clone();
    let still_connected = db.connect().await;
    drop(db);
    assert!(sea_orm::Database::connect(&url).await.is_err());
    assert!(server.directory().is_dir());
    drop(still_connected);
}

#[tokio::test]
async fn a_redis_of_its_own_comes_back_empty_on_the_same_port() {
    let Some(mut server) = Redis::own().await else { return };
    let url = server.url();
    let _: () = redis::cmd("SET").arg("key").arg(1).query_async(&mut server.connect().await).await.unwrap();
    server.stop();
    server.start_again().await;
    assert_eq!(server.url(), url);
    let kept: Option<i64> =
        redis::cmd("GET").arg("key").query_async(&mut server.connect().await).await.unwrap();
    assert_eq!(kept, None);
}

#[test]
fn namespaces_differ() {
    assert_ne!(fresh_namespace(), fresh_namespace());
}

/// The part of the next test that is run as a process of its own, and killed.
#[tokio::test]
async fn holds_servers_until_killed() {
    if std::env::var_os("PARTNER_CENTER_TEST_HOLD").is_none() {
        return;
    }
    let (Some(pg), Some(_redis)) = (Postgres::shared().await, Redis::shared().await) else { return };
    println!("\nholding {} {}", pg.port(), pg.directory().display());
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn servers_and_their_files_are_gone_after_the_tests_were_killed() {
    if Postgres::shared().await.is_none() || Redis::shared().await.is_none() {
        return;
    }
    let mut tests = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kit::holds_servers_until_killed", "--nocapture"])
        .env("PARTNER_CENTER_TEST_HOLD", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(tests.stdout.take().unwrap()).lines().map_while(Result::ok);
    let held = lines.find_map(|line| line.strip_prefix("holding ").map(str::to_owned)).unwrap();
    let (port, directory) = held.split_once(' ').unwrap();
    let address = ("127.0.0.1", port.parse::<u16>().unwrap());
    assert!(Path::new(directory).is_dir() && TcpStream::connect(address).is_ok());

    tests.kill().unwrap();
    tests.wait().unwrap();

    let gone = || async { !Path::new(directory).exists() && TcpStream::connect(address).is_err() };
    until("the server and its files are gone", Duration::from_secs(20), gone).await;
}

#[test]
fn a_test_that_hangs_fails_the_run_by_its_name() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/bounded-tests");
    // What the harness says of a test that takes long, word for word.
    let hangs = "echo 'test kit::waits has been running for over 60 seconds'; exec sleep 600";
    let run = Command::new(script).env("TEST_MINUTES", "0").args(["sh", "-c", hangs]).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("The test kit::waits did not end within 0 minutes"), "{said}");
}

#[test]
fn a_run_that_ends_keeps_its_words_and_its_exit_code() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/bounded-tests");
    let run = Command::new(script).args(["sh", "-c", "echo one; echo two >&2; exit 3"]).output().unwrap();
    assert_eq!((run.status.code(), run.stdout.as_slice()), (Some(3), b"one\ntwo\n".as_slice()));
}
