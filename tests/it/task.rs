//! The recurring tasks of workers: each fails alone, none is lost, none runs twice.

mod readable;

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::kernel::store::{exec, query_one};
use domain::money::payout::Gateway;
use domain::operate::task::{
    LEASE, Means, Standing, Status, TASKS, Task, Turn, Wakes, due, hold, list, run, tick_of,
};
use domain::{Clock, Error, Ids, Store};
use entity::task;
use entity::timestamp::{DAY, HOUR, SECOND};
use entity::{JobResult, PartnerKind, Timestamp};
use sea_orm::EntityTrait;
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::world::World;

static NO_GATEWAY: Gateway = Gateway::None;

const fn means(store: &Store) -> Means<'_> {
    Means { store, gateway: &NO_GATEWAY }
}

/// Another process: its own connections and keys, the same clock.
async fn another(world: &World, db: &TestDatabase) -> Store {
    Store::connect(&db.url, 2, Clock::stopped(&world.clock), Ids::random()).await.unwrap()
}

async fn row(store: &Store, name: &str) -> task::Model {
    task::Entity::find_by_id(name).one(store.db()).await.unwrap().unwrap()
}

fn named<'a>(statuses: &'a [Status], name: &str) -> &'a Status {
    statuses.iter().find(|status| status.task.name == name).unwrap()
}

const fn daily(name: &'static str, work: Work) -> Task {
    Task { name, period: DAY, wakes: Wakes::Never, shared: false, does: ["does it", "做"], work }
}

type Work =
    for<'a> fn(
        Means<'a>,
    ) -> futures_util::future::BoxFuture<'a, domain::Result<Vec<domain::operate::work::Due>>>;

/// Leaves a mark in the database, as work does.
async fn mark(store: &Store, name: &str) -> domain::Result<()> {
    let sql = "INSERT INTO schedule (name, last_at) VALUES ($1, 1) \
               ON CONFLICT (name) DO UPDATE SET last_at = schedule.last_at + 1";
    exec(store.db(), sql, [name.into()]).await.map(drop)
}

async fn marks(store: &Store, name: &str) -> i64 {
    let row = query_one(store.db(), "SELECT last_at FROM schedule WHERE name = $1", [name.into()]).await;
    row.unwrap().map_or(0, |row| row.try_get_by_index(0).unwrap())
}

on_both_databases!(a_task_that_fails_or_panics_stops_none_of_the_others, |db| async move {
    let world = World::open(&db).await;
    let tasks = [
        daily("refuses", |_| Box::pin(async move { Err(Error::Invariant("out of order".into())) })),
        daily("panics", |_| Box::pin(async move { panic!("in the middle of {}", "it") })),
        daily("works", |means| {
            Box::pin(async move {
                mark(means.store, "works").await?;
                Ok(Vec::new())
            })
        }),
    ];
    let error = tick_of(means(&world.store), &tasks).await.unwrap_err();
    assert!(matches!(&error, Error::Invariant(words) if words == "out of order"), "{error}");
    assert_eq!(marks(&world.store, "works").await, 1);
    let now = world.store.clock.now();
    for (name, result, failures, error, next) in [
        ("refuses", JobResult::Failed, 1, Some("invariant: out of order"), 5 * SECOND),
        ("panics", JobResult::Failed, 1, Some("invariant: panicked: in the middle of it"), 5 * SECOND),
        ("works", JobResult::Succeeded, 0, None, DAY),
    ] {
        let row = row(&world.store, name).await;
        assert_eq!((row.result, row.failures), (Some(result), failures), "{name}");
        assert_eq!((row.last_error.as_deref(), row.failed_at), (error, error.map(|_| now)), "{name}");
        assert_eq!((row.started_at, row.ended_at, row.next_due_at), (Some(now), Some(now), now.plus(next)));
        assert_eq!(row.lease_until, Timestamp(0), "{name} is given back");
        assert!(row.duration_micros.is_some_and(|took| took >= 0), "{name}");
    }
});

