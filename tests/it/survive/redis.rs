//! Redis is flushed, stopped and started again while bills are taken in and months are settled: it only rings.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use tests::dump::assert_same_books;
use tests::rounds::{rounds, seed};

use super::api::{Api, Told};
use super::*;

/// Rows of the bill.
const ROWS: usize = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_flushed_stopped_and_back_later_changes_nothing() {
    let Some(mut redis) = Redis::own().await else { return };
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let mut random = StdRng::seed_from_u64(seed("Redis away"));
    let text = text_of(ROWS);
    let undisturbed = undisturbed(Backend::Postgres, &text).await;
    let programme = Programme::set_up(&db).await;
    let world = &programme.world;
    hold_the_calendar(world).await;
    let place = Place { url: db.url.clone(), redis: Some((redis.url(), fresh_namespace())) };
    let api = Api::serve(&place, &["--with-worker", "--worker-tick-seconds", "1"]);
    let mut worker = place.worker();
    let answers = async || {
        let told = api.ask("{ customers(first: 1) { totalCount } }", &json!({})).await;
        assert!(matches!(told, Told::Data(_)), "the API needs no Redis");
    };

    let import = upload(world, &text).await;
    place.ring(world, Bell::Import(import.0)).await;
    until("the import has begun", PATIENCE, || async { import_state(world, import).await != "PENDING" })
        .await;
    let _: () = ::redis::cmd("FLUSHALL").query_async(&mut redis.connect().await).await.unwrap();
    answers().await;
    until("the bill is taken in", PATIENCE, || async { import_state(world, import).await == "COMPLETED" })
        .await;
    let estimates = "SELECT CAST(COUNT(*) AS TEXT) FROM settlement_run WHERE state = 'SUCCEEDED'";
    until("its months are estimated", PATIENCE, || async { look(world, estimates).await == "2" }).await;
    for (month, kind) in RUNS {
        for _ in 1..rounds() {
            redis.stop();
            answers().await;
            redis.start_again().await;
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..200))).await;
        redis.stop();
        // Through the API: the mutation rings, nobody hears it, and the caller need not know.
        let start = "mutation($input: SettlementRunStartInput!) { settlementRunStart(input: $input) {
            settlementRun { id } userErrors { code message } } }";
        let key = format!("{month}-{}", kind.name());
        let seen: &[&str] = if kind == RunKind::Final { &["UNMATCHED"] } else { &[] };
        let input = json!({ "input": { "idempotencyKey": key, "month": month, "kind": kind.name(),
            "acknowledge": seen } });
        let Told::Data(data) = api.ask(start, &input).await else { panic!("the API needs no Redis") };
        let run: RunId = data["settlementRunStart"]["settlementRun"]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{data}"))
            .parse()
            .unwrap();
        until("the run ends", PATIENCE, || async { run_state(world, run).await == "SUCCEEDED" }).await;
        answers().await;
        redis.start_again().await;
    }
    assert_eq!(worker.stop().await.0, Some(0));
    assert_same_books(&programme.proved_books().await, &undisturbed, "after Redis went away");
}
