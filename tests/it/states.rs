//! State machines, over every transition, allowed or refused.

mod bills;
mod set_aside;
mod who_may;

use domain::kernel::store::exec;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::performance::import::claim::{claim, fail};
use domain::performance::import::upload::Upload;
use domain::programme::month;
use domain::settlement::start::{StartRun, Steer, may_start, start, steer};
use domain::{Code, Error};
use entity::{
    BillState, ImportState, MonthState, PartnerKind, RunId, RunKind, RunPhase, RunState, incentive_bill,
    settlement_run,
};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::refused::code;
use tests::world::{World, at, bill, month as of, row};

const RUN_STATES: [RunState; 6] = [
    RunState::Pending,
    RunState::Running,
    RunState::Paused,
    RunState::Succeeded,
    RunState::Failed,
    RunState::Cancelled,
];
const IMPORT_STATES: [ImportState; 5] = [
    ImportState::AwaitingUpload,
    ImportState::Pending,
    ImportState::Running,
    ImportState::Completed,
    ImportState::Failed,
];
const MONTH_STATES: [MonthState; 4] =
    [MonthState::Open, MonthState::Estimated, MonthState::Draft, MonthState::Final];
const BILL_STATES: [BillState; 5] = [
    BillState::Estimated,
    BillState::Parked,
    BillState::PendingConfirm,
    BillState::Issuing,
    BillState::Issued,
];

/// What an operator may do, by the state of a run. A final run that froze its month cannot be given up; a
/// final run that succeeded can be resumed when partners were set aside.
fn expected(what: Steer, state: RunState, frozen_final: bool, set_aside_final: bool) -> Option<RunState> {
    match (what, state) {
        (Steer::Pause, RunState::Pending | RunState::Running) => Some(RunState::Paused),
        (Steer::Resume, RunState::Paused | RunState::Failed) => Some(RunState::Pending),
        (Steer::Resume, RunState::Succeeded) if set_aside_final => Some(RunState::Pending),
        (Steer::Cancel, RunState::Pending | RunState::Running | RunState::Paused | RunState::Failed)
            if !frozen_final =>
        {
            Some(RunState::Cancelled)
        }
        _ => None,
    }
}

