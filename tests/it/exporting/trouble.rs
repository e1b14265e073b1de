//! Workers that die or sleep, disks that are full, stores that are away.

use domain::reading::export::claim::{ATTEMPTS, LEASE};
use domain::reading::export::message;
use domain::{Clock, Files, Ids, Lang, Store};
use tests::small_disk::SmallDisk;

use super::*;

const CSV: (ExportWhat, ExportFormat) = (ExportWhat::PerformanceLines, ExportFormat::Csv);

on_both_databases!(of_many_workers_one_writes, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    assert_eq!(due(store).await.unwrap(), [id]);
    let all = (0..4).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { export(&store, id).await })
    });
    for one in futures_util::future::join_all(all).await {
        one.unwrap().unwrap();
    }
    let job = books.job(id).await;
    assert_eq!((job.state, job.generation, job.attempts), (ExportState::Completed, 1, 1));
    assert_eq!(objects(&books.directory).len(), 1);
    assert_eq!(books.told(id).await, ["COMPLETED"]);
    assert_eq!(due(store).await.unwrap(), []);
});

on_both_databases!(a_worker_that_died_is_followed_by_another_after_its_lease, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    // A worker took it, wrote some of it, and was never heard of again.
    let sql = "UPDATE export_job SET state = 'RUNNING', generation = 1, attempts = 1, lease_until = $1 WHERE id = $2";
    let until = store.clock.now().plus(LEASE);
    domain::kernel::store::exec(store.db(), sql, [until.0.into(), id.0.into()]).await.unwrap();
    let left = books.directory.path().join(books.file(id).await.id.to_string());
    std::fs::create_dir_all(&left).unwrap();
    for name in ["1", "1#1"] {
        std::fs::write(left.join(name), "half").unwrap();
    }
    books.world.clock.advance(LEASE);
    assert_eq!(due(store).await.unwrap(), []);
    export(store, id).await.unwrap();
    assert_eq!(books.job(id).await.generation, 1, "the lease is not over");
    books.world.clock.advance(1);
    assert_eq!(due(store).await.unwrap(), [id]);
    export(store, id).await.unwrap();
    books.bytes(id).await;
    assert_eq!(objects(&books.directory).len(), 1, "what the first wrote is gone");
});

on_both_databases!(an_export_that_always_ends_its_worker_is_given_up, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    let sql = "UPDATE export_job SET state = 'RUNNING', attempts = $1, lease_until = 0 WHERE id = $2";
    domain::kernel::store::exec(store.db(), sql, [ATTEMPTS.into(), id.0.into()]).await.unwrap();
    assert_eq!(due(store).await.unwrap(), []);
    let job = books.job(id).await;
    assert_eq!((job.state, job.error_code.as_deref()), (ExportState::Failed, Some("POISON")));
    assert_eq!(books.told(id).await, ["FAILED"]);
    domain::reading::export::claim::tidy(store).await.unwrap();
    domain::reading::files::tidy::tidy(store).await.unwrap();
    assert_eq!(books.file(id).await.state, FileState::Deleted);
});

on_both_databases!(without_a_place_for_files_an_export_waits_and_then_goes_on, |db| async move {
    let books = books(&db).await;
    let (store, clock) = (&books.world.store, Clock::stopped(&books.world.clock));
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    let elsewhere =
        Store::connect(&db.url, 2, clock, Ids::random()).await.unwrap().with_files(Files::default());
    // Longer than it may be tried: what passes by itself is no try.
    for _ in 0..=ATTEMPTS {
        export(&elsewhere, id).await.unwrap();
        let job = books.job(id).await;
        assert_eq!((job.state, job.attempts), (ExportState::Pending, 0));
        assert_eq!(job.error_code.as_deref(), Some("NO_FILE_STORE"));
        assert_eq!(due(store).await.unwrap(), [], "not at once");
        books.world.clock.advance(entity::timestamp::MINUTE);
    }
    export(store, id).await.unwrap();
    books.bytes(id).await;
    assert_eq!(books.job(id).await.error_code, None);
});

