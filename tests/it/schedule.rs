//! The programme's calendar: what a tick asks for, and when.

use domain::kernel::store::{exec, query};
use domain::money::payout::Gateway;
use domain::operate::task::tick;
use domain::operate::work::{self, Due};
use domain::performance::import::create::{NewImport, create};
use domain::performance::import::upload::Upload;
use domain::{Clock, Ids, Store};
use entity::timestamp::{DAY, HOUR};
use entity::{PartnerKind, RunKind};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::world::{World, at, bill, row};

/// A world in which one partner's customer consumed in September 2026.
async fn september(db: &TestDatabase, now: &str) -> World {
    let world = World::open(db).await;
    world.clock.set(at(now));
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world
}

/// Ticks and does what is due; returns the runs, in order.
async fn work_at(world: &World, now: &str) -> Vec<String> {
    world.clock.set(at(now));
    work_now(&world.store).await
}

async fn work_now(store: &Store) -> Vec<String> {
    let mut runs = Vec::new();
    for due in tick(store, &Gateway::None).await.unwrap() {
        match due {
            Due::Settle(id) => {
                work::settle(store, id, "worker").await.unwrap();
                let run = domain::settlement::run::load(store.db(), id).await.unwrap();
                runs.push(format!("{} {} {}", run.month, run.kind.name(), run.state.name()));
            }
            Due::Import(id) => work::import(store, id).await.unwrap(),
            Due::Export(id) => work::export(store, id).await.unwrap(),
        }
    }
    runs
}

on_both_databases!(
    a_month_becomes_estimate_draft_and_final_on_its_days_in_the_zone_of_the_programme,
    |db| async move {
        let world = september(&db, "2026-09-20T00:00:00Z").await;
        // Midnight in Shanghai is 16:00 UTC of the day before.
        let days: &[(&str, &[&str])] = &[
            ("2026-09-20T01:00:00Z", &["2026-09 ESTIMATE SUCCEEDED"]),
            ("2026-09-21T00:59:59Z", &[]),
            ("2026-09-21T01:00:00Z", &["2026-09 ESTIMATE SUCCEEDED"]),
            ("2026-10-02T15:59:59Z", &["2026-09 ESTIMATE SUCCEEDED"]),
            ("2026-10-02T16:00:00Z", &["2026-09 DRAFT SUCCEEDED"]),
            ("2026-10-09T15:59:59Z", &[]),
            ("2026-10-09T16:00:00Z", &["2026-09 FINAL SUCCEEDED"]),
            ("2026-10-20T00:00:00Z", &[]),
        ];
        for (now, runs) in days {
            assert_eq!(work_at(&world, now).await, *runs, "{now}");
        }
        // The deadline is ten days after the freeze.
        let pending = ["202609 Provider ISSUING 100000000 10000000"];
        assert_eq!(world.bills().await, pending);
        world.verify().await;
    }
);

on_both_databases!(bills_are_confirmed_at_their_deadline_and_not_before, |db| async move {
    let world = september(&db, "2026-10-15T00:00:00Z").await;
    world.settle("2026-09", RunKind::Final).await;
    let waiting = ["202609 Provider PENDING_CONFIRM 100000000 10000000"];
    let issuing = ["202609 Provider ISSUING 100000000 10000000"];
    for (now, bills) in [
        ("2026-10-15T00:00:00Z", waiting),
        ("2026-10-24T23:59:59Z", waiting),
        ("2026-10-25T00:00:00Z", issuing),
        ("2026-11-25T00:00:00Z", issuing),
    ] {
        world.clock.set(at(now));
        world.tick().await.unwrap();
        assert_eq!(world.bills().await, bills, "{now}");
    }
    let sql = "SELECT subject FROM audit_event WHERE operation = 'incentiveBillConfirm'";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    assert_eq!(rows.len(), 1, "one row of the audit trail a bill");
    assert_eq!(rows[0].try_get_by_index::<String>(0).unwrap(), "system:deadline");
});

