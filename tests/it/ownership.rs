//! Ownership and cooling-off: as of the time of consumption, whatever is entered or corrected later.

use domain::programme::association::{Correct, NewAssociation, Transfer, correct, create, transfer};
use domain::programme::cooling_off::{SetRule, set};
use domain::programme::customer::{SetLongTail, set_long_tail};
use entity::{AssociationMode, CoolingOffCustomers, CustomerId, PartnerId, PartnerKind, RunKind};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::world::{World, at, bill, row};

const NATIVE: &str = "bill_cycle,customer_account,consume_time,charging_mode,bill_detail_type,product_id,official_amount,\
    payment_amount,cash_amount,currency,id";

/// A bill of one native row of A.
fn native(cycle: &str, consumed: &str, amount: &str, id: &str) -> String {
    format!("{NATIVE}\n{cycle},A,{consumed},1,1,vm,{amount},{amount},{amount},USD,{id}\n")
}

/// Customer A of partner Old since the beginning of the year, and a partner New.
async fn old_and_new(world: &World) -> (CustomerId, PartnerId, PartnerId) {
    let old = world.partner(PartnerKind::SolutionProvider, "Old").await;
    let new = world.partner(PartnerKind::SolutionProvider, "New").await;
    let a = world.customer("A").await;
    world.associate(a, old, "2026-01-01T00:00:00Z").await;
    (a, old, new)
}

async fn moved(world: &World, customer_id: CustomerId, partner_id: PartnerId, when: &str) {
    let mode = AssociationMode::Resale;
    let input = Transfer { customer_id, partner_id, mode, at: Some(at(when)), reason: None };
    transfer(&world.store, &world.context, None, input).await.unwrap();
}

async fn rule(world: &World, from: &str, months: i16, customers: CoolingOffCustomers) {
    let input = SetRule { valid_from: at(from), months, customers, reason: "agreed".into() };
    set(&world.store, &world.context, None, input).await.unwrap();
}

on_both_databases!(what_was_consumed_after_its_cycle_follows_a_change_from_then_on, |db| async move {
    let world = World::open(&db).await;
    let (a, _, new) = old_and_new(&world).await;
    // Half past midnight of the first of July in the programme's zone, on the bill of June.
    world.import(&native("2026-06", "2026-06-30T16:30:00Z", "5", "late")).await;
    world.import(&native("2026-06", "2026-06-30T15:30:00Z", "3", "early")).await;
    assert_eq!(world.lines().await, ["202606 202606 Old A COUNTED 8000000 2"]);
    moved(&world, a, new, "2026-07-01T00:00:00+08:00").await;
    world.verify().await;
    assert_eq!(
        world.lines().await,
        ["202606 202606 New A COOLING_OFF 5000000 1", "202606 202606 Old A COUNTED 3000000 1"]
    );
    world.settle("2026-06", RunKind::Final).await;
    world.verify().await;
});

on_both_databases!(what_was_consumed_after_a_closed_cycle_follows_by_corrections, |db| async move {
    let world = World::open(&db).await;
    let (a, _, new) = old_and_new(&world).await;
    rule(&world, "2026-01-01T00:00:00+08:00", 0, CoolingOffCustomers::All).await;
    world.import(&native("2026-06", "2026-06-30T16:30:00Z", "5", "late")).await;
    world.settle("2026-06", RunKind::Final).await;
    moved(&world, a, new, "2026-07-01T00:00:00+08:00").await;
    world.verify().await;
    assert_eq!(
        world.lines().await,
        [
            "202606 202606 Old A COUNTED 5000000 1",
            "202607 202606 New A COUNTED 5000000 1",
            "202607 202606 Old A COUNTED -5000000 -1",
        ]
    );
});