on_both_databases!(an_export_that_waits_too_long_is_given_up, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    books.world.clock.advance(KEPT);
    assert_eq!(due(store).await.unwrap(), [id]);
    books.world.clock.advance(1);
    assert_eq!(due(store).await.unwrap(), []);
    let job = books.job(id).await;
    assert_eq!((job.state, job.error_code.as_deref()), (ExportState::Failed, Some("TOO_LATE")));
    export(store, id).await.unwrap();
    assert_eq!(books.job(id).await.state, ExportState::Failed);
});

on_both_databases!(a_worker_that_is_asked_to_stop_lets_go_of_its_export, |db| async move {
    let books = books(&db).await;
    let store = &books.world.store;
    let id = books.ask(&books.world.context, CSV.0, CSV.1).await;
    let clock = Clock::stopped(&books.world.clock);
    let stopped = Store::connect(&db.url, 2, clock, Ids::random()).await.unwrap();
    let stopped = stopped.with_files(store.files.clone());
    stopped.stopping.ask();
    export(&stopped, id).await.unwrap();
    let job = books.job(id).await;
    assert_eq!((job.state, job.attempts, job.error_code), (ExportState::Pending, 0, None));
    assert!(objects(&books.directory).is_empty(), "nothing of it is there");
    assert_eq!(due(store).await.unwrap(), [id], "at once");
    export(store, id).await.unwrap();
    books.bytes(id).await;
});

on_both_databases!(a_full_disk_is_said_and_the_export_goes_on_when_there_is_space, |db| async move {
    /// More than what is left of the disk holds.
    const ROWS: usize = 1_000;
    const LEFT_KIB: u64 = 16;
    let Some(disk) = SmallDisk::mount(8) else { return };
    let mut books = books(&db).await;
    let rows: Vec<_> = (0..ROWS).map(|n| row("A", "1", "2026-09-11T00:00:00Z", &n.to_string())).collect();
    books.world.import(&bill(&rows)).await;
    books.world.store = books.world.store.with_files(Files::directory(disk.path().join("files")));
    let store = &books.world.store;
    disk.fill(LEFT_KIB);
    let id = books.ask_for(
        &books.world.context,
        NewExport { what: ExportWhat::Payments, format: ExportFormat::Csv, filter: ExportFilter::default() },
    );
    let id = id.await;
    export(store, id).await.unwrap();
    let job = books.job(id).await;
    assert_eq!((job.state, job.error_code.as_deref()), (ExportState::Pending, Some("STORAGE_FULL")));
    assert!(message("STORAGE_FULL", Lang::En).contains("disk"));
    assert_eq!(books.file(id).await.state, FileState::AwaitingUpload);
    disk.free();
    let left = std::fs::read_dir(disk.path().join("files"))
        .map_or(0, |all| all.flatten().flat_map(|d| std::fs::read_dir(d.path())).flatten().count());
    assert_eq!(left, 0, "nothing of it is there");
    books.world.clock.advance(entity::timestamp::MINUTE);
    export(store, id).await.unwrap();
    assert_eq!(books.job(id).await.state, ExportState::Completed);
    assert_eq!(books.job(id).await.rows_done, ROWS as i64 + 12);
});

on_both_databases!(an_export_of_many_pieces_is_written_whole, |db| async move {
    /// Text of several times what is handed over at once.
    const ROWS: usize = 6_000;
    let books = books(&db).await;
    let rows: Vec<_> = (0..ROWS).map(|n| row("A", "1", "2026-09-11T00:00:00Z", &n.to_string())).collect();
    books.world.import(&bill(&rows)).await;
    let id = books.ask_for(&books.world.context, all_payments()).await;
    export(&books.world.store, id).await.unwrap();
    let job = books.job(id).await;
    assert_eq!((job.state, job.rows_done), (ExportState::Completed, ROWS as i64 + 12), "{job:?}");
    books.bytes(id).await;
});
