//! A month from bills to incentive bills.

use domain::performance::explain::rules_of;
use domain::performance::line::LineSum;
use domain::performance::line_payments::line_payments;
use domain::programme::association::{Correct, Transfer, correct, transfer};
use entity::{AssociationMode, PartnerKind, RunKind, RunState};
use tests::on_both_databases;
use tests::world::{World, at, bill, row};

on_both_databases!(a_month_is_settled_from_bills_to_incentive_bills, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    let (a, b) = (world.customer("A").await, world.customer("B").await);
    world.customer("Nobody").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.associate(b, reseller, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    let rows = [
        row("A", "100.00", "2026-09-10T00:00:00Z", "one"),
        row("A", "0.005", "2026-09-11T00:00:00Z", "two"),
        row("B", "50", "2026-09-12T00:00:00Z", "three"),
        row("Nobody", "7", "2026-09-12T00:00:00Z", "four"),
        row("Stranger", "9", "2026-09-12T00:00:00Z", "five"),
    ];
    let receipt = world.import(&bill(&rows)).await;
    assert_eq!((receipt.rows_read, receipt.rows_accepted, receipt.rows_unmatched), (5, 5, 1));
    let run = world.settle("2026-09", RunKind::Final).await;
    assert_eq!((run.state, run.error_detail), (RunState::Succeeded, None));
    assert_eq!(
        world.lines().await,
        [
            "202609 202609 - Nobody NO_PARTNER 7000000 1",
            "202609 202609 Provider A COUNTED 100005000 2",
            "202609 202609 Reseller B COUNTED 50000000 1",
        ]
    );
    assert_eq!(
        world.bills().await,
        [
            "202609 Distributor PENDING_CONFIRM 50000000 5000000",
            "202609 Provider PENDING_CONFIRM 100005000 10000000",
        ]
    );
    world.verify().await;
});

on_both_databases!(the_same_file_again_changes_nothing_and_equal_lines_are_all_kept, |db| async move {
    let world = World::open(&db).await;
    let twin = row("A", "1", "2026-09-10T00:00:00Z", "twin");
    let first = bill(&[twin.clone(), twin.clone(), row("A", "2", "2026-09-10T00:00:00Z", "x")]);
    let receipt = world.import(&first).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unchanged), (3, 0));
    let receipt = world.import(&first).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unchanged), (0, 3));
    let receipt = world.import(&bill(&[twin.clone(), twin.clone(), twin])).await;
    assert_eq!((receipt.rows_accepted, receipt.rows_unchanged), (1, 2));
    world.verify().await;
});

on_both_databases!(late_facts_of_a_final_month_become_corrections_in_the_open_month, |db| async move {
    let (world, _) = World::september(&db).await;
    world.settle("2026-09", RunKind::Final).await;
    world
        .import(&bill(&[
            row("A", "-30", "2026-09-11T00:00:00Z", "late"),
            row("A", "10", "2026-10-02T00:00:00Z", "new"),
        ]))
        .await;
    assert_eq!(
        world.lines().await,
        [
            "202609 202609 Provider A COUNTED 100000000 1",
            "202610 202609 Provider A COUNTED -30000000 1",
            "202610 202610 Provider A COUNTED 10000000 1",
        ]
    );
    world.clock.set(at("2026-11-12T00:00:00Z"));
    world.settle("2026-10", RunKind::Final).await;
    assert_eq!(
        world.bills().await,
        [
            "202609 Provider PENDING_CONFIRM 100000000 10000000",
            "202610 Provider PENDING_CONFIRM -20000000 -2000000",
        ]
    );
    world.verify().await;
});

