//! Bills that are far off what is usual for their partner wait for a review; the others pass.

use domain::Code;
use domain::kernel::store::{exec, query};
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::release::{REASON_LIMIT, Release, release};
use domain::programme::settings::{BILL_FLOOR_LIMIT, Update, update};
use entity::timestamp::DAY;
use entity::{BillState, IncentiveBillId, ParkedCode, PartnerKind, RunKind, RunState, incentive_bill};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tests::db::TestDatabase;
use tests::on_both_databases;
use tests::refused::code_at;
use tests::world::{World, at, bill, month as of, row};

/// Two partners, "Odd" and "Even", whose customers consumed so much in July and August, in whole dollars; July is
/// final. A tenth is paid.
async fn two_partners(db: &TestDatabase, july: [i64; 2], august: [i64; 2]) -> World {
    let world = World::open(db).await;
    world.policy("2026-01", 100_000).await;
    let mut rows = [vec![], vec![]];
    for (n, name) in ["Odd", "Even"].into_iter().enumerate() {
        let partner = world.partner(PartnerKind::SolutionProvider, name).await;
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
        rows[0].push(row(name, &july[n].to_string(), "2026-07-10T00:00:00Z", "july"));
        rows[1].push(row(name, &august[n].to_string(), "2026-08-10T00:00:00Z", "august"));
    }
    world.import(&bill(&rows.concat())).await;
    world.settle("2026-07", RunKind::Final).await;
    world
}

async fn august(world: &World) -> Vec<incentive_bill::Model> {
    let found = incentive_bill::Entity::find().filter(incentive_bill::Column::Month.eq(of("2026-08")));
    found.all(world.store.db()).await.unwrap()
}

on_both_databases!(a_bill_far_off_the_usual_is_parked_and_the_others_pass, |db| async move {
    let world = two_partners(&db, [10_000, 10_000], [30_001, 30_000]).await;
    for kind in [RunKind::Estimate, RunKind::Draft] {
        world.settle("2026-08", kind).await;
        for bill in august(&world).await {
            let expected = (bill.basis == 30_001_000_000).then_some(ParkedCode::AboveUsual);
            assert_eq!((bill.state, bill.parked_code), (BillState::Estimated, expected), "{kind}");
        }
    }
    let run = world.settle("2026-08", RunKind::Final).await;
    assert_eq!((run.state, run.quarantined), (RunState::Succeeded, 0));
    assert_eq!(
        world.bills().await[2..],
        ["202608 Even PENDING_CONFIRM 30000000000 3000000000", "202608 Odd PARKED 30001000000 3000100000",]
    );
    let parked = august(&world).await.into_iter().find(|bill| bill.state == BillState::Parked).unwrap();
    assert_eq!((parked.parked_typical, parked.parked_factor_ppm), (Some(1_000_000_000), Some(3_000_000)));
    assert_eq!(parked.confirm_by, None, "nobody is waited for");
    let sql = "SELECT entity, detail FROM event WHERE topic = 'INCENTIVE_BILL' AND kind = 'PARKED'";
    let told = query(world.store.db(), sql, []).await.unwrap();
    assert_eq!(told.len(), 1, "estimates and drafts tell nothing");
    assert_eq!(told[0].try_get_by_index::<String>(0).unwrap(), parked.id.to_string());
    assert!(told[0].try_get_by_index::<String>(1).unwrap().contains("ABOVE_USUAL"));
    world.verify().await;
    // It is formal, but no measure for the next one until it is released.
    world.import(&bill(&[row("Odd", "30001", "2026-09-10T00:00:00Z", "september")])).await;
    world.settle("2026-09", RunKind::Final).await;
    assert!(world.bills().await.contains(&"202609 Odd PARKED 30001000000 3000100000".to_owned()));
    world.verify().await;
});

on_both_databases!(far_below_and_below_zero_are_parked_too_and_small_bills_are_not, |db| async move {
    let world = two_partners(&db, [10_000, 9_999], [3_333, -1]).await;
    world.settle("2026-08", RunKind::Final).await;
    let codes: Vec<_> = august(&world).await.iter().map(|bill| (bill.basis, bill.parked_code)).collect();
    assert!(codes.contains(&(3_333_000_000, Some(ParkedCode::BelowUsual))), "{codes:?}");
    assert!(codes.contains(&(-1_000_000, None)), "a dollar below the floor of a thousand: {codes:?}");
    world.verify().await;
});

on_both_databases!(a_factor_of_zero_parks_nothing, |db| async move {
    let world = two_partners(&db, [10_000, 10_000], [900_000, -500_000]).await;
    let input = Update { expected_version: 1, bill_factor_ppm: Some(0), ..Update::default() };
    update(&world.store, &world.context, None, input).await.unwrap();
    world.settle("2026-08", RunKind::Final).await;
    assert!(august(&world).await.iter().all(|bill| bill.state == BillState::PendingConfirm));
});

