//! What changes of lines come to.

use entity::ChargingMode;

use super::*;

const SEPTEMBER: Month = Month(202_609);
const OCTOBER: Month = Month(202_610);

fn line(partner: i64, product: i64, charging_mode: ChargingMode) -> LineKey {
    LineKey {
        origin_month: SEPTEMBER,
        partner_id: PartnerId(partner),
        bill_to_id: PartnerId(partner),
        mode: Some(AssociationMode::Resale),
        product_id: ProductId(product),
        charging_mode,
        currency: "USD".parse().unwrap(),
        reason: Reason::Counted,
    }
}

fn change(amount: i64, payments: i64) -> LineSum {
    LineSum { amount, payments }
}

fn written(changes: &[(Month, LineKey, LineSum)]) -> Written {
    let mut gathered = Changes::default();
    for (month, line, sum) in changes {
        gathered.add(*month, line, *sum);
    }
    gathered.written()
}

#[test]
fn changes_of_customers_and_charging_modes_are_summed_and_sorted() {
    let (hourly, yearly) = (ChargingMode::PayPerUse, ChargingMode::Subscription);
    let found = written(&[
        (SEPTEMBER, line(2, 1, hourly), change(5, 1)),
        (SEPTEMBER, line(1, 1, hourly), change(3, 1)),
        (SEPTEMBER, line(2, 1, yearly), change(-7, 1)),
        (SEPTEMBER, line(2, 1, hourly), change(5, 1)),
    ]);
    let rows: Vec<_> = found.rows.iter().map(|r| (r.key.partner_id.0, r.change)).collect();
    assert_eq!(rows, [(1, change(3, 1)), (2, change(3, 3))]);
    assert!(found.stale.is_empty());
}

#[test]
fn what_comes_to_nothing_is_not_written_and_what_moves_is() {
    let key = line(1, 1, ChargingMode::PayPerUse);
    assert_eq!(
        written(&[(SEPTEMBER, key, change(5, 1)), (SEPTEMBER, key, change(-5, -1))]),
        Written::default()
    );
    let free = written(&[(SEPTEMBER, key, change(5, 1)), (SEPTEMBER, key, change(-5, 1))]);
    assert_eq!(free.rows[0].change, change(0, 2));
}

#[test]
fn a_month_with_more_changes_than_the_limit_is_marked_and_others_are_written() {
    let many = |n: usize| {
        let mut changes = vec![(OCTOBER, line(1, 1, ChargingMode::PayPerUse), change(1, 1))];
        let products = (0..n).map(|i| line(1, i64::try_from(i).unwrap(), ChargingMode::PayPerUse));
        changes.extend(products.map(|line| (SEPTEMBER, line, change(1, 1))));
        written(&changes)
    };
    let at_limit = many(CHANGES_AT_ONCE);
    assert_eq!((at_limit.rows.len(), at_limit.stale.len()), (CHANGES_AT_ONCE + 1, 0));
    let beyond = many(CHANGES_AT_ONCE + 1);
    assert_eq!((beyond.rows.len(), beyond.stale), (1, BTreeSet::from([SEPTEMBER])));
    assert_eq!(beyond.rows[0].key.month, OCTOBER);
}

#[test]
fn a_change_too_large_to_add_marks_its_month_even_past_64_bits() {
    let key = line(1, 1, ChargingMode::PayPerUse);
    let half = i64::MAX / 2;
    assert_eq!(written(&[(SEPTEMBER, key, change(half, 1))]).rows.len(), 1);
    for amounts in [&[half, 1][..], &[-half, -1], &[i64::MAX, i64::MAX]] {
        let changes: Vec<_> = amounts.iter().map(|a| (SEPTEMBER, key, change(*a, 1))).collect();
        assert_eq!(written(&changes).stale, BTreeSet::from([SEPTEMBER]), "{amounts:?}");
    }
    assert!(UPSERT.contains(&format!("BETWEEN -{half} AND {half}")));
}
