//! What comes later: payments, refunds, accounts, void bills. Corrections are differences.

use domain::performance::import::pay::{MarkPaid, mark_paid};

use super::*;

const LATE: &str = "2026-09-20T00:00:00Z";

/// A seller with a bill of September over 100 units, without fees, and the clock in November.
async fn billed(db: &tests::db::TestDatabase) -> (World, PartnerId) {
    let world = World::open(db).await;
    let shop = certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 0, 0).await;
    world.customer("A").await;
    world.import(&bill(&[sale("Shop", "A", "100", "2026-09-10T00:00:00Z", "one")])).await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    world.clock.set(at("2026-12-15T00:00:00Z"));
    (world, shop)
}

on_both_databases!(late_sales_and_refunds_are_the_difference_in_the_next_bill, |db| async move {
    let (world, _) = billed(&db).await;
    let rows = [
        sale("Shop", "A", "30.004", LATE, "late"),
        sale("Shop", "A", "-10", LATE, "late refund"),
        sale("Shop", "A", "5", "2026-10-05T00:00:00Z", "of October"),
    ];
    world.import(&bill(&rows)).await;
    // The bill of September stands; what came after it waits for the next one.
    assert_eq!(bill_out(&world, "2026-09").await, 0);
    assert_eq!(withheld(&world).await, ["202609 Shop NEXT_BILL 2000"]);
    assert_eq!(bill_out(&world, "2026-10").await, 1);
    let expected = [
        "202609 BASE 202609 100000000 100000000",
        "202610 CORRECTION 202609 20004000 20004000",
        "202610 BASE 202610 5000000 5000000",
        "202610 RESIDUE 202610 0 -4000",
    ];
    assert_eq!(lines(&world).await, expected);
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000", "AWAIT_COUNTERSIGN 2500"]);
    // Six thousandths more make the cent that was left over.
    world.import(&bill(&[sale("Shop", "A", "0.006", LATE, "later still")])).await;
    bill_out(&world, "2026-11").await;
    let last = ["202611 CORRECTION 202609 6000 6000", "202611 RESIDUE 202611 0 4000"];
    assert_eq!(lines(&world).await[4..], last);
    world.verify().await;
});

on_both_databases!(zero_and_less_is_carried_until_it_can_be_set_off, |db| async move {
    let (world, shop) = billed(&db).await;
    world.import(&bill(&[sale("Shop", "A", "-40", LATE, "refund")])).await;
    assert_eq!(bill_out(&world, "2026-10").await, 1);
    let carried = "202610 Shop GOODS CARRIED: -4000 - 0 - 0 = -4000 in 1";
    assert_eq!(bills(&world).await[1], carried);
    assert_eq!(held(&world, shop).await, ["CARRIED -4000", "EARNED -6000", "IN_PAYOUT 10000"]);
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000"]);
    assert_eq!(told(&world, "CARRIED").await, 1);
    world.verify().await;
    world.import(&bill(&[sale("Shop", "A", "75", "2026-11-05T00:00:00Z", "of November")])).await;
    assert_eq!(bill_out(&world, "2026-11").await, 1);
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000", "AWAIT_COUNTERSIGN 3500"]);
    assert!(bills(&world).await[1].contains("BILLED"), "set off");
    assert_eq!(held(&world, shop).await, ["EARNED -13500", "IN_PAYOUT 13500"]);
    world.verify().await;
});

on_both_databases!(a_void_bill_frees_its_lines_and_what_was_set_off_is_owed_again, |db| async move {
    let (world, shop) = billed(&db).await;
    world.import(&bill(&[sale("Shop", "A", "-40", LATE, "refund")])).await;
    bill_out(&world, "2026-10").await;
    world.import(&bill(&[sale("Shop", "A", "75", "2026-11-05T00:00:00Z", "of November")])).await;
    bill_out(&world, "2026-11").await;
    let (second, _) = requests(&world).await[1];
    void(&world, second).await;
    let states: Vec<_> =
        bills(&world).await.iter().map(|b| b.split(' ').nth(3).unwrap().to_owned()).collect();
    assert_eq!(states, ["BILLED:", "CARRIED:", "CANCELLED:"]);
    assert_eq!(held(&world, shop).await, ["CARRIED -4000", "EARNED -6000", "IN_PAYOUT 10000"]);
    assert_eq!(told(&world, "CANCELLED").await, 1);
    world.verify().await;
    // The same month once more bills what was freed, and sets off again.
    assert_eq!(bill_out(&world, "2026-11").await, 1);
    let expected = ["AWAIT_COUNTERSIGN 10000", "CANCELLED 3500", "AWAIT_COUNTERSIGN 3500"];
    assert_eq!(texts(&world).await, expected);
    // The first bill void: all it held comes with the next.
    let (first, _) = requests(&world).await[0];
    void(&world, first).await;
    world.verify().await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    assert_eq!(held(&world, shop).await, ["EARNED -13500", "IN_PAYOUT 13500"]);
    world.verify().await;
});

on_both_databases!(unpaid_sales_wait_and_come_with_their_payment, |db| async move {
    let (world, _) = billed(&db).await;
    world.import_as(&bill(&[sale("Shop", "A", "50", LATE, "not paid")]), false).await;
    assert_eq!(bill_out(&world, "2026-10").await, 0);
    assert_eq!(withheld(&world).await, ["202610 Shop NOT_PAID 5000"]);
    world.verify().await;
    let paid = MarkPaid { provider: "Cloud".into(), invoice_no: "A/2026-09/USD".into(), paid_at: None };
    mark_paid(&world.store, &world.context, None, paid).await.unwrap();
    assert_eq!(bill_out(&world, "2026-11").await, 1);
    assert_eq!(texts(&world).await, ["AWAIT_COUNTERSIGN 10000", "AWAIT_COUNTERSIGN 5000"]);
    world.verify().await;
});

on_both_databases!(an_account_that_is_linked_later_moves_its_sales_without_money, |db| async move {
    let world = World::open(&db).await;
    certified_seller(&world, "Shop").await;
    goods_terms(&world, "2026-01", 50_000, 0).await;
    world.import(&bill(&[sale("Shop", "B", "100", "2026-09-10T00:00:00Z", "nobody's")])).await;
    assert_eq!(bill_out(&world, "2026-09").await, 1);
    world.customer("B").await;
    world.clock.set(at("2026-11-15T00:00:00Z"));
    assert_eq!(bill_out(&world, "2026-10").await, 1);
    let expected = [
        "202609 Shop GOODS BILLED: 10000 - 500 - 0 = 9500 in 1",
        "202610 Shop GOODS CARRIED: 0 - 0 - 0 = 0 in 2",
    ];
    assert_eq!(bills(&world).await, expected);
    world.verify().await;
});
