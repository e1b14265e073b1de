//! Two workers, killed at random and asked to stop in the middle.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use tests::dump::assert_same_books;
use tests::rounds::{rounds, seed};

use super::*;

/// Rows of the bill: several batches.
const ROWS: usize = 3 * domain::performance::import::ingest::BATCH_ROWS;
/// Kills while the bill is taken in.
const KILLS_OF_IMPORT: usize = 5;
/// Kills during each run: one more in the same shard would set it aside, as it should.
const KILLS_OF_RUN: usize = 2;
/// What a kill waits for at most, in milliseconds: a run in a debug build takes about as long.
const MOMENT_MS: u64 = 400;
/// How long a process may take to end: the worker's default grace, and a little for a loaded machine.
const GRACE: Duration = Duration::from_secs(25);

/// Two workers, one of which is killed now and then.
struct Pair<'a> {
    place: &'a Place,
    world: &'a World,
    workers: [Process; 2],
    random: StdRng,
}

impl Pair<'_> {
    /// Kills one of them at a moment of its work; lets its leases end, and starts another.
    async fn kill_one(&mut self) {
        let moment = self.random.random_range(0..MOMENT_MS);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        let victim = self.random.random_range(0..2_usize);
        let pid = self.workers[victim].0.id();
        self.workers[victim].kill();
        let runs = format!("state = 'RUNNING' AND lease_owner = 'worker-{pid}'");
        end_lease(self.world, "settlement_run", &runs).await;
        // An import does not say who has it: if it is the other one, that one is fenced off.
        end_lease(self.world, "bill_import", "state = 'RUNNING'").await;
        self.workers[victim] = self.place.worker();
    }
}

async fn two_workers_killed(backend: Backend, seed: u64) {
    let Some(db) = TestDatabase::fresh(backend).await else { return };
    let Some(place) = Place::of(&db).await else { return };
    let text = text_of(ROWS);
    let undisturbed = undisturbed(backend, &text).await;

    let programme = Programme::set_up(&db).await;
    let world = &programme.world;
    hold_the_calendar(world).await;
    let import = upload(world, &text).await;
    let workers = [place.worker(), place.worker()];
    let mut pair = Pair { place: &place, world, workers, random: StdRng::seed_from_u64(seed) };
    for _ in 0..KILLS_OF_IMPORT {
        pair.kill_one().await;
    }
    until("the bill is taken in", PATIENCE, || async { import_state(world, import).await == "COMPLETED" })
        .await;
    let taken_over = look(
        world,
        &format!("SELECT CAST(generation AS VARCHAR(20)) FROM bill_import WHERE id = {}", import.0),
    )
    .await;
    assert!(taken_over.parse::<u32>().unwrap() > 2, "no worker was killed at work");
    // Estimates that the import asked for, if it was not killed before it could.
    until_no_run_lives(world).await;
    for (month, kind) in RUNS {
        let run = ask_for(world, month, kind).await;
        place.ring(world, Bell::Settle(run.0)).await;
        for _ in 0..KILLS_OF_RUN {
            pair.kill_one().await;
        }
        until("the run ends", PATIENCE, || async { run_state(world, run).await == "SUCCEEDED" }).await;
    }
    for mut worker in pair.workers {
        assert_eq!(worker.stop().await.0, Some(0));
    }
    assert_same_books(&programme.proved_books().await, &undisturbed, "after kill -9 of one of two workers");
}

async fn killed_again_and_again(backend: Backend, test: &str) {
    let seed = seed(test);
    for round in 0..rounds() {
        two_workers_killed(backend, seed + round as u64).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_workers_killed_again_and_again_changes_nothing_on_sqlite() {
    killed_again_and_again(Backend::Sqlite, "two workers killed on SQLite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_workers_killed_again_and_again_changes_nothing_on_postgres() {
    killed_again_and_again(Backend::Postgres, "two workers killed on PostgreSQL").await;
}

tests::on_both_databases!(
    a_worker_asked_to_stop_in_the_middle_lets_go_and_another_goes_on_at_once,
    |db| async move {
        let Some(place) = Place::of(&db).await else { return };
        let text = text_of(ROWS);
        let undisturbed = undisturbed(db.backend, &text).await;
        let programme = Programme::set_up(&db).await;
        let world = &programme.world;
        hold_the_calendar(world).await;
        let import = upload(world, &text).await;

        let mut first = place.worker();
        until("the import has begun", PATIENCE, || async { import_state(world, import).await != "PENDING" })
            .await;
        let (code, took) = first.stop().await;
        assert_eq!(code, Some(0));
        assert!(took < GRACE, "{took:?}");
        let now = domain::Clock::system().now().0;
        let held = format!(
            "SELECT CAST(COUNT(*) AS VARCHAR(20)) FROM bill_import WHERE state = 'RUNNING' AND lease_until > {now}"
        );
        assert_eq!(look(world, &held).await, "0", "the import was let go");
        assert_ne!(import_state(world, import).await, "FAILED");

        // Nobody waits for a lease of 60 s.
        let mut second = place.worker();
        let gone_on = Duration::from_secs(50);
        until("another goes on", gone_on, || async { import_state(world, import).await == "COMPLETED" })
            .await;
        until_no_run_lives(world).await;
        for (month, kind) in RUNS {
            let run = ask_for(world, month, kind).await;
            place.ring(world, Bell::Settle(run.0)).await;
            until("the run has begun", PATIENCE, || async { run_state(world, run).await != "PENDING" }).await;
            let (code, took) = second.stop().await;
            assert_eq!(code, Some(0));
            assert!(took < GRACE, "{took:?}");
            let state = run_state(world, run).await;
            assert!(["PENDING", "SUCCEEDED"].contains(&state.as_str()), "{state}");
            second = place.worker();
            let gone_on = Duration::from_secs(40);
            until("another goes on", gone_on, || async { run_state(world, run).await == "SUCCEEDED" }).await;
        }
        assert_same_books(&programme.proved_books().await, &undisturbed, "after SIGTERM");
    }
);
