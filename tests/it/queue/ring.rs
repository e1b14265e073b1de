//! What a ring promises.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tests::wait::until;
use tokio::{
    sync::{Barrier, Notify, mpsc},
    time::Instant,
};

use super::*;

on_both_queues!(a_bell_reaches_the_handler_once_and_within_a_second, |queue| async move {
    let (handler, mut heard) = listener();
    let worker = TestWorker::start(queue.settings(), handler);
    // The first waits for the listener to be there, and a loaded machine may be late once: the quickest
    // counts. A timer lost by the listener would make all but the first wait for the heartbeat.
    let mut quickest = PATIENCE;
    for id in 0..5 {
        let rung = Instant::now();
        queue.ringer().ring(Bell::Settle(id)).await.unwrap();
        assert_eq!(next(&mut heard).await, Bell::Settle(id), "each comes once, in its turn");
        quickest = quickest.min(rung.elapsed());
    }
    assert!(quickest < Duration::from_secs(1), "{quickest:?}");
    worker.stop().await.unwrap();
    assert!(heard.recv().await.is_none());
});

on_both_queues!(a_bell_rung_before_any_worker_started_waits_for_one, |queue| async move {
    queue.ringer().ring(Bell::Settle(3)).await.unwrap();
    let (handler, mut heard) = listener();
    let worker = TestWorker::start(queue.settings(), handler);
    assert_eq!(next(&mut heard).await, Bell::Settle(3));
    worker.stop().await.unwrap();
});

on_both_queues!(equal_bells_that_wait_are_one_bell, |queue| async move {
    for _ in 0..5 {
        queue.ringer().ring(Bell::Settle(7)).await.unwrap();
        queue.ringer().ring(Bell::Import(7)).await.unwrap();
    }
    assert_eq!(queue.waiting().await, 2);
});

on_both_queues!(a_bell_rung_while_its_like_is_served_is_served_again, |queue| async move {
    let (started, mut starts) = mpsc::unbounded_channel();
    let go_on = Arc::new(Notify::new());
    let wait = Arc::clone(&go_on);
    let serve = handler(move |bell| {
        let (started, wait) = (started.clone(), Arc::clone(&wait));
        Box::pin(async move {
            if bell != Bell::Tick {
                started.send(bell).unwrap();
                wait.notified().await;
            }
        })
    });
    let worker = TestWorker::start(queue.settings(), serve);
    queue.ringer().ring(Bell::Settle(7)).await.unwrap();
    assert_eq!(next(&mut starts).await, Bell::Settle(7));

    queue.ringer().ring(Bell::Settle(7)).await.unwrap();
    go_on.notify_one();
    assert_eq!(next(&mut starts).await, Bell::Settle(7));
    go_on.notify_one();
    worker.stop().await.unwrap();
});

on_both_queues!(
    no_more_bells_wait_than_the_limit_and_one_past_it_succeeds_without_waiting,
    |queue| async move {
        let ringer = queue.ringer();
        for id in 0..MAX_WAITING {
            ringer.ring(Bell::Settle(id)).await.unwrap();
        }
        assert_eq!(queue.waiting().await, 500);
        ringer.ring(Bell::Settle(500)).await.unwrap();
        assert_eq!(queue.waiting().await, 500);
    }
);

on_both_queues!(two_workers_share_the_bells, |queue| async move {
    // Each worker serves one bell at a time, and a bell is only done when another is in hand as well:
    // the test ends only if both workers take part.
    let pair = Arc::new(Barrier::new(2));
    let (sender, mut heard) = mpsc::unbounded_channel();
    let serve = handler(move |bell| {
        let (pair, sender) = (Arc::clone(&pair), sender.clone());
        Box::pin(async move {
            if bell != Bell::Tick {
                pair.wait().await;
                sender.send(bell).unwrap();
            }
        })
    });
    let workers = [(); 2].map(|()| TestWorker::start(queue.settings(), Arc::clone(&serve)));
    drop(serve);
    for id in 0..20 {
        queue.ringer().ring(Bell::Settle(id)).await.unwrap();
    }
    let mut served = BTreeSet::new();
    for _ in 0..20 {
        let Bell::Settle(id) = next(&mut heard).await else { panic!("only settle bells were rung") };
        assert!(served.insert(id), "{id} was served twice");
    }
    for worker in workers {
        worker.stop().await.unwrap();
    }
    assert!(heard.recv().await.is_none(), "nothing was served twice");
});

on_both_queues!(served_bells_do_not_stay_in_the_queue, |queue| async move {
    let (serve, mut heard) = listener();
    let worker = TestWorker::start(queue.settings(), serve);
    for id in 0..5 {
        queue.ringer().ring(Bell::Import(id)).await.unwrap();
        next(&mut heard).await;
    }
    worker.stop().await.unwrap();

    // A worker sweeps when it starts, and every minute.
    let (serve, _heard) = listener();
    let worker = TestWorker::start(queue.settings(), serve);
    until("the queue is empty", PATIENCE, || async { queue.kept().await == 0 }).await;
    worker.stop().await.unwrap();
});

on_both_queues!(a_ping_finds_the_queue, |queue| async move {
    queue.ringer().ping().await.unwrap();
});