on_both_databases!(a_real_task_whose_table_is_damaged_fails_alone_until_it_is_mended, |db| async move {
    let world = World::open(&db).await;
    exec(world.store.db(), "ALTER TABLE incentive_freeze RENAME TO astray", []).await.unwrap();
    assert!(world.tick().await.is_err());
    let statuses = list(&world.store).await.unwrap();
    let now = world.store.clock.now();
    for status in &statuses {
        let damaged = ["frozen-paid", "releases"].contains(&status.task.name);
        let standing = if damaged { Standing::Failing } else { Standing::Waiting };
        assert_eq!(status.standing(now), standing, "{}", status.task.name);
        let result = if damaged { JobResult::Failed } else { JobResult::Succeeded };
        assert_eq!(status.row.as_ref().unwrap().result, Some(result), "{}", status.task.name);
    }
    // Workers look for all tasks at once: the statement that cannot be asked hides nobody.
    world.clock.advance(DAY);
    let turns = due(means(&world.store), TASKS).await.unwrap();
    assert_eq!(turns.len(), TASKS.len());
    exec(world.store.db(), "ALTER TABLE astray RENAME TO incentive_freeze", []).await.unwrap();
    world.tick().await.unwrap();
    let statuses = list(&world.store).await.unwrap();
    let mended = named(&statuses, "frozen-paid");
    assert_eq!(mended.standing(world.store.clock.now()), Standing::Waiting);
    let row = mended.row.as_ref().unwrap();
    assert_eq!((row.failures, row.failed_at), (0, Some(now)), "what went wrong is still told");
    assert!(row.last_error.as_ref().is_some_and(|error| error.contains("incentive_freeze")));
});

on_both_databases!(
    a_database_that_is_busy_in_the_middle_of_a_daily_task_does_not_lose_the_day,
    |db| async move {
        static BUSY: AtomicUsize = AtomicUsize::new(0);
        let world = World::open(&db).await;
        let tasks = [daily("daily", |means| {
            Box::pin(async move {
                mark(means.store, "begun").await?;
                if BUSY.load(Ordering::SeqCst) > 0 {
                    let timeout = sea_orm::DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
                    return Err(timeout.into());
                }
                mark(means.store, "done").await?;
                Ok(Vec::new())
            })
        })];
        BUSY.store(1, Ordering::SeqCst);
        // The first try, and those that its waits allow: each only when its wait is over.
        for (tries, wait) in [(1, 5), (2, 10), (3, 20)] {
            assert!(matches!(tick_of(means(&world.store), &tasks).await, Err(Error::Unavailable(_))));
            world.clock.advance(wait * SECOND - 1);
            tick_of(means(&world.store), &tasks).await.unwrap();
            assert_eq!(marks(&world.store, "begun").await, tries);
            world.clock.advance(1);
        }
        BUSY.store(0, Ordering::SeqCst);
        let done_at = world.store.clock.now();
        tick_of(means(&world.store), &tasks).await.unwrap();
        assert_eq!(marks(&world.store, "done").await, 1, "on the same day");
        world.clock.advance(DAY - 1);
        tick_of(means(&world.store), &tasks).await.unwrap();
        assert_eq!(marks(&world.store, "done").await, 1, "once a day");
        assert_eq!(row(&world.store, "daily").await.next_due_at, done_at.plus(DAY));
        world.clock.advance(1);
        tick_of(means(&world.store), &tasks).await.unwrap();
        assert_eq!(marks(&world.store, "done").await, 2);
    }
);

on_both_databases!(automatic_requests_come_on_the_same_day_when_their_first_try_failed, |db| async move {
    let world = World::open(&db).await;
    exec(world.store.db(), "ALTER TABLE payout_preference RENAME TO astray", []).await.unwrap();
    assert!(world.tick().await.is_err());
    exec(world.store.db(), "ALTER TABLE astray RENAME TO payout_preference", []).await.unwrap();
    world.clock.advance(5 * SECOND);
    world.tick().await.unwrap();
    let row = row(&world.store, "automatic-requests").await;
    assert_eq!((row.result, row.failures), (Some(JobResult::Succeeded), 0));
});

on_both_databases!(eight_workers_do_not_run_one_task_twice, |db| async move {
    let world = World::open(&db).await;
    let tasks = [daily("once", |means| {
        Box::pin(async move {
            mark(means.store, "once").await?;
            Ok(Vec::new())
        })
    })];
    let mut stores = Vec::new();
    for _ in 0..8 {
        stores.push(another(&world, &db).await);
    }
    for day in 1..=3 {
        // All of them see that it is due before the first one leases it.
        let mut turns = Vec::new();
        for store in &stores {
            turns.push((store, due(means(store), &tasks).await.unwrap()));
        }
        assert!(turns.iter().all(|(_, turns)| turns.len() == 1));
        let runs = turns.iter().map(|(store, turns)| run(means(store), turns[0]));
        let ran = futures_util::future::join_all(runs).await.into_iter().flatten().count();
        assert_eq!((ran, marks(&world.store, "once").await), (1, day));
        assert_eq!(row(&world.store, "once").await.generation, i32::try_from(day).unwrap());
        world.clock.advance(DAY);
    }
});

