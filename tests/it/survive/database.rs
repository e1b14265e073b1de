//! PostgreSQL is stopped at once and started again, while bills are taken in, a month is settled and callers ask and
//! change.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use tests::dump::assert_same_books;
use tests::pg::Postgres;
use tests::rounds::{rounds, seed};

use super::api::{Api, Told};
use super::*;

/// Callers that ask and change at once.
const CALLERS: usize = 6;
/// Times that the server is stopped in the short form.
const STOPS: usize = 3;
/// How soon callers must be served again after the server is back.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// Rows of the bill.
const ROWS: usize = 2 * domain::performance::import::ingest::BATCH_ROWS;

const CREATE: &str = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) {
    customer { name } userErrors { code message } } }";
const LOOK: &str = "{ customers(first: 5) { totalCount nodes { name } } }";

/// Makes customers one after the other, looking at the list in between, until told to stop. Gives the names of those
/// that it was told are there.
async fn caller(api: Arc<Api>, n: usize, stop: Arc<AtomicBool>, refused: Arc<AtomicUsize>) -> Vec<String> {
    let mut made = Vec::new();
    for i in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let name = format!("load-{n}-{i}");
        let input = json!({ "input": { "idempotencyKey": name, "name": name } });
        loop {
            match api.ask(CREATE, &input).await {
                Told::Data(data) => {
                    assert_eq!(data["customerCreate"]["customer"]["name"], name, "{data}");
                    break;
                }
                Told::Later => {
                    refused.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        made.push(name);
        if let Told::Data(data) = api.ask(LOOK, &json!({})).await {
            assert!(data["customers"]["totalCount"].as_u64().unwrap() >= made.len() as u64, "{data}");
        }
    }
    made
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_stopped_at_once_and_started_again_loses_doubles_and_breaks_nothing() {
    let Some(mut server) = Postgres::own().await else { return };
    let mut random = StdRng::seed_from_u64(seed("PostgreSQL stopped at once"));
    let text = text_of(ROWS);
    let undisturbed = undisturbed(Backend::Postgres, &text).await;
    let db = TestDatabase::kept_by(Backend::Postgres, server.database_url());
    let Some(place) = Place::of(&db).await else { return };
    let programme = Programme::set_up(&db).await;
    let world = &programme.world;
    hold_the_calendar(world).await;
    let api = Arc::new(Api::serve(&place, &["--with-worker", "--worker-tick-seconds", "1"]));
    let (stop, refused) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let callers: Vec<_> = (0..CALLERS)
        .map(|n| tokio::spawn(caller(Arc::clone(&api), n, Arc::clone(&stop), Arc::clone(&refused))))
        .collect();

    let import = upload(world, &text).await;
    let mut runs = RUNS.iter();
    let mut settling = None;
    for _ in 0..STOPS * rounds() {
        tokio::time::sleep(Duration::from_millis(random.random_range(100..900))).await;
        server.stop_at_once();
        // Away for a moment: long enough for everybody to notice.
        tokio::time::sleep(Duration::from_millis(random.random_range(200..1_500))).await;
        server.start_again().await;
        let (_, took) = api.data(LOOK, json!({})).await;
        assert!(took < BACK_WITHIN, "served again only after {took:?}");
        // The next outage meets a run, as soon as the bill is in.
        if import_state(world, import).await == "COMPLETED" && settling.is_none() {
            until_no_run_lives(world).await;
            if let Some((month, kind)) = runs.next() {
                let run = ask_for(world, month, *kind).await;
                place.ring(world, Bell::Settle(run.0)).await;
                settling = Some(run);
            }
        } else if let Some(run) = settling.take() {
            until("the run ends", PATIENCE, || async { run_state(world, run).await == "SUCCEEDED" }).await;
        }
    }
    until("the bill is taken in", PATIENCE, || async { import_state(world, import).await == "COMPLETED" })
        .await;
    if let Some(run) = settling {
        until("the run ends", PATIENCE, || async { run_state(world, run).await == "SUCCEEDED" }).await;
    }
    stop.store(true, Ordering::SeqCst);
    let mut made = BTreeSet::new();
    for caller in callers {
        made.extend(caller.await.unwrap());
    }
    assert!(refused.load(Ordering::SeqCst) > 0, "nobody noticed");

    until_no_run_lives(world).await;
    for (month, kind) in runs {
        let run = ask_for(world, month, *kind).await;
        place.ring(world, Bell::Settle(run.0)).await;
        until("the run ends", PATIENCE, || async { run_state(world, run).await == "SUCCEEDED" }).await;
    }
    let sql = "SELECT name FROM customer WHERE name LIKE 'load-%' ORDER BY name";
    let there = domain::kernel::store::query(world.store.db(), sql, []).await.unwrap();
    let there: Vec<String> = there.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    let mut once = there.clone();
    once.dedup();
    assert_eq!(there, once, "each is there once");
    assert_eq!(there.into_iter().collect::<BTreeSet<_>>(), made, "what was said to be there is there");
    assert_same_books(&programme.proved_books().await, &undisturbed, "after PostgreSQL went away");
}
