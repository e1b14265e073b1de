//! Somebody else holds SQLite's write lock for longer than anybody waits for it.

use domain::kernel::store::BUSY_TIMEOUT;
use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use tests::dump::assert_same_books;

use super::api::{Api, Told};
use super::*;

/// Rows of the bill.
const ROWS: usize = 5_000;

const CREATE: &str = "mutation { customerCreate(input: { idempotencyKey: \"busy\", name: \"Busy\" }) {
    customer { name } userErrors { code } } }";

/// A connection that holds the write lock until it is dropped.
async fn hold_the_write_lock(db: &TestDatabase) -> SqliteConnection {
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    sqlx::query("PRAGMA busy_timeout = 60000").execute(&mut connection).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
    connection
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_sqlite_is_told_to_callers_and_waited_for_by_commands() {
    let text = text_of(ROWS);
    let undisturbed = undisturbed(Backend::Sqlite, &text).await;
    let db = TestDatabase::fresh(Backend::Sqlite).await.unwrap();
    let place = Place::of(&db).await.unwrap();
    let programme = Programme::set_up(&db).await;
    let world = &programme.world;
    hold_the_calendar(world).await;
    let file = db.directory().unwrap().join(FILE);
    std::fs::write(&file, &text).unwrap();
    let api = Api::serve(&place, &["--worker-tick-seconds", "1"]);

    let lock = hold_the_write_lock(&db).await;
    let arguments = ["import", "--settled", "--provider", "Cloud", file.to_str().unwrap()];
    let mut import = Process::start_to_its_end(place.program(&arguments));
    let asked = tokio::time::Instant::now();
    let response = api.response(CREATE, &json!({})).await;
    assert!(asked.elapsed() >= BUSY_TIMEOUT, "{:?}", asked.elapsed());
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    let query = "{ customers(first: 1) { totalCount } }";
    assert!(matches!(api.ask(query, &json!({})).await, Told::Data(_)), "readers do not wait");
    assert!(!import.has_ended(), "the import waits");
    lock.close_hard().await.unwrap();
    let (code, out, err) = import.ended();
    assert!(code == 0 || code == 3, "{code} {out} {err}");
    let (made, _) = api.data(CREATE, json!({})).await;
    assert_eq!(made["customerCreate"]["customer"]["name"], "Busy");
    until_no_run_lives(world).await;

    for (n, (month, kind)) in RUNS.into_iter().enumerate() {
        let settle = || Process::start_to_its_end(place.settle(month, kind));
        let settling = if n == 0 {
            let lock = hold_the_write_lock(&db).await;
            let mut settling = settle();
            assert_eq!(api.ask(CREATE.replace("usy", "usier").as_str(), &json!({})).await, Told::Later);
            assert!(!settling.has_ended(), "the run waits");
            lock.close_hard().await.unwrap();
            settling
        } else {
            settle()
        };
        let (code, out, err) = settling.ended();
        assert_eq!(code, 0, "{out} {err}");
    }
    let sql = "SELECT CAST(COUNT(*) AS TEXT) FROM customer WHERE name LIKE 'Bus%'";
    assert_eq!(look(world, sql).await, "1");
    assert_same_books(&programme.proved_books().await, &undisturbed, "after a busy SQLite");
}
