//! The day of the bill-out, and a bill-out that operations ask for.

use std::time::Duration;

use tests::db::{Backend, TestDatabase};
use tests::wait::until;

use super::*;

on_both_databases!(a_month_is_billed_out_on_its_day, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-10-10T00:00:00Z", "one")])).await;
    // The third of November, a Tuesday, begins at this instant in the programme's zone.
    let day = at("2026-11-02T16:00:00Z");
    world.clock.set(day.plus(-1));
    world.tick().await.unwrap();
    assert_eq!(bills(&world).await, Vec::<String>::new());
    world.clock.set(day);
    world.tick().await.unwrap();
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000"]);
    world.tick().await.unwrap();
    assert_eq!(bills(&world).await.len(), 1);
});

on_both_databases!(on_a_holiday_it_is_the_next_working_day, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    // The third of October lies in the week of the national day, which ends with the seventh.
    let day = at("2026-10-07T16:00:00Z");
    for (now, expected) in [(day.plus(-1), 0), (day, 1)] {
        world.clock.set(now);
        world.tick().await.unwrap();
        assert_eq!(bills(&world).await.len(), expected);
    }
});

on_both_databases!(operations_may_ask_for_a_bill_out_again, |db| async move {
    let world = World::open(&db).await;
    let shop = seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    let asked = BillOut { month: month("2026-09") };
    for expected in [0, 1] {
        ask(&world.store, &world.context, None, asked).await.unwrap();
        world.tick().await.unwrap();
        assert_eq!(bills(&world).await.len(), expected);
        certify(&world, shop, Certification::Certified).await;
    }
    let done = domain::money::market::bill_out::load(&world.store, month("2026-09")).await.unwrap().unwrap();
    assert!(done.finished_at.is_some() && done.attempts == 1, "{done:?}");
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bill_out_that_is_asked_for_while_one_runs_is_carried_out_after_it() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let world = World::open_with(&db, 4).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    let asked = BillOut { month: month("2026-09") };
    let row = async || {
        domain::money::market::bill_out::load(&world.store, month("2026-09")).await.unwrap().unwrap()
    };
    ask(&world.store, &world.context, None, asked).await.unwrap();
    let in_the_way = world.store.begin().await.unwrap();
    exec(in_the_way.orm(), "LOCK TABLE settlement_bill IN ACCESS EXCLUSIVE MODE", []).await.unwrap();
    let store = world.store.clone();
    let running = tokio::spawn(async move { domain::money::market::bill_out::work(&store).await });
    until("it is carried out", Duration::from_secs(20), async || row().await.attempts == 1).await;
    world.clock.advance(1);
    ask(&world.store, &world.context, None, asked).await.unwrap();
    in_the_way.commit().await.unwrap();
    running.await.unwrap().unwrap();
    assert_eq!((bills(&world).await.len(), row().await.finished_at), (1, None));
    domain::money::market::bill_out::work(&world.store).await.unwrap();
    assert!(row().await.finished_at.is_some());
}