on_both_databases!(
    a_worker_that_is_gone_in_the_middle_of_a_task_gives_it_back_after_the_lease,
    |db| async move {
        let world = World::open(&db).await;
        let other = another(&world, &db).await;
        let hangs = [daily("task", |means| {
            Box::pin(async move {
                mark(means.store, "begun").await?;
                std::future::pending().await
            })
        })];
        let works = [daily("task", |means| {
            Box::pin(async move {
                mark(means.store, "done").await?;
                Ok(Vec::new())
            })
        })];
        let turn = Turn { task: &hangs[0], woken: false };
        let mut gone = Box::pin(run(means(&world.store), turn));
        while marks(&other, "begun").await == 0 {
            let a_moment = tokio::time::sleep(std::time::Duration::from_millis(1));
            tokio::select! { _ = &mut gone => unreachable!("it hangs"), () = a_moment => {} }
        }
        // As if it were killed: nothing of it runs any more, and nobody notes an end.
        drop(gone);
        world.clock.advance(LEASE - 1);
        assert!(due(means(&other), &works).await.unwrap().is_empty(), "its lease is respected");
        world.clock.advance(1);
        tick_of(means(&other), &works).await.unwrap();
        assert_eq!(marks(&other, "done").await, 1);
        assert_eq!(row(&other, "task").await.generation, 2);
    }
);

on_both_databases!(work_that_waits_wakes_a_task_before_its_period_is_over, |db| async move {
    let world = World::open(&db).await;
    let mut task = daily("woken", |means| {
        Box::pin(async move {
            mark(means.store, "woken").await?;
            exec(means.store.db(), "DELETE FROM schedule WHERE name = 'waits'", []).await?;
            Ok(Vec::new())
        })
    });
    task.wakes = Wakes::When(|_| "EXISTS (SELECT 1 FROM schedule WHERE name = 'waits')".to_owned());
    let tasks = [task];
    tick_of(means(&world.store), &tasks).await.unwrap();
    tick_of(means(&world.store), &tasks).await.unwrap();
    assert_eq!(marks(&world.store, "woken").await, 1, "nothing waits");
    mark(&world.store, "waits").await.unwrap();
    tick_of(means(&world.store), &tasks).await.unwrap();
    tick_of(means(&world.store), &tasks).await.unwrap();
    assert_eq!(marks(&world.store, "woken").await, 2);
});

on_both_databases!(a_task_that_is_held_or_was_put_off_by_a_clock_that_went_back, |db| async move {
    let world = World::open(&db).await;
    let tasks = [daily("task", |means| {
        Box::pin(async move {
            mark(means.store, "task").await?;
            Ok(Vec::new())
        })
    })];
    tick_of(means(&world.store), &tasks).await.unwrap();
    world.clock.advance(-HOUR);
    tick_of(means(&world.store), &tasks).await.unwrap();
    assert_eq!(marks(&world.store, "task").await, 2, "its turn is free again");
    hold(&world.store, "task").await.unwrap();
    world.clock.advance(10 * DAY);
    tick_of(means(&world.store), &tasks).await.unwrap();
    assert_eq!(marks(&world.store, "task").await, 2, "a held task is not taken");
});

on_both_databases!(a_process_that_stops_lets_go_of_its_task_at_once, |db| async move {
    let world = World::open(&db).await;
    let tasks = [daily("task", |means| {
        Box::pin(async move {
            means.store.stopping.check()?;
            mark(means.store, "task").await?;
            Ok(Vec::new())
        })
    })];
    let other = another(&world, &db).await;
    world.store.stopping.ask();
    assert!(matches!(tick_of(means(&world.store), &tasks).await, Err(Error::Stopping)));
    let stopped = row(&world.store, "task").await;
    assert_eq!((stopped.result, stopped.failures, stopped.last_error), (None, 0, None), "it did not fail");
    tick_of(means(&other), &tasks).await.unwrap();
    assert_eq!(marks(&other, "task").await, 1);
});

on_both_databases!(an_idle_look_is_one_statement_that_writes_nothing, |db| async move {
    let world = World::open(&db).await;
    world.partner(PartnerKind::SolutionProvider, "Provider").await;
    world.tick().await.unwrap();
    let before: Vec<_> = task::Entity::find().all(world.store.db()).await.unwrap();
    world.clock.advance(5 * SECOND);
    assert!(due(means(&world.store), TASKS).await.unwrap().is_empty());
    world.tick().await.unwrap();
    assert_eq!(task::Entity::find().all(world.store.db()).await.unwrap(), before);
});
