//! Leases and fences: however many work at once, and whatever their clocks say, the work is done once.

mod fresh;

use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::kernel::store::exec;
use domain::performance::import::claim::{LEASE as IMPORT_LEASE, claim, tidy};
use domain::performance::import::create::{NewImport, UPLOAD_LIFETIME, create, create_local};
use domain::performance::import::ingest::{BATCH_ROWS, Progress, Source, ingest};
use domain::performance::import::upload::{Upload, copy_to};
use domain::settlement::run::{LEASE, RETRY_AT_MOST, advance, due, load};
use domain::settlement::start::{StartRun, Steer, start, steer};
use domain::{Clock, Code, Error, Ids, Store};
use entity::timestamp::{DAY, HOUR};
use entity::{ImportState, PartnerKind, RunId, RunKind, RunState};
use tests::db::TestDatabase;
use tests::dump::{assert_same_books, dump};
use tests::on_both_databases;
use tests::world::{World, bill, month, row};

/// A world with one partner's customer and a month of payments.
async fn small_month(db: &TestDatabase) -> World {
    let (world, _) = World::september(db).await;
    world
}

async fn final_run(world: &World) -> RunId {
    let input = StartRun {
        month: month("2026-09"),
        kind: RunKind::Final,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    start(&world.store, &world.context, None, input).await.unwrap()
}

/// Another process: its own connections and keys, the same clock.
async fn another(world: &World, db: &TestDatabase) -> Store {
    Store::connect(&db.url, 2, Clock::stopped(&world.clock), Ids::random()).await.unwrap()
}

/// Runs `work` to its end in the middle of something synchronous.
fn meanwhile<T>(work: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(work))
}

fn an_import(name: &str, text: &str) -> NewImport {
    NewImport {
        file_name: name.into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: i64::try_from(text.len()).unwrap(),
        ..Default::default()
    }
}

/// A bill as a stream.
fn stream(text: &str) -> Source {
    Source::Stream(Box::new(Cursor::new(text.as_bytes().to_vec())))
}

on_both_databases!(a_worker_that_slept_past_its_lease_writes_nothing_at_whatever_step, |db| async move {
    let Some(undisturbed) = TestDatabase::fresh(db.backend).await else { return };
    let calm = small_month(&undisturbed).await;
    calm.settle("2026-09", RunKind::Final).await;
    let books = dump(&calm.store).await;
    for sleeps_at in 0.. {
        let db = TestDatabase::fresh(db.backend).await.unwrap();
        let world = small_month(&db).await;
        let (id, other) = (final_run(&world).await, another(&world, &db).await);
        let mut step = 0;
        let run = advance(&world.store, id, "sleeper", |run| {
            if step == sleeps_at && run.state == RunState::Running {
                world.clock.advance(LEASE + 1);
                let taken = meanwhile(advance(&other, id, "other", |_| {})).unwrap();
                assert_eq!((taken.state, taken.generation), (RunState::Succeeded, 2));
            }
            step += usize::from(run.state == RunState::Running);
        });
        let run = run.await.unwrap();
        assert_eq!((run.state, run.lease_owner.is_some()), (RunState::Succeeded, true));
        assert_same_books(&dump(&world.store).await, &books, &format!("asleep at step {sleeps_at}"));
        if step <= sleeps_at {
            assert!(sleeps_at > 3, "a run has more steps than {sleeps_at}");
            assert_eq!(run.lease_owner.as_deref(), Some("sleeper"));
            break;
        }
        assert_eq!(run.lease_owner.as_deref(), Some("other"));
        world.verify().await;
    }
});

on_both_databases!(a_lease_that_still_runs_is_respected, |db| async move {
    let world = small_month(&db).await;
    let (id, other) = (final_run(&world).await, another(&world, &db).await);
    let mut tried = false;
    let run = advance(&world.store, id, "first", |_| {
        if !tried {
            world.clock.advance(LEASE);
            assert_eq!(meanwhile(due(&other)).unwrap(), []);
            let seen = meanwhile(advance(&other, id, "other", |_| panic!("it has no step to make"))).unwrap();
            assert_eq!(seen.lease_owner.as_deref(), Some("first"));
            tried = true;
        }
    });
    assert_eq!(run.await.unwrap().generation, 1);
});

on_both_databases!(eight_workers_at_once_make_one_set_of_bills, |db| async move {
    for workers in [2, 8] {
        let Some(db) = TestDatabase::fresh(db.backend).await else { return };
        let world = small_month(&db).await;
        let id = final_run(&world).await;
        let steps = AtomicUsize::new(0);
        let mut stores = Vec::new();
        for _ in 0..workers {
            stores.push(another(&world, &db).await);
        }
        let work = stores.iter().map(|store| {
            advance(store, id, "one of many", |_| {
                steps.fetch_add(1, Ordering::SeqCst);
            })
        });
        for run in futures_util::future::join_all(work).await {
            run.unwrap();
        }
        let run = load(world.store.db(), id).await.unwrap();
        assert_eq!((run.state, run.generation, run.bills), (RunState::Succeeded, 1, 1));
        assert_eq!(world.bills().await, ["202609 Provider PENDING_CONFIRM 100000000 10000000"]);
        world.verify().await;
    }
});

