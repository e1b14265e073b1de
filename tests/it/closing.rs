//! A month closes on purpose: the checklist, what holds the calendar up, what a person must name, and from when on.

use domain::kernel::store::query;
use domain::operate::work::{self, Due};
use domain::programme::settings::{Update, load, update};
use domain::settlement::checklist::{CloseItem, checklist};
use domain::settlement::run::advance;
use domain::settlement::start::{StartRun, start};
use domain::{Code, Error};
use entity::timestamp::HOUR;
use entity::{PartnerKind, RunKind, settlement_month};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::refused::code;
use tests::world::{World, at, bill, month, row};

/// Does what is due, again and again, and says which runs ended how.
async fn work_at(world: &World, now: &str) -> Vec<String> {
    world.clock.set(at(now));
    let mut runs = Vec::new();
    for _ in 0..4 {
        for due in world.tick().await.unwrap() {
            match due {
                Due::Settle(id) => {
                    let run = advance(&world.store, id, "test", |_| {}).await.unwrap();
                    runs.push(format!("{} {}", run.month, run.kind.name()));
                }
                other => work::carry_on(&world.store, other, "test").await.unwrap(),
            }
        }
    }
    runs.retain(|run| !run.ends_with("ESTIMATE"));
    runs
}

async fn change(world: &World, input: Update) {
    let expected_version = load(world.store.db()).await.unwrap().version;
    update(&world.store, &world.context, None, Update { expected_version, ..input }).await.unwrap();
}

/// A final by hand that passes over `acknowledge`.
async fn close(world: &World, text: &str, acknowledge: &[CloseItem]) -> Result<entity::RunId, Error> {
    let input = StartRun { month: month(text), kind: RunKind::Final, acknowledge: acknowledge.to_vec() };
    start(&world.store, &world.context, None, input).await
}

/// The checklist of a month as text.
async fn against(world: &World, text: &str) -> Vec<String> {
    let row = settlement_month::Entity::find_by_id(month(text)).one(world.store.db()).await.unwrap().unwrap();
    let found = checklist(world.store.db(), &row, world.store.clock.now()).await.unwrap();
    found.iter().map(|f| format!("{} {} {}", f.item.name(), f.count, f.example)).collect()
}

on_both_databases!(a_month_before_the_programme_went_live_never_closes_by_itself, |db| async move {
    let (world, _) = World::september(&db).await;
    world.import(&bill(&[row("A", "50", "2026-10-10T00:00:00Z", "october")])).await;
    change(&world, Update { go_live: Some(month("2026-10")), ..Update::default() }).await;
    assert_eq!(work_at(&world, "2026-10-20T00:00:00Z").await, Vec::<String>::new());
    assert_eq!(work_at(&world, "2026-11-05T00:00:00Z").await, ["2026-10 DRAFT"]);
    assert_eq!(work_at(&world, "2026-11-12T00:00:00Z").await, ["2026-10 FINAL"]);
    assert_eq!(
        world.bills().await,
        ["202609 Provider ESTIMATED 100000000 10000000", "202610 Provider PENDING_CONFIRM 50000000 5000000"]
    );
    world.verify().await;
    // By hand it can still be closed.
    world.settle("2026-09", RunKind::Final).await;
    assert_eq!(world.bills().await[0], "202609 Provider PENDING_CONFIRM 100000000 10000000");
    world.verify().await;
});

on_both_databases!(without_a_first_month_or_with_finals_off_nothing_closes_by_itself, |db| async move {
    let (world, _) = World::september(&db).await;
    domain::kernel::store::exec(world.store.db(), "UPDATE programme SET go_live = NULL", []).await.unwrap();
    assert_eq!(work_at(&world, "2026-10-20T00:00:00Z").await, Vec::<String>::new());
    let off = Update { go_live: Some(month("2026-09")), automatic_final: Some(false), ..Update::default() };
    change(&world, off).await;
    assert_eq!(work_at(&world, "2026-10-21T00:00:00Z").await, ["2026-09 DRAFT"]);
    assert_eq!(work_at(&world, "2026-10-22T00:00:00Z").await, Vec::<String>::new());
    change(&world, Update { automatic_final: Some(true), ..Update::default() }).await;
    assert_eq!(work_at(&world, "2026-10-23T00:00:00Z").await, ["2026-09 FINAL"]);
});

on_both_databases!(a_final_by_itself_waits_while_something_blocks_and_says_so_once_a_day, |db| async move {
    let (world, _) = World::september(&db).await;
    world.import(&bill(&[row("Stranger", "9", "2026-09-11T00:00:00Z", "whose?")])).await;
    let told = async || {
        let sql = "SELECT entity, kind, detail FROM event WHERE topic = 'SETTLEMENT_MONTH' ORDER BY id";
        let rows = query(world.store.db(), sql, []).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(2).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(work_at(&world, "2026-10-12T00:00:00Z").await, ["2026-09 DRAFT"]);
    assert_eq!(work_at(&world, "2026-10-12T03:00:00Z").await, Vec::<String>::new());
    let first = told().await;
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].contains("UNMATCHED 1 (Cloud Stranger)"), "{first:?}");
    assert_eq!(work_at(&world, "2026-10-13T03:00:00Z").await, Vec::<String>::new());
    assert_eq!(told().await.len(), 2);
    let stranger = world.customer("Stranger").await;
    world
        .associate(
            stranger,
            world.partner(PartnerKind::SolutionProvider, "Other").await,
            "2026-01-01T00:00:00Z",
        )
        .await;
    world.verify().await;
    assert_eq!(work_at(&world, "2026-10-13T04:00:00Z").await, ["2026-09 FINAL"]);
    world.verify().await;
});

