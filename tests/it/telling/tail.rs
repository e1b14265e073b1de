//! The tail of the events: each once, also under interleaved commits.

use std::sync::Arc;

use domain::kernel::store::exec;
use domain::notify::tail::Tail;
use entity::EventId;
use entity::EventTopic::PaymentRequest;
use serde_json::json;
use tests::db::{Backend, TestDatabase};
use tests::on_both_databases;

use super::Telling;

async fn look(tail: &mut Tail) -> Vec<EventId> {
    let found = tail.look().await.unwrap();
    assert!(!found.gap);
    found.events.into_iter().map(|event| event.id).collect()
}

on_both_databases!(a_tail_begins_now_and_finds_each_event_once, |db| async move {
    let telling = Telling::set_up(&db).await;
    telling.paid("before").await;
    let mut tail = Tail::from_now_on(telling.store()).await.unwrap();
    assert_eq!(look(&mut tail).await, []);
    let tx = telling.store().begin().await.unwrap();
    let both = [
        telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await,
        telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await,
    ];
    assert_eq!(look(&mut tail).await, [], "nothing before its commit");
    tx.commit().await.unwrap();
    assert_eq!(look(&mut tail).await, both);
    assert_eq!(look(&mut tail).await, []);
    telling.world.clock.advance(-entity::timestamp::DAY);
    let earlier = telling.paid("the clock went back").await;
    assert_eq!(look(&mut tail).await, [earlier]);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_transactions_that_overlap_are_found_at_their_commits() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let telling = Telling::set_up(&db).await;
    let open_before = telling.store().begin().await.unwrap();
    let first = telling.tell_in(&open_before, PaymentRequest, "PAID", json!({})).await;
    let mut tail = Tail::from_now_on(telling.store()).await.unwrap();
    let slow = telling.store().begin().await.unwrap();
    let second = telling.tell_in(&slow, PaymentRequest, "PAID", json!({})).await;
    let third = telling.paid("quick").await;
    assert_eq!(look(&mut tail).await, [third]);
    assert_eq!(look(&mut tail).await, [], "an open transaction below does not bring it again");
    slow.commit().await.unwrap();
    assert_eq!(look(&mut tail).await, [second]);
    open_before.commit().await.unwrap();
    assert_eq!(look(&mut tail).await, [first], "also one that was open when the tail began");
    assert_eq!(look(&mut tail).await, []);
}

on_both_databases!(under_many_writers_none_is_lost_and_none_comes_twice, |db| async move {
    const WRITERS: usize = 6;
    const EACH: usize = 25;
    let telling = Arc::new(Telling::set_up(&db).await);
    let mut tail = Tail::from_now_on(telling.store()).await.unwrap();
    let writers = (0..WRITERS).map(|n| {
        let telling = Arc::clone(&telling);
        tokio::spawn(async move {
            let mut written = Vec::new();
            for i in 0..EACH {
                let tx = telling.store().begin().await.unwrap();
                let mut ids = vec![telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await];
                for _ in 0..(n + i) % 3 {
                    tokio::task::yield_now().await;
                    ids.push(telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await);
                }
                if (n + i) % 7 == 0 {
                    tx.rollback().await.unwrap();
                } else {
                    tx.commit().await.unwrap();
                    written.append(&mut ids);
                }
            }
            written
        })
    });
    let writing = tokio::spawn(futures_util::future::join_all(writers));
    let mut found = Vec::new();
    while !writing.is_finished() {
        found.append(&mut look(&mut tail).await);
    }
    let mut written: Vec<_> = writing.await.unwrap().into_iter().flat_map(Result::unwrap).collect();
    found.append(&mut look(&mut tail).await);
    found.sort_unstable();
    written.sort_unstable();
    assert_eq!(found, written);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_came_from_a_dump_of_an_older_one_tells_nothing_again() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let telling = Telling::set_up(&db).await;
    telling.paid("old").await;
    let sql = "UPDATE event_dispatch SET written_in = written_in + 1000000000";
    exec(telling.store().db(), sql, []).await.unwrap();
    let mut tail = Tail::from_now_on(telling.store()).await.unwrap();
    let new = telling.paid("new").await;
    assert_eq!(look(&mut tail).await, [new]);
    assert_eq!(look(&mut tail).await, []);
}
