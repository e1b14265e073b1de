//! What a worker survives: bad handlers, bad bells, vanished workers, a Redis that goes and comes.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tests::wait::until;
use tokio::sync::mpsc;

use super::*;

on_both_queues!(a_panicking_handler_does_not_stop_the_worker, |queue| async move {
    let (sender, mut heard) = mpsc::unbounded_channel();
    let serve = handler(move |bell| {
        let sender = sender.clone();
        match bell {
            Bell::Tick => panic!("even the tick, before it made a future"),
            Bell::Settle(_) => Box::pin(async { panic!("this bell is cracked") }),
            Bell::Import(_) | Bell::Export(_) => Box::pin(async move { sender.send(bell).unwrap() }),
        }
    });
    let worker = TestWorker::start(queue.settings(), serve);
    queue.ringer().ring(Bell::Settle(1)).await.unwrap();
    queue.ringer().ring(Bell::Settle(2)).await.unwrap();
    queue.ringer().ring(Bell::Import(3)).await.unwrap();
    assert_eq!(next(&mut heard).await, Bell::Import(3));
    worker.stop().await.unwrap();
    assert_eq!(queue.waiting().await, 0, "what panicked is not tried again by the queue");
});

on_both_queues!(a_handler_that_hangs_is_stopped_at_its_limit, |queue| async move {
    let (sender, mut heard) = mpsc::unbounded_channel();
    let serve = handler(move |bell| {
        let sender = sender.clone();
        Box::pin(async move {
            match bell {
                Bell::Settle(_) => std::future::pending().await,
                bell => sender.send(bell).unwrap(),
            }
        })
    });
    let settings = WorkerSettings { handler_limit: Duration::from_millis(50), ..queue.settings() };
    let worker = TestWorker::start(settings, serve);
    assert_eq!(next(&mut heard).await, Bell::Tick);
    queue.ringer().ring(Bell::Settle(1)).await.unwrap();
    queue.ringer().ring(Bell::Import(2)).await.unwrap();
    assert_eq!(next(&mut heard).await, Bell::Import(2));
    worker.stop().await.unwrap();
});

on_both_queues!(a_bell_that_cannot_be_read_is_dropped_and_the_next_is_served, |queue| async move {
    for (id, unreadable) in (0..).zip(["{\"v\":2,\"chime\":true}", "no bell", ""]) {
        queue.ringer().ring(Bell::Settle(id)).await.unwrap();
        queue.overwrite_waiting(unreadable).await;
        let (serve, mut heard) = listener();
        let worker = TestWorker::start(queue.settings(), serve);
        queue.ringer().ring(Bell::Import(2)).await.unwrap();
        assert_eq!(next(&mut heard).await, Bell::Import(2), "after {unreadable:?}");
        worker.stop().await.unwrap();
        assert!(heard.recv().await.is_none());
    }
});

on_both_queues!(work_of_a_worker_that_vanished_comes_back_within_a_minute, |queue| async move {
    // A whole runtime is torn down in the middle of a bell: no acknowledgement, no goodbye.
    let (started, mut starts) = mpsc::unbounded_channel();
    let stuck = handler(move |bell| {
        let started = started.clone();
        Box::pin(async move {
            if bell != Bell::Tick {
                started.send(bell).unwrap();
                std::future::pending::<()>().await;
            }
        })
    });
    let doomed = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let settings = match &queue.config {
        QueueConfig::Redis { .. } => queue.settings(),
        // A pool belongs to the runtime it was made in.
        QueueConfig::Sqlite { pool, .. } => {
            let options = pool.connect_options().as_ref().clone();
            let pool = doomed.spawn(sqlx::SqlitePool::connect_with(options)).await.unwrap().unwrap();
            settings(QueueConfig::sqlite(pool))
        }
    };
    doomed.spawn(run(settings, stuck, CancellationToken::new()));
    queue.ringer().ring(Bell::Settle(9)).await.unwrap();
    assert_eq!(next(&mut starts).await, Bell::Settle(9));
    doomed.shutdown_background();

    let (serve, mut heard) = listener();
    let worker = TestWorker::start(queue.settings(), serve);
    let back = timeout(Duration::from_secs(60), heard.recv()).await.expect("it comes back");
    assert_eq!(back, Some(Bell::Settle(9)));
    worker.stop().await.unwrap();
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_outlives_a_redis_that_goes_away_and_ticks_meanwhile() {
    let Some(mut server) = Redis::own().await else { return };
    let config = QueueConfig::Redis { url: server.url(), namespace: fresh_namespace() };
    let (sender, mut heard) = mpsc::unbounded_channel();
    let ticks = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&ticks);
    let serve = handler(move |bell| {
        match bell {
            Bell::Tick => drop(count.fetch_add(1, Ordering::SeqCst)),
            bell => sender.send(bell).unwrap(),
        }
        Box::pin(async {})
    });
    let ringer = Ringer::open(&config).unwrap();
    let worker = TestWorker::start(
        WorkerSettings { tick_every: Duration::from_millis(20), ..settings(config) },
        serve,
    );
    ringer.ring(Bell::Settle(1)).await.unwrap();
    assert_eq!(next(&mut heard).await, Bell::Settle(1));

    server.stop();
    assert!(ringer.ring(Bell::Settle(2)).await.is_err());
    assert!(ringer.ping().await.is_err());
    let before = ticks.load(Ordering::SeqCst);
    until("the tick goes on", PATIENCE, || async { ticks.load(Ordering::SeqCst) > before + 5 }).await;

    server.start_again().await;
    until("the ringer finds the new server", PATIENCE, || async {
        ringer.ring(Bell::Settle(3)).await.is_ok()
    })
    .await;
    assert_eq!(next(&mut heard).await, Bell::Settle(3));
    worker.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_may_start_before_its_redis_does() {
    let Some(mut server) = Redis::own().await else { return };
    server.stop();
    let config = QueueConfig::Redis { url: server.url(), namespace: fresh_namespace() };
    let ringer = Ringer::open(&config).unwrap();
    let (serve, mut heard) = listener();
    let worker = TestWorker::start(settings(config), serve);
    assert!(ringer.ping().await.is_err());
    server.start_again().await;
    until("the ringer finds the server", PATIENCE, || async { ringer.ring(Bell::Import(1)).await.is_ok() })
        .await;
    assert_eq!(next(&mut heard).await, Bell::Import(1));
    worker.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_outlives_a_flushed_redis_even_with_a_bell_in_hand() {
    let Some(server) = Redis::own().await else { return };
    let config = QueueConfig::Redis { url: server.url(), namespace: fresh_namespace() };
    let ringer = Ringer::open(&config).unwrap();
    let (sender, mut heard) = mpsc::unbounded_channel();
    let flush = Arc::new(server.connect().await);
    let serve = handler(move |bell| {
        let (sender, mut connection) = (sender.clone(), (*flush).clone());
        Box::pin(async move {
            if bell == Bell::Settle(1) {
                let _: () = redis::cmd("FLUSHALL").query_async(&mut connection).await.unwrap();
            }
            if bell != Bell::Tick {
                sender.send(bell).unwrap();
            }
        })
    });
    let worker = TestWorker::start(settings(config), serve);
    ringer.ring(Bell::Settle(1)).await.unwrap();
    assert_eq!(next(&mut heard).await, Bell::Settle(1));
    ringer.ring(Bell::Settle(2)).await.unwrap();
    assert_eq!(next(&mut heard).await, Bell::Settle(2));
    worker.stop().await.unwrap();
}
