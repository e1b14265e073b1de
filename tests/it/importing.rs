//! A month is not made final in the middle of an import.

use domain::kernel::store::exec;
use domain::performance::import::claim::{LEASE, claim, release};
use domain::performance::import::create::{NewImport, create_local};
use domain::settlement::importing::SILENT_AT_MOST;
use domain::settlement::run::{IMPORT_LOOK, advance, due, load};
use domain::settlement::start::{StartRun, start};
use domain::{Code, Error, Lang};
use entity::{ImportId, ImportState, RunId, RunKind, RunState};
use tests::on_both_databases;
use tests::world::{World, month};

/// A month with payments, and an import in its middle: claimed, with rows read.
async fn month_in_import(db: &tests::db::TestDatabase) -> (World, ImportId) {
    let (world, _) = World::september(db).await;
    let input = NewImport {
        file_name: "second.csv".into(),
        settled: true,
        native_provider: "Cloud".into(),
        total_bytes: 1,
        ..Default::default()
    };
    let id = create_local(&world.store, &world.context, input).await.unwrap();
    claim(&world.store, id).await.unwrap();
    (world, id)
}

async fn read_rows(world: &World, id: ImportId) {
    let sql = "UPDATE bill_import SET rows_read = 5000 WHERE id = $1";
    exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
}

async fn ask(world: &World, kind: RunKind) -> Result<RunId, Error> {
    start(
        &world.store,
        &world.context,
        None,
        StartRun {
            month: month("2026-09"),
            kind,
            acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
        },
    )
    .await
}

on_both_databases!(a_final_run_is_refused_while_an_import_is_under_way, |db| async move {
    let (world, id) = month_in_import(&db).await;
    // Before it read anything it is not under way, and estimates never mind.
    let refused = ask(&world, RunKind::Final).await.map(|_| ());
    assert!(refused.is_ok(), "{refused:?}");
    exec(world.store.db(), "DELETE FROM settlement_run", []).await.unwrap();
    read_rows(&world, id).await;
    let Err(Error::Refused(refusals)) = ask(&world, RunKind::Final).await else {
        panic!("it was not refused")
    };
    assert_eq!(refusals[0].code, Code::ImportRunning);
    for lang in [Lang::En, Lang::ZhCn] {
        let message = refusals[0].code.message(lang, &refusals[0].detail);
        assert!(message.contains(&id.to_string()) && message.contains("second.csv"), "{message}");
    }
    for kind in [RunKind::Estimate, RunKind::Draft] {
        assert_eq!(world.settle("2026-09", kind).await.state, RunState::Succeeded);
    }
    // It is over: completed, or failed with its reason.
    for state in [ImportState::Completed, ImportState::Failed] {
        let sql = "UPDATE bill_import SET state = $1 WHERE id = $2";
        exec(world.store.db(), sql, [state.name().into(), id.0.into()]).await.unwrap();
        ask(&world, RunKind::Final).await.unwrap();
        exec(world.store.db(), "DELETE FROM settlement_run WHERE kind = 'FINAL'", []).await.unwrap();
    }
});

on_both_databases!(a_final_run_that_meets_an_import_waits_for_its_end, |db| async move {
    let (world, id) = month_in_import(&db).await;
    let run = ask(&world, RunKind::Final).await.unwrap();
    read_rows(&world, id).await;
    for _ in 0..10 {
        let waits = advance(&world.store, run, "w", |_| {}).await.unwrap();
        assert_eq!((waits.state, waits.error_code.as_deref()), (RunState::Pending, Some("IMPORT_RUNNING")));
        assert!(waits.error_detail.as_ref().is_some_and(|d| d.contains("second.csv")), "{waits:?}");
        assert_eq!(due(&world.store).await.unwrap(), []);
        world.clock.advance(IMPORT_LOOK);
        assert_eq!(due(&world.store).await.unwrap(), [run]);
    }
    let sql = "UPDATE bill_import SET state = 'COMPLETED' WHERE id = $1";
    exec(world.store.db(), sql, [id.0.into()]).await.unwrap();
    let done = advance(&world.store, run, "w", |_| {}).await.unwrap();
    assert_eq!((done.state, done.error_code), (RunState::Succeeded, None));
});

on_both_databases!(an_import_whose_process_ended_is_waited_for_a_day_and_then_given_up, |db| async move {
    let (world, id) = month_in_import(&db).await;
    read_rows(&world, id).await;
    release(&world.store, id, 1).await.unwrap();
    assert!(ask(&world, RunKind::Final).await.is_err(), "let go of a moment ago");
    world.clock.advance(LEASE + entity::timestamp::HOUR);
    assert!(ask(&world, RunKind::Final).await.is_err());
    world.clock.advance(SILENT_AT_MOST);
    let run = ask(&world, RunKind::Final).await.unwrap();
    let done = advance(&world.store, run, "w", |_| {}).await.unwrap();
    assert_eq!(done.state, RunState::Succeeded);
    let import = domain::performance::import::ingest::load(&world.store, id).await.unwrap();
    assert_eq!((import.state, import.error_code.as_deref()), (ImportState::Failed, Some("ABANDONED")));
    assert_eq!(load(world.store.db(), run).await.unwrap().bills, 1);
});
