//! Issuing.

use super::*;

on_both_databases!(only_a_confirmed_bill_is_issued_and_what_it_earns_is_payable, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    world.import(&bill(&[row("A", "100.05", "2026-09-10T00:00:00Z", "x")])).await;
    let found = confirmed(&world, "2026-09").await;
    for state in BillState::ALL {
        let sql = "UPDATE incentive_bill SET state = $1";
        domain::kernel::store::exec(world.store.db(), sql, [state.name().into()]).await.unwrap();
        let bills = vec![SeenBill { id: found.id, expected_version: found.version }];
        let input = Issue { bills, policy: BulkPolicy::AllOrNothing };
        if *state != BillState::Issuing {
            let answer = issue(&world.store, &operations(), None, input).await;
            assert_eq!(code(answer), Code::WrongState, "{state}");
        }
    }
    let sql = "UPDATE incentive_bill SET state = 'ISSUING'";
    domain::kernel::store::exec(world.store.db(), sql, []).await.unwrap();
    let stale = Issue {
        bills: vec![SeenBill { id: found.id, expected_version: found.version - 1 }],
        policy: BulkPolicy::AllOrNothing,
    };
    assert_eq!(code(issue(&world.store, &operations(), None, stale).await), Code::VersionConflict);
    let twice = vec![SeenBill { id: found.id, expected_version: found.version }; 2];
    for policy in [BulkPolicy::AllOrNothing, BulkPolicy::SkipFailed] {
        let input = Issue { bills: twice.clone(), policy };
        assert_eq!(code(issue(&world.store, &operations(), None, input).await), Code::Invalid, "twice");
    }
    assert_eq!(held(&world, provider).await, [""; 0]);
    issue_one(&world, &found).await;
    assert_eq!(bill_of(&world, "2026-09").await.state, BillState::Issued);
    assert_eq!(held(&world, provider).await, ["EARNED -1001", "PAYABLE 1001"]);
    assert_eq!(open(&world).await, ["EARNED 1 1001"]);
    world.verify().await;
});

on_both_databases!(a_bill_of_both_modes_falls_into_two_parts_that_are_the_bill, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    let b = world.customer("B").await;
    associate(&world, b, provider, AssociationMode::Resale).await;
    let rows = [row("A", "0.15", "2026-09-10T00:00:00Z", "x"), row("B", "0.35", "2026-09-10T00:00:00Z", "y")];
    world.import(&bill(&rows)).await;
    issued(&world, "2026-09").await;
    // 0.015 and 0.035 are 0.02 and 0.04 rounded; the bill is 0.05.
    let mut parts = open(&world).await;
    parts.sort();
    assert_eq!(parts, ["EARNED 1 2", "EARNED 2 3"]);
    assert_eq!(held(&world, provider).await, ["EARNED -5", "PAYABLE 5"]);
    world.verify().await;
});

on_both_databases!(many_bills_are_issued_at_once_or_those_that_can, |db| async move {
    let world = World::open(&db).await;
    let provider = set_up(&world).await;
    world.import(&bill(&[row("A", "100", "2026-08-10T00:00:00Z", "x")])).await;
    world.import(&bill(&[row("A", "50", "2026-09-10T00:00:00Z", "y")])).await;
    let august = confirmed(&world, "2026-08").await;
    world.settle("2026-09", RunKind::Final).await;
    let september = bill_of(&world, "2026-09").await;
    let seen = |bill: &incentive_bill::Model| SeenBill { id: bill.id, expected_version: bill.version };
    let missing = SeenBill { id: IncentiveBillId(7), expected_version: 1 };
    let bills = vec![seen(&september), missing, seen(&august)];
    let all = Issue { bills: bills.clone(), policy: BulkPolicy::AllOrNothing };
    let Err(Error::Refused(refusals)) = issue(&world.store, &operations(), None, all).await else { panic!() };
    let told: Vec<_> = refusals.iter().map(|r| (r.code, r.path.join("."))).collect();
    assert_eq!(told, [(Code::WrongState, "bills.0.id".into()), (Code::NotFound, "bills.1.id".into())]);
    assert_eq!(held(&world, provider).await, [""; 0]);
    let some = Issue { bills, policy: BulkPolicy::SkipFailed };
    let outcomes = issue(&world.store, &operations(), None, some).await.unwrap();
    let refused: Vec<bool> = outcomes.iter().map(|o| !o.refusals.is_empty()).collect();
    assert_eq!(refused, [true, true, false]);
    assert_eq!(held(&world, provider).await, ["EARNED -1000", "PAYABLE 1000"]);
    world.verify().await;
});