on_both_databases!(several_processes_that_tick_at_once_ask_once, |db| async move {
    let world = september(&db, "2026-10-12T00:00:00Z").await;
    let mut stores = Vec::new();
    for _ in 0..8 {
        stores.push(Store::connect(&db.url, 2, Clock::stopped(&world.clock), Ids::random()).await.unwrap());
    }
    for _ in 0..4 {
        for done in futures_util::future::join_all(stores.iter().map(work_now)).await {
            drop(done);
        }
        world.clock.advance(HOUR);
    }
    let sql = "SELECT kind FROM settlement_run WHERE month = 202609 ORDER BY kind";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let kinds: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert_eq!(kinds, ["DRAFT", "ESTIMATE", "FINAL"]);
    assert_eq!(world.bills().await, ["202609 Provider PENDING_CONFIRM 100000000 10000000"]);
    world.verify().await;
});

on_both_databases!(an_uploaded_bill_is_estimated_at_once, |db| async move {
    let world = september(&db, "2026-09-20T00:00:00Z").await;
    assert_eq!(work_now(&world.store).await, ["2026-09 ESTIMATE SUCCEEDED"]);
    let text = bill(&[row("A", "11", "2026-09-11T00:00:00Z", "later")]);
    let input = NewImport {
        file_name: "later.csv".into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: 0,
        ..Default::default()
    };
    let made = create(&world.store, &world.context, "key", input).await.unwrap();
    assert_eq!(work_now(&world.store).await, [] as [&str; 0], "nothing before the file is here");
    let mut upload = Upload::begin(&world.store, &made.token).await.unwrap();
    upload.write(text.as_bytes()).await.unwrap();
    upload.finish().await.unwrap();
    assert_eq!(work_now(&world.store).await, [] as [&str; 0], "the import comes first");
    assert_eq!(work_now(&world.store).await, ["2026-09 ESTIMATE SUCCEEDED"]);
    assert_eq!(world.bills().await, ["202609 Provider ESTIMATED 111000000 11100000"]);
});

on_both_databases!(days_of_a_zone_with_summer_time_begin_at_its_midnight, |db| async move {
    let world = World::open(&db).await;
    exec(world.store.db(), "UPDATE programme SET time_zone = 'America/New_York'", []).await.unwrap();
    world.clock.set(at("2026-11-01T05:00:00Z"));
    world.customer("A").await;
    world.import(&bill(&[row("A", "100", "2026-10-10T00:00:00Z", "one")])).await;
    exec(world.store.db(), "UPDATE settlement_month SET state = 'DRAFT'", []).await.unwrap();
    // Clocks there went back on 1 November: the 10th begins at 05:00 UTC, not at 04:00.
    assert_eq!(work_at(&world, "2026-11-10T04:59:59Z").await, [] as [&str; 0]);
    assert_eq!(work_at(&world, "2026-11-10T05:00:00Z").await, ["2026-10 FINAL SUCCEEDED"]);
});

on_both_databases!(a_turn_taken_before_the_clock_went_back_does_not_block_the_next_one, |db| async move {
    let world = september(&db, "2026-09-20T00:00:00Z").await;
    assert_eq!(work_now(&world.store).await, ["2026-09 ESTIMATE SUCCEEDED"]);
    assert_eq!(work_now(&world.store).await, [] as [&str; 0]);
    world.clock.advance(-DAY);
    assert_eq!(work_now(&world.store).await, ["2026-09 ESTIMATE SUCCEEDED"]);
});

on_both_databases!(months_become_final_in_their_order, |db| async move {
    let world = september(&db, "2026-09-20T00:00:00Z").await;
    world.import(&bill(&[row("A", "7", "2026-08-10T00:00:00Z", "august")])).await;
    let mut runs = work_at(&world, "2026-11-20T00:00:00Z").await;
    world.clock.advance(HOUR);
    runs.extend(work_now(&world.store).await);
    world.clock.advance(HOUR);
    runs.extend(work_now(&world.store).await);
    let finals: Vec<_> = runs.iter().filter(|run| run.contains("FINAL")).collect();
    assert_eq!(finals, ["2026-08 FINAL SUCCEEDED", "2026-09 FINAL SUCCEEDED"]);
    world.verify().await;
});

on_both_databases!(a_turn_that_is_held_is_not_taken, |db| async move {
    let world = september(&db, "2026-10-02T00:00:00Z").await;
    for turn in ["draft", "final", "nightly-estimate"] {
        let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, $2)";
        let values = [format!("{turn}:2026-09").into(), entity::Timestamp::FOREVER.0.into()];
        exec(world.store.db(), sql, values).await.unwrap();
    }
    assert_eq!(work_at(&world, "2026-10-12T00:00:00Z").await, Vec::<String>::new());
});