on_both_databases!(eight_that_start_a_month_at_once_start_one_run, |db| async move {
    let world = small_month(&db).await;
    let mut stores = Vec::new();
    for _ in 0..8 {
        stores.push(another(&world, &db).await);
    }
    let input = StartRun {
        month: month("2026-09"),
        kind: RunKind::Final,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let starts = stores.iter().map(|store| start(store, &world.context, None, input.clone()));
    let answers = futures_util::future::join_all(starts).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    for refused in answers.into_iter().filter_map(Result::err) {
        assert!(matches!(&refused, Error::Refused(r) if r[0].code == Code::RunExists), "{refused:?}");
    }
});

on_both_databases!(a_paused_run_stops_in_its_middle_and_completes_when_resumed, |db| async move {
    let world = small_month(&db).await;
    let (id, operator) = (final_run(&world).await, another(&world, &db).await);
    for pause_at in 0..4 {
        let mut step = 0;
        let run = advance(&world.store, id, "worker", |_| {
            if step == pause_at {
                meanwhile(steer(&operator, &world.context, None, id, Steer::Pause)).unwrap();
            }
            step += 1;
        });
        let run = run.await.unwrap();
        if run.state == RunState::Succeeded {
            break;
        }
        assert_eq!(run.state, RunState::Paused);
        assert_eq!(due(&world.store).await.unwrap(), [], "a paused run waits for nobody");
        steer(&world.store, &world.context, None, id, Steer::Resume).await.unwrap();
    }
    let run = advance(&world.store, id, "worker", |_| {}).await.unwrap();
    assert_eq!(run.state, RunState::Succeeded);
    assert_eq!(world.bills().await, ["202609 Provider PENDING_CONFIRM 100000000 10000000"]);
    world.verify().await;
});

on_both_databases!(a_clock_that_jumps_under_a_worker_changes_nothing, |db| async move {
    for jump in [2 * HOUR, DAY, -2 * HOUR, -DAY] {
        let Some(db) = TestDatabase::fresh(db.backend).await else { return };
        let world = small_month(&db).await;
        let id = final_run(&world).await;
        let mut step = 0;
        let run = advance(&world.store, id, "worker", |_| {
            if step == 2 {
                world.clock.advance(jump);
            }
            step += 1;
        });
        assert_eq!(run.await.unwrap().state, RunState::Succeeded, "{jump}");
        assert_eq!(world.bills().await, ["202609 Provider PENDING_CONFIRM 100000000 10000000"]);
        world.verify().await;
    }
});

on_both_databases!(
    work_of_a_worker_that_vanished_before_the_clock_went_back_is_taken_over,
    |db| async move {
        for jump in [-2 * HOUR, -DAY] {
            let Some(db) = TestDatabase::fresh(db.backend).await else { return };
            let world = small_month(&db).await;
            let id = final_run(&world).await;
            let sql = "UPDATE settlement_run SET state = 'RUNNING', lease_owner = 'gone', lease_until = $1";
            exec(world.store.db(), sql, [world.store.clock.now().plus(LEASE).0.into()]).await.unwrap();
            world.clock.advance(jump);
            assert_eq!(due(&world.store).await.unwrap(), [id]);
            assert_eq!(advance(&world.store, id, "w", |_| {}).await.unwrap().state, RunState::Succeeded);
            // The same for a run that waits to be tried again.
            let sql = "UPDATE settlement_run SET state = 'PENDING', retry_at = $1";
            exec(world.store.db(), sql, [world.store.clock.now().plus(RETRY_AT_MOST).0.into()])
                .await
                .unwrap();
            assert_eq!(due(&world.store).await.unwrap(), []);
            world.clock.advance(jump);
            assert_eq!(due(&world.store).await.unwrap(), [id]);
        }
    }
);

on_both_databases!(an_import_that_was_taken_over_writes_nothing_more, |db| async move {
    let world = small_month(&db).await;
    let text = bill(&[row("A", "1", "2026-09-11T00:00:00Z", "x")]);
    let id = create_local(&world.store, &world.context, an_import("late.csv", &text)).await.unwrap();
    let mut before = Vec::new();
    let answer = ingest(&world.store, id, stream(&text), |_| {
        // The file was read; before its rows are posted another worker takes the import over.
        meanwhile(async {
            world.clock.advance(IMPORT_LEASE + 1);
            claim(&world.store, id).await.unwrap();
            before = dump(&world.store).await;
        });
    })
    .await;
    assert!(matches!(answer, Err(Error::LeaseLost)), "{answer:?}");
    assert_eq!(dump(&world.store).await, before);
});

on_both_databases!(two_imports_of_one_file_at_once_keep_every_row_once, |db| async move {
    let world = small_month(&db).await;
    let rows: Vec<String> = (0..600)
        .map(|i| row("A", "1.5", &format!("2026-09-{:02}T00:00:00Z", i % 28 + 1), &format!("{}", i / 2)))
        .collect();
    let text = bill(&rows);
    let stores = [another(&world, &db).await, another(&world, &db).await];
    let imports = stores.iter().enumerate().map(|(i, store)| {
        let (world, text) = (&world, &text);
        async move {
            let input = an_import(&format!("copy {i}"), text);
            let id = create_local(store, &world.context, input).await.unwrap();
            ingest(store, id, stream(text), |_| {}).await.unwrap()
        }
    });
    let receipts = futures_util::future::join_all(imports).await;
    let sum = |f: fn(&entity::bill_import::Model) -> i64| receipts.iter().map(f).sum::<i64>();
    assert_eq!(
        (sum(|r| r.rows_read), sum(|r| r.rows_accepted), sum(|r| r.rows_unchanged)),
        (1_200, 600, 600)
    );
    assert_eq!(world.lines().await, ["202609 202609 Provider A COUNTED 1000000000 601"]);
    world.verify().await;
});

on_both_databases!(equal_rows_in_two_imports_that_take_turns_are_kept_once, |db| async move {
    // Equal rows, a batch of one day and three of the next: the second import comes between the two batches of the first.
    let world = small_month(&db).await;
    let of = |day: u8, count| vec![row("A", "1", &format!("2026-09-{day}T00:00:00Z"), "twin"); count];
    let text = bill(&[of(11, BATCH_ROWS), of(12, 3)].concat());
    let import = async |name: &str, between: &mut (dyn FnMut() + Send)| {
        let id = create_local(&world.store, &world.context, an_import(name, &text)).await.unwrap();
        let posted = i64::try_from(BATCH_ROWS).unwrap();
        let on_progress = |p: Progress| {
            if p.counts.posted == posted {
                between();
            }
        };
        ingest(&world.store, id, stream(&text), on_progress).await.unwrap()
    };
    let mut second = None;
    let mut between = || second = Some(meanwhile(import("two", &mut || {})));
    let one = import("one", &mut between).await;
    let two = second.unwrap();
    let (batch, rest) = (i64::try_from(BATCH_ROWS).unwrap(), 3);
    assert_eq!((one.rows_accepted, one.rows_unchanged), (batch, rest));
    assert_eq!((two.rows_accepted, two.rows_unchanged), (rest, batch));
    world.verify().await;
});

on_both_databases!(of_two_uploads_with_one_token_the_later_one_counts, |db| async move {
    let world = World::open(&db).await;
    let made = create(&world.store, &world.context, "key", an_import("x.csv", "")).await.unwrap();
    let mut first = Upload::begin(&world.store, &made.token).await.unwrap();
    first.write(&vec![b'1'; domain::performance::import::upload::CHUNK_BYTES]).await.unwrap();
    let mut second = Upload::begin(&world.store, &made.token).await.unwrap();
    let refused = first.write(&vec![b'1'; domain::performance::import::upload::CHUNK_BYTES]).await;
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    assert!(first.finish().await.is_err());
    second.write(b"the whole file").await.unwrap();
    second.finish().await.unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    copy_to(&world.store, made.id, file.as_file_mut()).await.unwrap();
    assert_eq!(std::fs::read(file.path()).unwrap(), b"the whole file");
});

on_both_databases!(
    an_upload_stays_open_while_bytes_come_and_is_refused_once_it_was_tidied_away,
    |db| async move {
        let world = World::open(&db).await;
        let chunk = vec![b'1'; domain::performance::import::upload::CHUNK_BYTES];
        let made = create(&world.store, &world.context, "key", an_import("x.csv", "")).await.unwrap();
        let mut upload = Upload::begin(&world.store, &made.token).await.unwrap();
        world.clock.advance(UPLOAD_LIFETIME);
        upload.write(&chunk).await.unwrap();
        world.clock.advance(HOUR - 1);
        tidy(&world.store).await.unwrap();
        upload.write(&chunk).await.unwrap();
        world.clock.advance(HOUR + 1);
        tidy(&world.store).await.unwrap();
        let refused = upload.write(&chunk).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        assert!(upload.finish().await.is_err());
    }
);

on_both_databases!(a_file_of_which_a_part_is_missing_is_not_taken_for_a_shorter_one, |db| async move {
    let world = small_month(&db).await;
    let made = create(&world.store, &world.context, "key", an_import("x.csv", "")).await.unwrap();
    let mut upload = Upload::begin(&world.store, &made.token).await.unwrap();
    let rows = (0..30_000).map(|n| row("A", "1", "2026-09-11T00:00:00Z", &n.to_string())).collect::<Vec<_>>();
    upload.write(bill(&rows).as_bytes()).await.unwrap();
    upload.finish().await.unwrap();
    let gone = exec(world.store.db(), "DELETE FROM import_chunk WHERE seq = 1", []).await.unwrap();
    assert_eq!(gone.rows_affected(), 1);
    domain::operate::work::import(&world.store, made.id).await.unwrap();
    let import = domain::performance::import::ingest::load(&world.store, made.id).await.unwrap();
    assert_eq!(
        (import.state, import.error_code.as_deref(), import.rows_accepted),
        (ImportState::Failed, Some("UPLOAD_INCOMPLETE"), 0)
    );
});
