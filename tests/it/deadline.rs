//! Deadlines: set, moved, closed; reminded of and fallen due exactly once, whoever looks and whatever breaks.

mod listed;

use domain::kernel::store::{exec, query};
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::operate::deadline;
use domain::programme::deadline::{NewDeadline, close, set};
use domain::{Clock, Context, Ids, Store};
use entity::timestamp::{DAY, HOUR, MINUTE};
use entity::{DeadlineKind, PartnerKind, RunKind, Timestamp, incentive_bill};
use sea_orm::EntityTrait;
use tests::db::{Backend, TestDatabase};
use tests::on_both_databases;
use tests::world::{World, at, bill, row};

/// Sets a deadline about `entity` now.
async fn set_now(world: &World, kind: DeadlineKind, entity: &str, due_at: Option<Timestamp>) -> Timestamp {
    let tx = world.store.begin().await.unwrap();
    let now = world.store.clock.now();
    let new = NewDeadline { kind, entity: entity.into(), partner_id: None, due_at };
    let due = set(&tx, &world.store, now, new).await.unwrap();
    tx.commit().await.unwrap();
    due
}

async fn close_now(world: &World, kind: DeadlineKind, entity: &str) -> bool {
    let tx = world.store.begin().await.unwrap();
    let closed = close(&tx, kind, entity, world.store.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    closed
}

/// What was told about deadlines, in order: kind of the event and what it is about.
async fn told(store: &Store) -> Vec<String> {
    let sql = "SELECT kind, entity FROM event WHERE topic = 'DEADLINE' ORDER BY id";
    let rows = query(store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
    rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
}

/// A world in which `partners` partners have a bill of September 2026 that waits for them.
async fn billed(db: &TestDatabase, partners: usize) -> World {
    let world = World::open(db).await;
    world.policy("2026-01", 100_000).await;
    let mut rows = Vec::new();
    for n in 0..partners {
        let provider = world.partner(PartnerKind::SolutionProvider, &format!("P{n:03}")).await;
        let name = format!("C{n:03}");
        let customer = world.customer(&name).await;
        world.associate(customer, provider, "2026-01-01T00:00:00Z").await;
        rows.push(row(&name, "100", "2026-09-10T00:00:00Z", "one"));
    }
    world.import(&bill(&rows)).await;
    world.clock.set(at("2026-10-15T00:00:00Z"));
    world.settle("2026-09", RunKind::Final).await;
    world
}

on_both_databases!(kinds_have_their_usual_lengths_in_working_days, |db| async move {
    let world = World::open(&db).await;
    // A Wednesday before the National Day holidays; midnight in Shanghai is 16:00 UTC.
    world.clock.set(at("2026-09-30T02:00:00Z"));
    for (kind, due) in [
        (DeadlineKind::Countersign, "2026-10-16T16:00:00Z"),
        (DeadlineKind::InvoiceDue, "2026-10-20T16:00:00Z"),
        (DeadlineKind::InvoiceReview, "2026-10-09T16:00:00Z"),
        (DeadlineKind::PaymentReview, "2026-10-10T16:00:00Z"),
        (DeadlineKind::Payment, "2026-10-14T16:00:00Z"),
    ] {
        assert_eq!(set_now(&world, kind, "x", None).await, at(due), "{kind}");
    }
});

on_both_databases!(a_deadline_reminds_once_falls_due_once_and_is_then_overdue, |db| async move {
    let world = World::open(&db).await;
    world.clock.set(at("2026-10-12T02:00:00Z"));
    // Eight working days: to the end of Thursday 22; reminded two working days before, on Tuesday.
    let due = set_now(&world, DeadlineKind::Countersign, "request_a", None).await;
    assert_eq!(due, at("2026-10-22T16:00:00Z"));
    let (reminder, passed) = ("REMINDER request_a", "DUE request_a");
    for (now, expected) in [
        ("2026-10-19T15:59:59.999999Z", vec![]),
        ("2026-10-19T16:00:00Z", vec![reminder]),
        ("2026-10-20T16:00:00Z", vec![reminder]),
        ("2026-10-22T15:59:59.999999Z", vec![reminder]),
        ("2026-10-22T16:00:00Z", vec![reminder, passed]),
        ("2026-11-30T00:00:00Z", vec![reminder, passed]),
    ] {
        world.clock.set(at(now));
        world.tick().await.unwrap();
        world.tick().await.unwrap();
        assert_eq!(told(&world.store).await, expected, "{now}");
    }
    assert!(close_now(&world, DeadlineKind::Countersign, "request_a").await, "late, but done");
    assert!(!close_now(&world, DeadlineKind::Countersign, "request_a").await);
});

on_both_databases!(a_deadline_that_is_closed_in_time_says_nothing, |db| async move {
    let world = World::open(&db).await;
    set_now(&world, DeadlineKind::Payment, "request_a", None).await;
    set_now(&world, DeadlineKind::Payment, "request_b", None).await;
    assert!(close_now(&world, DeadlineKind::Payment, "request_a").await);
    assert!(
        !close_now(&world, DeadlineKind::Countersign, "request_b").await,
        "another kind is another deadline"
    );
    world.clock.advance(60 * DAY);
    world.tick().await.unwrap();
    assert_eq!(told(&world.store).await, ["DUE request_b"], "too late to remind");
    // The same thing may have the same kind again.
    set_now(&world, DeadlineKind::Payment, "request_a", None).await;
    let rows =
        query(world.store.db(), "SELECT 1 FROM deadline WHERE entity = 'request_a'", []).await.unwrap();
    assert_eq!(rows.len(), 2);
});

on_both_databases!(a_deadline_that_is_set_again_moves_and_reminds_anew, |db| async move {
    let world = World::open(&db).await;
    world.clock.set(at("2026-10-12T02:00:00Z"));
    set_now(&world, DeadlineKind::Countersign, "request_a", Some(at("2026-10-16T16:00:00Z"))).await;
    world.clock.set(at("2026-10-15T02:00:00Z"));
    world.tick().await.unwrap();
    set_now(&world, DeadlineKind::Countersign, "request_a", Some(at("2026-10-23T16:00:00Z"))).await;
    world.clock.set(at("2026-10-21T16:00:00Z"));
    world.tick().await.unwrap();
    world.clock.set(at("2026-10-23T16:00:00Z"));
    world.tick().await.unwrap();
    let expected = ["REMINDER request_a", "REMINDER request_a", "DUE request_a"];
    assert_eq!(told(&world.store).await, expected);
    let rows = query(world.store.db(), "SELECT 1 FROM deadline", []).await.unwrap();
    assert_eq!(rows.len(), 1, "one live row a kind and thing");
});

on_both_databases!(there_is_no_reminder_where_there_is_no_time_for_one, |db| async move {
    let world = World::open(&db).await;
    world.clock.set(at("2026-10-12T02:00:00Z"));
    // Two working days before the end of Wednesday is Monday's beginning, which is past.
    set_now(&world, DeadlineKind::Countersign, "request_a", Some(at("2026-10-14T16:00:00Z"))).await;
    let sql = "SELECT 1 FROM deadline WHERE remind_at IS NULL";
    assert_eq!(query(world.store.db(), sql, []).await.unwrap().len(), 1);
    // A deadline in the past falls due at the next tick.
    set_now(&world, DeadlineKind::Payment, "request_b", Some(at("2026-10-01T00:00:00Z"))).await;
    world.tick().await.unwrap();
    assert_eq!(told(&world.store).await, ["DUE request_b"]);
});

on_both_databases!(a_kind_without_a_length_wants_its_instant, |db| async move {
    let world = World::open(&db).await;
    let tx = world.store.begin().await.unwrap();
    let now = world.store.clock.now();
    let new =
        NewDeadline { kind: DeadlineKind::BillConfirm, entity: "x".into(), partner_id: None, due_at: None };
    assert!(set(&tx, &world.store, now, new).await.is_err());
});

on_both_databases!(a_bill_that_is_not_confirmed_is_reminded_of_and_then_confirms_itself, |db| async move {
    let world = billed(&db, 2).await;
    let bills = incentive_bill::Entity::find().all(world.store.db()).await.unwrap();
    let [first, second] = &bills[..] else { panic!("two bills") };
    // Frozen on 15 October, due ten days later, on Sunday 25 at noon less four hours: three working days before.
    world.clock.set(at("2026-10-20T15:59:59Z"));
    world.tick().await.unwrap();
    assert_eq!(told(&world.store).await, [] as [&str; 0]);
    let input = Confirm { bill_id: first.id, expected_version: first.version };
    confirm(&world.store, &Context::system("test"), None, input).await.unwrap();
    world.clock.set(at("2026-10-20T16:00:00Z"));
    world.tick().await.unwrap();
    assert_eq!(told(&world.store).await, [format!("REMINDER {}", second.id)], "the other one is confirmed");
    world.clock.set(at("2026-10-25T00:00:00Z"));
    world.tick().await.unwrap();
    let expected = [format!("REMINDER {}", second.id), format!("DUE {}", second.id)];
    assert_eq!(told(&world.store).await, expected);
    let second = incentive_bill::Entity::find_by_id(second.id).one(world.store.db()).await.unwrap().unwrap();
    assert_eq!(second.confirmed_by.as_deref(), Some("system:deadline"));
    let open = query(world.store.db(), "SELECT 1 FROM deadline WHERE closed_at IS NULL", []).await.unwrap();
    assert!(open.is_empty(), "a confirmed bill has no deadline");
    world.verify().await;
});

on_both_databases!(estimates_and_drafts_set_no_deadlines, |db| async move {
    let (world, _) = World::september(&db).await;
    world.settle("2026-09", RunKind::Estimate).await;
    world.settle("2026-09", RunKind::Draft).await;
    assert!(query(world.store.db(), "SELECT 1 FROM deadline", []).await.unwrap().is_empty());
});

on_both_databases!(a_bill_without_a_deadline_is_confirmed_all_the_same, |db| async move {
    let world = billed(&db, 2).await;
    let sql = "DELETE FROM deadline WHERE partner_id = (SELECT MIN(id) FROM partner)";
    exec(world.store.db(), sql, []).await.unwrap();
    world.clock.set(at("2026-10-25T00:00:00Z"));
    world.tick().await.unwrap();
    assert!(world.bills().await.iter().all(|bill| bill.contains("ISSUING")));
    assert_eq!(told(&world.store).await.len(), 1);
});

on_both_databases!(many_workers_tell_and_do_everything_exactly_once, |db| async move {
    const DEADLINES: usize = 450;
    let world = World::open(&db).await;
    world.clock.set(at("2026-10-12T02:00:00Z"));
    let tx = world.store.begin().await.unwrap();
    for n in 0..DEADLINES {
        let (kind, entity) = (DeadlineKind::Countersign, format!("request_{n:03}"));
        let new = NewDeadline { kind, entity, partner_id: None, due_at: None };
        set(&tx, &world.store, world.store.clock.now(), new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut stores = Vec::new();
    for _ in 0..4 {
        stores.push(Store::connect(&db.url, 2, Clock::stopped(&world.clock), Ids::random()).await.unwrap());
    }
    for now in ["2026-10-20T02:00:00Z", "2026-10-22T16:00:00Z"] {
        world.clock.set(at(now));
        for worked in futures_util::future::join_all(stores.iter().map(deadline::work)).await {
            worked.unwrap();
        }
        // What one of them left to the others is done when they are.
        deadline::work(&world.store).await.unwrap();
    }
    let mut told = told(&world.store).await;
    told.sort();
    let all = (0..DEADLINES).map(|n| format!("DUE request_{n:03}"));
    let expected: Vec<_> = all.chain((0..DEADLINES).map(|n| format!("REMINDER request_{n:03}"))).collect();
    assert_eq!(told, expected);
});

on_both_databases!(one_deadline_whose_effect_fails_holds_up_no_other, |db| async move {
    let world = billed(&db, 3).await;
    let poisoned: i64 = {
        let rows = query(world.store.db(), "SELECT MAX(id) FROM incentive_bill", []).await.unwrap();
        rows[0].try_get_by_index(0).unwrap()
    };
    let (refuse, allow) = refusal(db.backend, poisoned);
    for sql in refuse {
        exec(world.store.db(), &sql, []).await.unwrap();
    }
    world.clock.set(at("2026-10-25T00:00:00Z"));
    // The first try is of all at once and fails; a minute later each is tried alone.
    let _ = world.tick().await;
    world.clock.advance(MINUTE);
    let _ = world.tick().await;
    let waiting =
        async || world.bills().await.into_iter().filter(|bill| bill.contains("PENDING_CONFIRM")).count();
    assert_eq!(waiting().await, 1);
    assert_eq!(told(&world.store).await.len(), 2, "nothing is told of what did not happen");
    for sql in allow {
        exec(world.store.db(), &sql, []).await.unwrap();
    }
    world.clock.advance(HOUR);
    world.tick().await.unwrap();
    assert_eq!(waiting().await, 0);
    assert_eq!(told(&world.store).await.len(), 3);
});

/// Statements after which the database refuses every change of one bill, and those that take it back.
fn refusal(backend: Backend, bill: i64) -> (Vec<String>, Vec<String>) {
    if backend == Backend::Sqlite {
        let refuse = format!(
            "CREATE TRIGGER poisoned BEFORE UPDATE ON incentive_bill WHEN OLD.id = {bill} \
             BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        );
        return (vec![refuse], vec!["DROP TRIGGER poisoned".into()]);
    }
    let function = format!(
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN IF OLD.id = {bill} THEN RAISE 'poisoned'; END IF; RETURN NEW; END $$"
    );
    let trigger =
        "CREATE TRIGGER poisoned BEFORE UPDATE ON incentive_bill FOR EACH ROW EXECUTE FUNCTION poison()";
    (vec![function, trigger.into()], vec!["DROP TRIGGER poisoned ON incentive_bill".into()])
}

on_both_databases!(the_database_refuses_a_second_live_deadline_of_a_thing, |db| async move {
    let world = World::open(&db).await;
    set_now(&world, DeadlineKind::Payment, "x", None).await;
    let sql = "INSERT INTO deadline (id, kind, entity, audience, due_at, created_at) VALUES ($1, 'PAYMENT', 'x', $2, 1, 1)";
    let insert =
        async |id: i64, audience: &str| exec(world.store.db(), sql, [id.into(), audience.into()]).await;
    assert!(insert(1, "FINANCE").await.is_err());
    close_now(&world, DeadlineKind::Payment, "x").await;
    assert!(insert(2, "NOBODY").await.is_err());
    assert!(insert(3, "FINANCE").await.is_ok());
});
