//! `kill -9` at moments that a seed chooses.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use tests::db::{Backend, TestDatabase};
use tests::dump::assert_same_books;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::*;

/// Rows of the file that is killed over: four batches.
const ROWS: usize = 2 * domain::performance::import::ingest::BATCH_ROWS;
/// How often it is killed while it is taken in, and then while it is settled.
const KILLS: usize = 3;

/// Kills a process that works `steps` when it has said so many lines. `false` if it ended before.
async fn kill_after(lines: usize, db: &TestDatabase, now: &str, steps: &[&str]) -> bool {
    let mut child = spawn(db, now, None, steps);
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..lines {
        if said.next_line().await.unwrap().is_none() {
            break;
        }
    }
    child.kill().await.unwrap();
    !child.wait().await.unwrap().success()
}

async fn survive(backend: Backend) {
    let Some(db) = TestDatabase::fresh(backend).await else { return };
    let mut random = StdRng::seed_from_u64(tests::rounds::seed("kill -9"));
    let directory = tempfile::tempdir().unwrap();
    let path = write_bill(directory.path(), "large.csv", &rows(ROWS));
    let import = ["import", path.to_str().unwrap()];
    let settle = ["settle", "2026-09", "FINAL"];

    let undisturbed_db = TestDatabase::fresh(backend).await.unwrap();
    let undisturbed = Programme::set_up(&undisturbed_db).await;
    let both: Vec<&str> = import.iter().chain(&settle).copied().collect();
    work(&undisturbed_db, FIRST, None, &both).await;

    let programme = Programme::set_up(&db).await;
    let mut now = at(FIRST);
    let mut killed = 0;
    for (steps, most) in [(&import[..], 4), (&settle[..], 3)] {
        for _ in 0..KILLS {
            let lines = random.random_range(1..most);
            killed += usize::from(kill_after(lines, &db, &now.to_rfc3339(), steps).await);
            now = now.plus(2 * entity::timestamp::MINUTE);
        }
        work(&db, &now.to_rfc3339(), None, steps).await;
    }
    assert!(killed > KILLS, "only {killed} processes were killed at work");
    assert_same_books(&programme.proved_books().await, &undisturbed.proved_books().await, "after kill -9");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_again_and_again_loses_and_doubles_nothing_on_sqlite() {
    survive(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_again_and_again_loses_and_doubles_nothing_on_postgres() {
    survive(Backend::Postgres).await;
}