on_both_databases!(a_final_by_hand_is_refused_until_each_item_that_blocks_is_named, |db| async move {
    let (world, _) = World::september(&db).await;
    world.import(&bill(&[row("Stranger", "9", "2026-09-11T00:00:00Z", "whose?")])).await;
    assert_eq!(against(&world, "2026-09").await, ["UNMATCHED 1 Cloud Stranger"]);
    let Err(Error::Refused(refusals)) = close(&world, "2026-09", &[CloseItem::NoPolicy]).await else {
        panic!("a final over what waits to be matched")
    };
    let [refusal] = refusals.as_slice() else { panic!("{refusals:?}") };
    assert_eq!(
        (refusal.code, refusal.detail.as_str()),
        (Code::CloseBlocked, "UNMATCHED: 1 (Cloud Stranger)")
    );
    let id = close(&world, "2026-09", &[CloseItem::Unmatched]).await.unwrap();
    // What comes up before the month is frozen holds it up as well.
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    world.link(reseller, distributor).await;
    let lost = world.customer("Lost").await;
    world.associate(lost, reseller, "2026-01-01T00:00:00Z").await;
    let sql = "UPDATE distribution_link SET valid_to = 1577836800000001";
    domain::kernel::store::exec(world.store.db(), sql, []).await.unwrap();
    world.import(&bill(&[row("Lost", "3", "2026-09-12T00:00:00Z", "of nobody")])).await;
    assert_eq!(against(&world, "2026-09").await, ["UNMATCHED 1 Cloud Stranger", "UNLINKED 1 Reseller"]);
    let run = advance(&world.store, id, "test", |_| {}).await.unwrap();
    assert_eq!((run.state.name(), run.error_code.as_deref()), ("CANCELLED", Some("CLOSE_BLOCKED")));
    let sql =
        "SELECT detail FROM audit_event WHERE operation = 'settlementRunStart' ORDER BY id DESC LIMIT 1";
    let audited = query(world.store.db(), sql, []).await.unwrap();
    assert!(audited[0].try_get_by_index::<String>(0).unwrap().contains("UNMATCHED"));
});

on_both_databases!(a_month_nothing_is_known_of_is_not_closed, |db| async move {
    let (world, _) = World::september(&db).await;
    assert_eq!(code(close(&world, "2020-01", CloseItem::ALL).await), Code::MonthUnknown);
    assert_eq!(code(close(&world, "2030-01", CloseItem::ALL).await), Code::MonthUnknown);
    world.import(&bill(&[row("A", "1", "2026-10-02T00:00:00Z", "october")])).await;
    assert_eq!(code(close(&world, "2026-10", CloseItem::ALL).await), Code::MonthNotOver);
    world.import(&bill(&[row("A", "-100", "2026-09-10T00:00:00Z", "back")])).await;
    world.settle("2026-09", RunKind::Final).await;
    world.clock.set(at("2026-11-12T00:00:00Z"));
    world.settle("2026-11", RunKind::Estimate).await;
    world.settle("2026-10", RunKind::Final).await;
    world.clock.set(at("2026-12-12T00:00:00Z"));
    assert_eq!(
        against(&world, "2026-11").await,
        ["NO_PAYMENTS 1 nothing is posted in it", "FILE_MISSING 1 Cloud"]
    );
    assert_eq!(code(close(&world, "2026-11", &[CloseItem::FileMissing]).await), Code::CloseBlocked);
    close(&world, "2026-11", &[CloseItem::FileMissing, CloseItem::NoPayments]).await.unwrap();
});

on_both_databases!(what_has_no_policy_or_whose_import_failed_holds_a_month_up, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.customer("Nobody").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world
        .import(&bill(&[
            row("A", "100", "2026-09-10T00:00:00Z", "one"),
            row("Nobody", "5", "2026-09-10T00:00:00Z", "two"),
        ]))
        .await;
    world.import("not,a,bill\n1,2,3\n").await;
    assert_eq!(
        against(&world, "2026-09").await,
        ["NO_POLICY 1 202609", "NO_PARTNER 1 Compute Engine"],
        "a file of the same name was taken in"
    );
    world.clock.advance(HOUR);
    world.import("not,a,bill\n1,2,3\n").await;
    let found = against(&world, "2026-09").await;
    assert_eq!(found[1], "IMPORT_FAILED 1 bill.csv", "{found:?}");
    world.policy("2026-01", 100_000).await;
    world.clock.advance(HOUR);
    world.import(&bill(&[row("A", "1", "2026-09-10T00:00:00Z", "three")])).await;
    assert_eq!(against(&world, "2026-09").await, ["NO_PARTNER 1 Compute Engine"]);
});
