//! An orderly end, and what keeps a worker from starting.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio::sync::{Notify, mpsc};
use worker::QueueError;

use super::*;

on_both_queues!(a_bell_in_hand_is_finished_before_the_worker_ends, |queue| async move {
    let (started, mut starts) = mpsc::unbounded_channel();
    let (go_on, finished) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let (wait, finish) = (Arc::clone(&go_on), Arc::clone(&finished));
    let serve = handler(move |bell| {
        let (started, wait, finish) = (started.clone(), Arc::clone(&wait), Arc::clone(&finish));
        Box::pin(async move {
            if bell != Bell::Tick {
                started.send(bell).unwrap();
                wait.notified().await;
                finish.store(true, Ordering::SeqCst);
            }
        })
    });
    let worker = TestWorker::start(queue.settings(), serve);
    queue.ringer().ring(Bell::Settle(1)).await.unwrap();
    queue.ringer().ring(Bell::Settle(2)).await.unwrap();
    let first = next(&mut starts).await;

    worker.shutdown.cancel();
    go_on.notify_one();
    worker.stop().await.unwrap();
    assert!(finished.load(Ordering::SeqCst));

    // The one not yet begun waits for the next worker; the finished one is not served again.
    let (serve, mut heard) = listener();
    let next_worker = TestWorker::start(queue.settings(), serve);
    assert_ne!(next(&mut heard).await, first);
    next_worker.stop().await.unwrap();
    assert!(heard.recv().await.is_none());
});

on_both_queues!(what_does_not_end_within_the_grace_is_stopped_and_counted, |queue| async move {
    let (started, mut starts) = mpsc::unbounded_channel();
    let serve = handler(move |bell| {
        let started = started.clone();
        Box::pin(async move {
            if bell != Bell::Tick {
                started.send(bell).unwrap();
                std::future::pending::<()>().await;
            }
        })
    });
    let worker =
        TestWorker::start(WorkerSettings { grace: Duration::from_millis(50), ..queue.settings() }, serve);
    queue.ringer().ring(Bell::Settle(1)).await.unwrap();
    next(&mut starts).await;
    let ended = worker.stop().await;
    assert!(matches!(ended, Err(WorkerError::GraceOver { still_running: 1, .. })), "{ended:?}");
    assert!(starts.recv().await.is_none(), "the handler is gone with everything it held");
});

on_both_queues!(a_worker_refuses_settings_without_sense, |queue| async move {
    for wrong in [
        WorkerSettings { concurrency: 0, ..queue.settings() },
        WorkerSettings { tick_every: Duration::ZERO, ..queue.settings() },
    ] {
        let ended = run(wrong, listener().0, CancellationToken::new()).await;
        assert!(matches!(ended, Err(WorkerError::Setting(_))), "{ended:?}");
    }
});

#[tokio::test]
async fn a_worker_refuses_queue_tables_that_are_not_migrated() {
    let pool = sqlx::SqlitePool::connect("sqlite::memory:").await.unwrap();
    let ended = run(settings(QueueConfig::sqlite(pool)), listener().0, CancellationToken::new()).await;
    assert!(matches!(ended, Err(WorkerError::Queue(QueueError::NotMigrated))), "{ended:?}");
}

#[tokio::test]
async fn an_address_that_is_not_one_is_refused_without_repeating_the_password() {
    let config = QueueConfig::Redis { url: "rediss//:hunter2@host".into(), namespace: "x".into() };
    let Err(reason) = Ringer::open(&config) else { panic!("that is no address") };
    assert!(matches!(reason, QueueError::Address(_)) && !reason.to_string().contains("hunter2"), "{reason}");
}
