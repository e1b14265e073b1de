use proptest::prelude::*;

use super::*;

fn row(line: i64, category: ChargeCategory, product: i64, amount: i64) -> Row {
    let credit = category == ChargeCategory::Credit;
    Row {
        order: (Timestamp(0), ImportId(1), line),
        currency: "CNY".parse().unwrap(),
        invoice: None,
        product: ProductId(product),
        category,
        cash: if credit { 0 } else { amount },
        voucher: if credit { amount } else { 0 },
        void: false,
    }
}

fn usage(line: i64, product: i64, amount: i64) -> Row {
    row(line, ChargeCategory::Usage, product, amount)
}

fn credit(line: i64, product: i64, amount: i64) -> Row {
    row(line, ChargeCategory::Credit, product, amount)
}

#[test]
fn credits_of_a_product_pay_its_charges_in_proportion() {
    let rows = [usage(1, 1, 100), credit(2, 1, -100), usage(3, 1, 50), credit(4, 1, -20), usage(5, 2, 500)];
    assert_eq!(allot(&rows), [80, -100, 40, -20, 0]);
    let uneven = [usage(1, 1, 1), usage(2, 1, 1), usage(3, 1, 1), credit(4, 1, -2)];
    assert_eq!(allot(&uneven), [1, 1, 0, -2], "the largest remainders, the first of equal ones");
}

#[test]
fn a_credit_that_names_nothing_charged_pays_across_what_is_left() {
    let rows = [usage(1, 1, 100), usage(2, 2, 300), credit(3, 9, -40), credit(4, 1, -100)];
    assert_eq!(allot(&rows), [100, 40, -40, -100]);
}

#[test]
fn what_nothing_can_take_is_left_over_and_seen() {
    assert_eq!(allot(&[usage(1, 1, 10), credit(2, 1, -25), usage(3, 2, 99)]), [10, -10, 0]);
    let tax = row(1, ChargeCategory::Tax, 1, 10);
    assert_eq!(allot(&[tax, usage(2, 1, -10), credit(3, 1, -5)]), [0, 0, 0]);
}

#[test]
fn an_invoice_that_is_named_bounds_what_is_paid_and_so_does_the_currency() {
    let on = |row: Row, invoice| Row { invoice: Some(InvoiceId(invoice)), ..row };
    let rows = [on(usage(1, 1, 10), 1), on(usage(2, 1, 10), 2), on(credit(3, 1, -15), 2)];
    assert_eq!(allot(&rows), [0, 10, -10]);
    let other = Row { currency: "USD".parse().unwrap(), ..usage(1, 1, 10) };
    assert_eq!(allot(&[other, credit(2, 1, -5)]), [0, 0]);
    let void = Row { void: true, ..usage(1, 1, 10) };
    assert_eq!(allot(&[void, usage(2, 1, 10), credit(3, 1, -5)]), [0, 5, -5]);
}

#[test]
fn a_credit_that_is_taken_back_pays_the_less() {
    assert_eq!(allot(&[usage(1, 1, 10), credit(2, 1, -8), credit(3, 1, 5)]), [3, -3, 0]);
    assert_eq!(allot(&[usage(1, 1, 10), credit(2, 1, 5)]), [0, 0]);
}

proptest! {
    #[test]
    fn what_charges_are_paid_is_what_credits_pay_and_nothing_is_paid_twice(
        amounts in proptest::collection::vec((0..3_i64, any::<bool>(), -1_000_i64..1_000), 1..30)
    ) {
        let rows: Vec<Row> = amounts.iter().enumerate().map(|(line, (product, is_credit, amount))| {
            let line = i64::try_from(line).unwrap();
            if *is_credit { credit(line, *product, *amount) } else { usage(line, *product, *amount) }
        }).collect();
        let allotted = allot(&rows);
        prop_assert_eq!(allotted.iter().sum::<i64>(), 0);
        for (row, allotted) in rows.iter().zip(&allotted) {
            if row.is_credit() {
                prop_assert!(*allotted <= 0);
                prop_assert!(*allotted >= row.voucher.min(0));
            } else {
                prop_assert!((0..=row.cash.max(0)).contains(allotted));
            }
        }
    }
}