on_both_databases!(a_run_is_steered_as_its_state_phase_and_kind_allow, |db| async move {
    let world = World::open(&db).await;
    let store = &world.store;
    let input = StartRun {
        month: of("2026-09"),
        kind: RunKind::Estimate,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let id = start(store, &world.context, None, input).await.unwrap();
    let (mut allowed, mut refused) = (0, 0);
    for state in RUN_STATES {
        for phase in [RunPhase::Freeze, RunPhase::Bill, RunPhase::Close] {
            for kind in [RunKind::Estimate, RunKind::Draft, RunKind::Final] {
                for quarantined in [0, 1] {
                    for what in [Steer::Pause, Steer::Resume, Steer::Cancel] {
                        put(&world, id, state, phase, kind, quarantined).await;
                        let before = run(&world, id).await;
                        let final_run = kind == RunKind::Final;
                        let frozen = final_run && phase != RunPhase::Freeze;
                        let next = expected(what, state, frozen, final_run && quarantined > 0);
                        let answer = steer(store, &world.context, None, id, what).await;
                        let after = run(&world, id).await;
                        let case = format!("{what:?} {state} {phase:?} {kind} {quarantined}");
                        if let Some(next) = next {
                            assert_eq!(answer.unwrap(), id, "{case}");
                            assert_eq!(after.state, next, "{case}");
                            assert_eq!(
                                after.generation,
                                before.generation + 1,
                                "{case}: workers are fenced off"
                            );
                            assert_eq!(after.finished_at.is_some(), next == RunState::Cancelled, "{case}");
                            allowed += 1;
                        } else {
                            assert_eq!(code(answer), Code::WrongState, "{case}");
                            assert_eq!(after, before, "{case}");
                            refused += 1;
                        }
                    }
                }
            }
        }
    }
    // 18 runs a state: paused from 2, resumed from 2 and from 3 of 18, cancelled from 4 but for 4 of 18.
    assert_eq!((allowed, refused), (36 + 36 + 3 + 56, 324 - 131));
});

async fn put(world: &World, id: RunId, state: RunState, phase: RunPhase, kind: RunKind, quarantined: i32) {
    let sql = "UPDATE settlement_run SET state = $1, phase = $2, kind = $3, quarantined = $4, finished_at = NULL, \
               lease_until = 0, error_code = 'X' WHERE id = $5";
    let values =
        [state.name().into(), phase.name().into(), kind.name().into(), quarantined.into(), id.0.into()];
    exec(world.store.db(), sql, values).await.unwrap();
}

async fn run(world: &World, id: RunId) -> settlement_run::Model {
    settlement_run::Entity::find_by_id(id).one(world.store.db()).await.unwrap().unwrap()
}

on_both_databases!(only_one_live_run_of_a_month_and_kind_exists, |db| async move {
    let world = World::open(&db).await;
    for kind in [RunKind::Estimate, RunKind::Draft, RunKind::Final] {
        for state in RUN_STATES {
            let input = StartRun {
                month: of("2026-09"),
                kind,
                acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
            };
            let id = start(&world.store, &world.context, None, input.clone()).await.unwrap();
            put(&world, id, state, RunPhase::Freeze, kind, 0).await;
            // An estimate that waits is the one that is asked for; one that failed makes room.
            let estimate = kind == RunKind::Estimate;
            let again = start(&world.store, &world.context, None, input.clone()).await;
            match state {
                RunState::Pending if estimate => assert_eq!(again.unwrap(), id),
                RunState::Failed if estimate => {
                    assert_ne!(again.unwrap(), id);
                    assert_eq!(run(&world, id).await.state, RunState::Cancelled);
                }
                RunState::Succeeded | RunState::Cancelled => assert_ne!(again.unwrap(), id, "{kind} {state}"),
                _ => assert_eq!(code(again), Code::RunExists, "{kind} {state}"),
            }
            let sql = "UPDATE settlement_run SET state = 'CANCELLED'";
            exec(world.store.db(), sql, []).await.unwrap();
        }
    }
});

on_both_databases!(an_import_is_claimed_unless_it_is_completed_or_somebody_works_on_it, |db| async move {
    let world = World::open(&db).await;
    let id = world.import(&bill(&[row("A", "1", "2026-09-10T00:00:00Z", "x")])).await.id;
    let now = world.store.clock.now();
    let minute = entity::timestamp::MINUTE;
    for state in IMPORT_STATES {
        // A lease that is over; one that just ends; one that runs; one of a clock that went back a day since.
        for (lease, over) in [(-1, true), (0, false), (minute, false), (1_440 * minute, true)] {
            let sql = "UPDATE bill_import SET state = $1, lease_until = $2, attempts = 0 WHERE id = $3";
            let values = [state.name().into(), now.plus(lease).0.into(), id.0.into()];
            exec(world.store.db(), sql, values).await.unwrap();
            let claimed = claim(&world.store, id).await;
            let allowed = match state {
                ImportState::AwaitingUpload | ImportState::Pending | ImportState::Failed => true,
                ImportState::Running => over,
                ImportState::Completed => false,
            };
            if allowed {
                let claimed = claimed.unwrap();
                assert_eq!((claimed.state, claimed.attempts), (ImportState::Running, 1), "{state} {lease}");
            } else {
                assert_eq!(code(claimed), Code::WrongState, "{state} {lease}");
            }
        }
    }
});

on_both_databases!(only_the_worker_that_has_an_import_can_fail_it, |db| async move {
    let world = World::open(&db).await;
    let id = world.import(&bill(&[row("A", "1", "2026-09-10T00:00:00Z", "x")])).await.id;
    exec(world.store.db(), "UPDATE bill_import SET state = 'PENDING'", []).await.unwrap();
    let mine = claim(&world.store, id).await.unwrap();
    assert!(matches!(fail(&world.store, id, mine.generation - 1, "X", "x").await, Err(Error::LeaseLost)));
    fail(&world.store, id, mine.generation, "X", "x").await.unwrap();
    let failed = domain::performance::import::ingest::load(&world.store, id).await.unwrap();
    assert_eq!((failed.state, failed.error_code.as_deref()), (ImportState::Failed, Some("X")));
});

on_both_databases!(an_import_that_kills_its_workers_is_parked, |db| async move {
    let world = World::open(&db).await;
    let id = world.import(&bill(&[row("A", "1", "2026-09-10T00:00:00Z", "x")])).await.id;
    let sql =
        "UPDATE bill_import SET state = 'RUNNING', lease_until = 0, upload_token_hash = 'x', attempts = $1";
    let attempts = domain::performance::import::claim::ATTEMPTS;
    exec(world.store.db(), sql, [(attempts - 1).into()]).await.unwrap();
    assert_eq!(domain::performance::import::claim::due(&world.store).await.unwrap(), [id]);
    exec(world.store.db(), sql, [attempts.into()]).await.unwrap();
    assert_eq!(domain::performance::import::claim::due(&world.store).await.unwrap(), []);
    let parked = domain::performance::import::ingest::load(&world.store, id).await.unwrap();
    assert_eq!((parked.state, parked.error_code.as_deref()), (ImportState::Failed, Some("POISON")));
});

on_both_databases!(an_upload_begins_only_where_a_file_is_awaited, |db| async move {
    let world = World::open(&db).await;
    let input = domain::performance::import::create::NewImport {
        file_name: "x.csv".into(),
        settled: true,
        native_provider: String::new(),
        total_bytes: 0,
        ..Default::default()
    };
    let made =
        domain::performance::import::create::create(&world.store, &world.context, "k", input).await.unwrap();
    for state in IMPORT_STATES {
        let sql = "UPDATE bill_import SET state = $1";
        exec(world.store.db(), sql, [state.name().into()]).await.unwrap();
        let begun = Upload::begin(&world.store, &made.token).await;
        if state == ImportState::AwaitingUpload {
            begun.unwrap();
        } else {
            assert_eq!(code(begun), Code::WrongState, "{state}");
        }
    }
    exec(world.store.db(), "UPDATE bill_import SET state = 'AWAITING_UPLOAD'", []).await.unwrap();
    world.clock.advance(domain::performance::import::create::UPLOAD_LIFETIME);
    Upload::begin(&world.store, &made.token).await.unwrap();
    world.clock.advance(1);
    assert_eq!(code(Upload::begin(&world.store, &made.token).await), Code::NotFound);
});

on_both_databases!(a_month_only_moves_forward, |db| async move {
    let world = World::open(&db).await;
    let (store, september) = (&world.store, of("2026-09"));
    for from in MONTH_STATES {
        for to in MONTH_STATES {
            month::ensure(store.db(), september).await.unwrap();
            let sql = "UPDATE settlement_month SET state = $1, version = 1";
            exec(store.db(), sql, [from.name().into()]).await.unwrap();
            month::advance(store.db(), september, to).await.unwrap();
            let row = month::ensure(store.db(), september).await.unwrap();
            assert_eq!((row.state, row.version), (from.max(to), 1 + i32::from(to > from)), "{from} → {to}");
        }
    }
});

on_both_databases!(a_run_starts_when_its_month_allows_it, |db| async move {
    let world = World::open(&db).await;
    let store = &world.store;
    let kinds = [RunKind::Estimate, RunKind::Draft, RunKind::Final];
    let row = month::ensure(store.db(), of("2026-09")).await.unwrap();
    let closed = entity::settlement_month::Model { closed: true, ..row.clone() };
    let (before, after) = (row.ends_at.plus(-1), row.ends_at);
    let answer = |row, kind, now| async move {
        may_start(store.db(), &row, kind, now).await.map_or_else(|e| Some(code::<()>(Err(e))), |()| None)
    };
    for earlier_open in [false, true] {
        if earlier_open {
            month::ensure(store.db(), of("2026-08")).await.unwrap();
        }
        for kind in kinds {
            assert_eq!(answer(closed.clone(), kind, after).await, Some(Code::MonthClosed), "{kind}");
            let early = (kind != RunKind::Estimate).then_some(Code::MonthNotOver);
            assert_eq!(answer(row.clone(), kind, before).await, early, "{kind}");
            let late = (kind == RunKind::Final && earlier_open).then_some(Code::EarlierMonthOpen);
            assert_eq!(answer(row.clone(), kind, after).await, late, "{kind}, earlier open: {earlier_open}");
        }
    }
});

on_both_databases!(a_bill_is_confirmed_only_while_it_waits_for_that, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world.settle("2026-09", RunKind::Final).await;
    for state in BILL_STATES {
        let sql =
            "UPDATE incentive_bill SET state = $1, version = 7, confirmed_at = NULL, confirmed_by = NULL";
        exec(world.store.db(), sql, [state.name().into()]).await.unwrap();
        let bill = incentive_bill::Entity::find().one(world.store.db()).await.unwrap().unwrap();
        let stale = Confirm { bill_id: bill.id, expected_version: 6 };
        assert_eq!(code(confirm(&world.store, &world.context, None, stale).await), Code::VersionConflict);
        let input = Confirm { bill_id: bill.id, expected_version: 7 };
        let answer = confirm(&world.store, &world.context, None, input).await;
        let after = incentive_bill::Entity::find().one(world.store.db()).await.unwrap().unwrap();
        if state == BillState::PendingConfirm {
            answer.unwrap();
            assert_eq!((after.state, after.version), (BillState::Issuing, 8));
            assert_eq!(after.confirmed_at, Some(world.store.clock.now()));
        } else {
            assert_eq!(code(answer), Code::WrongState, "{state}");
            assert_eq!(after, bill);
        }
    }
});

on_both_databases!(a_cancelled_run_is_not_carried_on_and_makes_room_for_another, |db| async move {
    let world = World::open(&db).await;
    world.settle("2026-09", RunKind::Estimate).await;
    let input = StartRun {
        month: of("2026-09"),
        kind: RunKind::Final,
        acknowledge: domain::settlement::checklist::CloseItem::ALL.to_vec(),
    };
    let id = start(&world.store, &world.context, None, input.clone()).await.unwrap();
    steer(&world.store, &world.context, None, id, Steer::Cancel).await.unwrap();
    let run = domain::settlement::run::advance(&world.store, id, "w", |_| {}).await.unwrap();
    assert_eq!((run.state, run.attempts), (RunState::Cancelled, 0));
    assert_eq!(world.settle("2026-09", RunKind::Final).await.state, RunState::Succeeded);
    let over = start(&world.store, &world.context, None, input.clone()).await;
    assert_eq!(code(over), Code::MonthClosed);
    world.clock.set(at("2026-12-01T00:00:00Z"));
});
