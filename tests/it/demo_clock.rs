//! The settable clock of a demonstration.

use domain::kernel::store::{exec, query};
use domain::money::payout::Gateway;
use domain::operate::demo_clock::advance::{Advance, DAYS_LIMIT};
use domain::operate::demo_clock::travel::{Stop, travel};
use domain::operate::task::tick;
use domain::programme::demo_clock::{make_settable, refresh};
use domain::{Clock, Code, Context, Ids, Result, Store};
use entity::timestamp::{DAY, HOUR};
use entity::{DeadlineKind, RunKind, Timestamp};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::refused::code;
use tests::world::{World, at, bill, row};

/// A world with a bill of September 2026 that waits to be confirmed until 25 October, 00:00 UTC.
async fn waiting(db: &TestDatabase) -> World {
    let (world, _) = World::september(db).await;
    world.clock.set(at("2026-10-15T00:00:00Z"));
    world.settle("2026-09", RunKind::Final).await;
    world
}

async fn go(store: &Store, to: Timestamp) -> Result<Vec<Stop>> {
    let mut stops = Vec::new();
    let tell = |stop| {
        stops.push(stop);
        Ok(())
    };
    travel(store, &Gateway::None, &Context::system("clock"), "test", to, tell).await?;
    Ok(stops)
}

on_both_databases!(the_clock_of_a_database_of_nobodys_demonstration_cannot_be_set, |db| async move {
    let world = waiting(&db).await;
    assert!(!refresh(&world.store).await.unwrap());
    assert_eq!(code(go(&world.store, at("2026-11-01T00:00:00Z")).await), Code::ClockNotSettable);
    assert_eq!(world.store.clock.now(), at("2026-10-15T00:00:00Z"));
    let rows = query(world.store.db(), "SELECT 1 FROM demo_clock", []).await.unwrap();
    assert!(rows.is_empty());
});

on_both_databases!(the_clock_stops_at_each_instant_and_does_what_falls_due_there, |db| async move {
    let world = waiting(&db).await;
    make_settable(&world.store).await.unwrap();
    let stops = go(&world.store, at("2026-10-26T00:00:00Z")).await.unwrap();
    let happened: Vec<_> = stops
        .iter()
        .filter(|stop| !stop.happened.deadlines.is_empty())
        .map(|stop| (stop.at, stop.happened.deadlines[&DeadlineKind::BillConfirm]))
        .collect();
    // The reminder at a midnight of Shanghai, then the deadline itself, not a midnight.
    assert_eq!(happened, [(at("2026-10-20T16:00:00Z"), (1, 0)), (at("2026-10-25T00:00:00Z"), (0, 1))]);
    assert!(stops.windows(2).all(|pair| pair[0].at < pair[1].at && pair[1].at.0 - pair[0].at.0 <= DAY));
    assert_eq!(world.store.clock.now(), at("2026-10-26T00:00:00Z"));
    assert_eq!(world.bills().await, ["202609 Provider ISSUING 100000000 10000000"]);
    let sql = "SELECT confirmed_at FROM incentive_bill";
    let confirmed: i64 = query(world.store.db(), sql, []).await.unwrap()[0].try_get_by_index(0).unwrap();
    assert_eq!(Timestamp(confirmed), at("2026-10-25T00:00:00Z"), "when it was due, not when the way ended");
    world.verify().await;
});

on_both_databases!(settlement_runs_of_the_way_are_carried_out_on_their_days, |db| async move {
    let world = waiting(&db).await;
    world.import(&bill(&[row("A", "7", "2026-10-10T00:00:00Z", "october")])).await;
    make_settable(&world.store).await.unwrap();
    let stops = go(&world.store, at("2026-11-12T00:00:00Z")).await.unwrap();
    let runs: Vec<_> = stops
        .iter()
        .flat_map(|stop| stop.happened.runs.iter().map(|run| (stop.at, run.kind, run.bills)))
        .filter(|(_, kind, _)| *kind != RunKind::Estimate)
        .collect();
    let (draft, last) = (at("2026-11-02T16:00:00Z"), at("2026-11-09T16:00:00Z"));
    assert_eq!(runs, [(draft, RunKind::Draft, 1), (last, RunKind::Final, 1)]);
    world.verify().await;
});

on_both_databases!(the_clock_never_goes_back_nor_too_far, |db| async move {
    let world = waiting(&db).await;
    make_settable(&world.store).await.unwrap();
    go(&world.store, at("2026-10-16T00:00:00Z")).await.unwrap();
    assert_eq!(code(go(&world.store, at("2026-10-15T23:59:59Z")).await), Code::ClockMovesOn);
    assert!(go(&world.store, at("2026-10-16T00:00:00Z")).await.unwrap().is_empty(), "where it is already");
    let now = world.store.clock.now();
    let far = now.plus(i64::from(DAYS_LIMIT) * DAY);
    assert_eq!(code(go(&world.store, far.plus(1)).await), Code::Invalid);
    // A row that was made smaller by hand does not turn it back either.
    exec(world.store.db(), "UPDATE demo_clock SET offset_micros = 0", []).await.unwrap();
    refresh(&world.store).await.unwrap();
    assert_eq!(world.store.clock.now(), now);
    assert!(exec(world.store.db(), "UPDATE demo_clock SET offset_micros = -1", []).await.is_err());
    assert!(exec(world.store.db(), "INSERT INTO demo_clock VALUES (2, 0)", []).await.is_err());
});

on_both_databases!(other_processes_follow_at_their_next_look_or_tick, |db| async move {
    let world = waiting(&db).await;
    make_settable(&world.store).await.unwrap();
    let other =
        async || Store::connect(&db.url, 2, Clock::stopped(&world.clock), Ids::random()).await.unwrap();
    let (looking, ticking) = (other().await, other().await);
    let beside = looking.beside(domain::Purpose::Requests, 2).await.unwrap();
    go(&world.store, at("2026-10-17T00:00:00Z")).await.unwrap();
    assert_eq!(looking.clock.now(), at("2026-10-15T00:00:00Z"));
    assert!(refresh(&looking).await.unwrap());
    tick(&ticking, &Gateway::None).await.unwrap();
    for store in [&looking, &beside, &ticking] {
        assert_eq!(store.clock.now(), at("2026-10-17T00:00:00Z"));
        assert_eq!(
            store.clock.machine_now(),
            at("2026-10-15T00:00:00Z"),
            "tokens live by the machine's clock"
        );
    }
    // Both go on from there with the machine.
    world.clock.advance(HOUR);
    assert_eq!(looking.clock.now(), at("2026-10-17T01:00:00Z"));
});

on_both_databases!(working_days_lead_to_where_a_deadline_of_as_many_is_due, |db| async move {
    let world = waiting(&db).await;
    make_settable(&world.store).await.unwrap();
    let calendar = domain::programme::calendar::Calendar::load(world.store.db()).await.unwrap();
    let tx = world.store.begin().await.unwrap();
    let now = world.store.clock.now();
    let new = domain::programme::deadline::NewDeadline {
        kind: DeadlineKind::PaymentReview,
        entity: "request_a".into(),
        partner_id: None,
        due_at: None,
    };
    domain::programme::deadline::set(&tx, &world.store, now, new).await.unwrap();
    tx.commit().await.unwrap();
    let to = Advance::WorkingDays(3).target(now, &calendar);
    let stops = go(&world.store, to).await.unwrap();
    let last = stops.last().unwrap();
    assert_eq!(last.happened.deadlines.get(&DeadlineKind::PaymentReview), Some(&(0, 1)));
});