on_both_databases!(
    an_earlier_association_that_is_entered_late_lets_the_later_one_cool_off,
    |db| async move {
        let world = World::open(&db).await;
        let old = world.partner(PartnerKind::SolutionProvider, "Old").await;
        let new = world.partner(PartnerKind::SolutionProvider, "New").await;
        let a = world.customer("A").await;
        world.associate(a, new, "2026-03-01T00:00:00Z").await;
        world.import(&bill(&[row("A", "10", "2026-04-10T00:00:00Z", "april")])).await;
        world.import(&bill(&[row("A", "7", "2026-09-10T00:00:00Z", "september")])).await;
        world.settle("2026-04", RunKind::Final).await;
        let input = NewAssociation {
            customer_id: a,
            partner_id: old,
            mode: AssociationMode::Resale,
            valid_from: Some(at("2026-01-01T00:00:00Z")),
            valid_to: Some(at("2026-02-01T00:00:00Z")),
        };
        create(&world.store, &world.context, None, input).await.unwrap();
        world.verify().await;
        assert_eq!(
            world.lines().await,
            [
                "202604 202604 New A COUNTED 10000000 1",
                "202605 202604 New A COUNTED -10000000 -1",
                "202605 202604 New A COOLING_OFF 10000000 1",
                "202609 202609 New A COUNTED 7000000 1",
            ]
        );
    }
);

on_both_databases!(
    a_correction_of_an_earlier_association_ends_the_cooling_off_of_the_later,
    |db| async move {
        let world = World::open(&db).await;
        let (a, _, new) = old_and_new(&world).await;
        let first = entity::association::Entity::find().one(world.store.db()).await.unwrap().unwrap();
        moved(&world, a, new, "2026-08-01T00:00:00Z").await;
        world.import(&bill(&[row("A", "10", "2026-09-10T00:00:00Z", "september")])).await;
        assert_eq!(world.lines().await, ["202609 202609 New A COOLING_OFF 10000000 1"]);
        let input = Correct {
            association_id: first.id,
            expected_version: 2,
            partner_id: Some(new),
            mode: None,
            valid_from: None,
            reason: "it was New all the time".into(),
        };
        correct(&world.store, &world.context, None, input).await.unwrap();
        world.verify().await;
        assert_eq!(world.lines().await, ["202609 202609 New A COUNTED 10000000 1"]);
    }
);

on_both_databases!(only_long_tail_customers_cool_off_and_only_from_2026_on, |db| async move {
    let world = World::open(&db).await;
    let (a, old, new) = old_and_new(&world).await;
    let b = world.customer("B").await;
    world.associate(b, old, "2025-01-01T00:00:00Z").await;
    moved(&world, a, new, "2026-08-01T00:00:00Z").await;
    moved(&world, b, new, "2025-12-31T15:59:59Z").await;
    let rows = ["A", "B"].map(|account| row(account, "10", "2026-02-10T00:00:00Z", "february"));
    world.import(&bill(&rows)).await;
    world.import(&bill(&[row("A", "10", "2026-09-10T00:00:00Z", "september")])).await;
    let cooled = ["202602 202602 New B COUNTED 10000000 1", "202602 202602 Old A COUNTED 10000000 1"];
    assert_eq!(world.lines().await[..2], cooled);
    assert_eq!(world.lines().await[2..], ["202609 202609 New A COOLING_OFF 10000000 1"]);
    let input = SetLongTail {
        customer_id: a,
        expected_version: 1,
        long_tail: false,
        reason: "a key account since 2024".into(),
    };
    set_long_tail(&world.store, &world.context, None, input).await.unwrap();
    world.verify().await;
    assert_eq!(world.lines().await[2..], ["202609 202609 New A COUNTED 10000000 1"]);
    // The programme may ask it of all customers.
    rule(&world, "2026-07-01T00:00:00+08:00", 1, CoolingOffCustomers::All).await;
    world.verify().await;
    assert_eq!(world.lines().await[2..], ["202609 202609 New A COUNTED 10000000 1"], "over since September");
    rule(&world, "2026-07-01T00:00:00+08:00", 2, CoolingOffCustomers::All).await;
    world.verify().await;
    assert_eq!(world.lines().await[2..], ["202609 202609 New A COOLING_OFF 10000000 1"]);
});