on_both_databases!(an_association_corrected_in_the_past_moves_performance_by_corrections, |db| async move {
    let world = World::open(&db).await;
    let wrong = world.partner(PartnerKind::SolutionProvider, "Wrong").await;
    let right = world.partner(PartnerKind::SolutionProvider, "Right").await;
    let a = world.customer("A").await;
    let association = world.associate(a, wrong, "2026-01-01T00:00:00Z").await;
    world.policy("2026-01", 100_000).await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world.settle("2026-09", RunKind::Final).await;
    world.import(&bill(&[row("A", "10", "2026-10-02T00:00:00Z", "new")])).await;
    let input = Correct {
        association_id: association,
        expected_version: 1,
        partner_id: Some(right),
        mode: None,
        valid_from: None,
        reason: "entered for the wrong partner".into(),
    };
    correct(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
    assert_eq!(
        world.lines().await,
        [
            "202609 202609 Wrong A COUNTED 100000000 1",
            "202610 202609 Right A COUNTED 100000000 1",
            "202610 202609 Wrong A COUNTED -100000000 -1",
            "202610 202610 Right A COUNTED 10000000 1",
        ]
    );
});

on_both_databases!(a_customer_that_changes_partner_in_mid_month_is_split_and_cools_off, |db| async move {
    let world = World::open(&db).await;
    let old = world.partner(PartnerKind::SolutionProvider, "Old").await;
    let new = world.partner(PartnerKind::SolutionProvider, "New").await;
    let a = world.customer("A").await;
    world.associate(a, old, "2026-01-01T00:00:00Z").await;
    world
        .import(&bill(&[
            row("A", "1", "2026-09-14T23:59:59Z", "before"),
            row("A", "2", "2026-09-15T00:00:00Z", "after"),
        ]))
        .await;
    let input = Transfer {
        customer_id: a,
        partner_id: new,
        mode: AssociationMode::Consulting,
        at: Some(at("2026-09-15T00:00:00Z")),
        reason: None,
    };
    transfer(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
    assert_eq!(
        world.lines().await,
        ["202609 202609 New A COOLING_OFF 2000000 1", "202609 202609 Old A COUNTED 1000000 1"]
    );
});

on_both_databases!(an_unpaid_invoice_counts_from_its_payment_on, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import_as(&bill(&[row("A", "5", "2026-09-14T00:00:00Z", "x")]), false).await;
    assert_eq!(world.lines().await, ["202609 202609 Provider A UNPAID 5000000 1"]);
    let input = domain::performance::import::pay::MarkPaid {
        provider: "Cloud".into(),
        invoice_no: "A/2026-09/USD".into(),
        paid_at: None,
    };
    domain::performance::import::pay::mark_paid(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
    assert_eq!(world.lines().await, ["202609 202609 Provider A COUNTED 5000000 1"]);
});

on_both_databases!(unmatched_payments_wait_until_their_account_is_linked, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    let receipt = world.import(&bill(&[row("Second", "5", "2026-09-14T00:00:00Z", "x")])).await;
    assert_eq!((receipt.rows_unmatched, world.lines().await), (1, vec![]));
    world.verify().await;
    world.account("Second", a).await;
    world.verify().await;
    assert_eq!(world.lines().await, ["202609 202609 Provider A COUNTED 5000000 1"]);
});

on_both_databases!(a_formal_bill_that_was_tampered_with_is_found, |db| async move {
    let (world, _) = World::september(&db).await;
    world.settle("2026-09", RunKind::Final).await;
    world.verify().await;
    // Bill and line are raised alike, so that sums still agree.
    let db = world.store.db();
    domain::kernel::store::exec(db, "UPDATE incentive_bill SET amount = amount + 10000000", [])
        .await
        .unwrap();
    let sql = "UPDATE incentive_bill_line SET amount = amount + 10000000, exact = '20'";
    domain::kernel::store::exec(db, sql, []).await.unwrap();
    let checks = domain::operate::verify::verify(&world.store, None).await.unwrap();
    let broken: Vec<_> = checks.iter().filter(|check| !check.holds).map(|check| check.name).collect();
    assert_eq!(broken, ["formal bills = priced anew"]);
});

on_both_databases!(a_late_payment_is_explained_in_its_correction_line, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    world.associate(a, provider, "2026-01-01T00:00:00Z").await;
    world.import(&bill(&[row("A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    world.settle("2026-09", RunKind::Final).await;
    world.clock.advance(entity::timestamp::HOUR);
    world.import(&bill(&[row("A", "7", "2026-09-11T00:00:00Z", "late")])).await;
    let september = tests::world::month("2026-09");
    let payments =
        domain::performance::explain::payments(&world.store, a, september, None, 10).await.unwrap();
    let mut places = Vec::new();
    for payment in &payments {
        let scope = domain::Scope::All;
        let found =
            domain::performance::explain::payment(&world.store, scope, &payment.reference).await.unwrap();
        let line = found.unwrap().allotments[0].line.unwrap();
        let explained = rules_of(&world.store, &line, LineSum::default()).await.unwrap();
        let shown = line_payments(&world.store, &explained, None, 10).await.unwrap();
        places.push((payment.payable, line.month.0, shown.iter().map(|p| p.payable).sum::<i64>()));
    }
    assert_eq!(places, [(100_000_000, 202_609, 100_000_000), (7_000_000, 202_610, 7_000_000)]);
});

on_both_databases!(a_payment_is_explained_by_who_had_the_customer_however_often, |db| async move {
    let world = World::open(&db).await;
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let distributor = world.partner(PartnerKind::Distributor, "Distributor").await;
    let reseller = world.partner(PartnerKind::Reseller, "Reseller").await;
    world.link(reseller, distributor).await;
    let a = world.customer("A").await;
    world.associate(a, reseller, "2026-01-01T00:00:00Z").await;
    for (partner_id, from) in [(provider, "2026-09-05T00:00:00Z"), (reseller, "2026-09-20T00:00:00Z")] {
        let (mode, at) = (AssociationMode::Resale, Some(at(from)));
        let input = Transfer { customer_id: a, partner_id, mode, at, reason: None };
        transfer(&world.store, &world.context, None, input).await.unwrap();
    }
    let days = ["2026-09-03T00:00:00Z", "2026-09-10T00:00:00Z", "2026-09-25T00:00:00Z"];
    world.import(&bill(&days.map(|day| row("A", "1", day, day)))).await;
    let september = tests::world::month("2026-09");
    let payments =
        domain::performance::explain::payments(&world.store, a, september, None, 10).await.unwrap();
    let mut owners = Vec::new();
    for payment in &payments {
        let (scope, id) = (domain::Scope::All, &payment.reference);
        let found = domain::performance::explain::payment(&world.store, scope, id).await.unwrap().unwrap();
        let owner = found.owner.unwrap();
        assert_eq!(found.allotments[0].line.unwrap().key.bill_to_id, owner.bill_to_id);
        owners.push((owner.partner_id, owner.bill_to_id));
    }
    assert_eq!(owners, [(reseller, distributor), (provider, provider), (reseller, distributor)]);
});