on_both_databases!(factor_and_floor_have_their_limits, |db| async move {
    let world = World::open(&db).await;
    let mut version = 1;
    for (factor, floor, refused) in [
        (Some(0), Some(0), None),
        (Some(1_000_000), Some(BILL_FLOOR_LIMIT), None),
        (Some(1_000_000_000), None, None),
        (Some(1), None, Some("billFactorPpm")),
        (Some(999_999), None, Some("billFactorPpm")),
        (Some(1_000_000_001), None, Some("billFactorPpm")),
        (None, Some(-1), Some("billFactorFloor")),
        (None, Some(BILL_FLOOR_LIMIT + 1), Some("billFactorFloor")),
    ] {
        let input = Update {
            expected_version: version,
            bill_factor_ppm: factor,
            bill_factor_floor: floor,
            ..Update::default()
        };
        let answer = update(&world.store, &world.context, None, input).await;
        match refused {
            None => version = answer.unwrap(),
            Some(field) => {
                assert_eq!(code_at(answer), (Code::Invalid, field.to_owned()), "{factor:?} {floor:?}")
            }
        }
    }
});

on_both_databases!(only_a_parked_bill_is_released_and_its_partner_has_all_its_days, |db| async move {
    let world = two_partners(&db, [10_000, 10_000], [90_000, 10_000]).await;
    world.settle("2026-08", RunKind::Final).await;
    let id = august(&world).await.into_iter().find(|bill| bill.parked_code.is_some()).unwrap().id;
    let input =
        |version, reason: &str| Release { bill_id: id, expected_version: version, reason: reason.into() };
    world.clock.advance(20 * DAY);
    for state in BillState::ALL {
        let sql = "UPDATE incentive_bill SET state = $1, version = 7, confirm_by = NULL WHERE id = $2";
        exec(world.store.db(), sql, [state.name().into(), id.0.into()]).await.unwrap();
        let stale = release(&world.store, &world.context, None, input(6, "looked at")).await;
        assert_eq!(code_at(stale).0, Code::VersionConflict);
        let answer = release(&world.store, &world.context, None, input(7, "looked at")).await;
        let after = incentive_bill::Entity::find_by_id(id).one(world.store.db()).await.unwrap().unwrap();
        if *state == BillState::Parked {
            assert_eq!(answer.unwrap(), id);
            assert_eq!((after.state, after.version), (BillState::PendingConfirm, 8));
            assert_eq!(after.confirm_by, Some(world.store.clock.now().plus(10 * DAY)));
            assert_eq!(after.parked_code, Some(ParkedCode::AboveUsual), "why it was parked is kept");
        } else {
            assert_eq!(code_at(answer), (Code::WrongState, "id".to_owned()), "{state}");
            assert_eq!((after.state, after.version), (*state, 7));
        }
    }
    let unknown = Release { bill_id: IncentiveBillId(1), ..input(1, "x") };
    assert_eq!(code_at(release(&world.store, &world.context, None, unknown).await).0, Code::NotFound);
    for (length, good) in [(0, false), (REASON_LIMIT, true), (REASON_LIMIT + 1, false)] {
        let answer = release(&world.store, &world.context, None, input(1, &"x".repeat(length))).await;
        assert_eq!(code_at(answer).0 == Code::Invalid, !good, "{length}");
    }
    let sql = "SELECT reason FROM audit_event WHERE operation = 'incentiveBillRelease'";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    assert_eq!(rows.len(), 1, "one row of the audit trail");
    assert_eq!(rows[0].try_get_by_index::<String>(0).unwrap(), "looked at");
    let sql = "SELECT 1 FROM event WHERE topic = 'INCENTIVE_BILL' AND kind = 'RELEASED'";
    assert_eq!(query(world.store.db(), sql, []).await.unwrap().len(), 1, "one event");
});

on_both_databases!(a_released_bill_is_confirmed_at_its_new_deadline, |db| async move {
    let world = two_partners(&db, [10_000, 10_000], [90_000, 10_000]).await;
    world.settle("2026-08", RunKind::Final).await;
    world.clock.set(at("2026-11-20T00:00:00Z"));
    domain::operate::deadline::work(&world.store).await.unwrap();
    let parked = august(&world).await.into_iter().find(|bill| bill.state == BillState::Parked).unwrap();
    let early = Confirm { bill_id: parked.id, expected_version: parked.version };
    assert_eq!(code_at(confirm(&world.store, &world.context, None, early).await).0, Code::WrongState);
    let input = Release { bill_id: parked.id, expected_version: parked.version, reason: "right".into() };
    release(&world.store, &world.context, None, input).await.unwrap();
    for (on, state) in [(10 * DAY - 1, BillState::PendingConfirm), (1, BillState::Issuing)] {
        world.clock.advance(on);
        domain::operate::deadline::work(&world.store).await.unwrap();
        let bill = august(&world).await.into_iter().find(|bill| bill.id == parked.id).unwrap();
        assert_eq!(bill.state, state);
    }
    world.verify().await;
});

on_both_databases!(the_database_itself_knows_the_states_of_bills, |db| async move {
    let world = two_partners(&db, [10_000, 10_000], [90_000, 10_000]).await;
    let unknown = exec(world.store.db(), "UPDATE incentive_bill SET state = 'NONSENSE'", []).await;
    assert!(unknown.is_err(), "the database knows the states");
    world.verify().await;
});
