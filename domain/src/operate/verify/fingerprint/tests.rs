use entity::{ChargingMode, PartnerId, ProductId, Reason};
use proptest::prelude::*;

use super::*;

fn key(partner: i64, product: i64, reason: Reason) -> LineKey {
    LineKey {
        origin_month: Month(202_609),
        partner_id: PartnerId(partner),
        bill_to_id: PartnerId(partner),
        mode: None,
        product_id: ProductId(product),
        charging_mode: ChargingMode::ALL[0],
        currency: "USD".parse().unwrap(),
        reason,
    }
}

fn balance() -> Balance {
    Balance::new(Secret::new("00112233445566778899aabbccddeeff"))
}

#[test]
fn siphash_answers_as_other_implementations_do() {
    let secret = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];
    let words: Vec<u64> =
        (0..6_u8).map(|w| u64::from_le_bytes(std::array::from_fn(|i| w * 8 + i as u8))).collect();
    let hex = |hash: u128| hash.to_le_bytes().iter().map(|b| format!("{b:02X}")).collect::<String>();
    // From `openssl mac -macopt size:16 SIPHASH`, with the bytes 0, 1, 2, … as key and message.
    assert_eq!(hex(siphash128::<2, 4>(secret, &[])), "A3817F04BA25A8E66DF67214C7550293");
    assert_eq!(hex(siphash128::<2, 4>(secret, &words[..1])), "3B62A9BA6258F5610F83E264F31497B4");
    assert_eq!(hex(siphash128::<2, 4>(secret, &words)), "F7E5AEF549F782CF379055A608269B16");
    assert_eq!(hex(siphash128::<1, 3>(secret, &[])), "E77EBCB22788A5BEFD62DB6ADD303001");
    assert_eq!(hex(siphash128::<1, 3>(secret, &words)), "D505F1B75E1A84A603C43583B2ED0308");
}

#[test]
fn every_field_of_a_line_changes_its_coefficient() {
    let secret = Secret::new("00112233445566778899aabbccddeeff");
    let base = key(1, 2, Reason::Counted);
    let others = [
        LineKey { origin_month: Month(202_610), ..base },
        LineKey { partner_id: PartnerId(3), ..base },
        LineKey { bill_to_id: PartnerId(3), ..base },
        LineKey { mode: Some(AssociationMode::Resale), ..base },
        LineKey { product_id: ProductId(3), ..base },
        LineKey { charging_mode: ChargingMode::ALL[1], ..base },
        LineKey { currency: "EUR".parse().unwrap(), ..base },
        LineKey { reason: Reason::Tax, ..base },
    ];
    let mut coefficients: Vec<u128> =
        others.iter().map(|key| secret.coefficient(CustomerId(7), key)).collect();
    coefficients.push(secret.coefficient(CustomerId(7), &base));
    coefficients.push(secret.coefficient(CustomerId(8), &base));
    coefficients.sort_unstable();
    coefficients.dedup();
    assert_eq!(coefficients.len(), 10);
}

#[test]
fn a_micro_or_a_payment_or_a_move_between_lines_is_seen_in_the_bucket_of_its_customer() {
    let month = Month(202_609);
    let counted = key(1, 2, Reason::Counted);
    let tax = key(1, 2, Reason::Tax);
    let cases: [&[(LineKey, i64, i64)]; 4] =
        [&[(counted, 99, 1)], &[(counted, 100, 2)], &[(counted, 60, 1), (tax, 40, 0)], &[]];
    for lines in cases {
        let mut balance = balance();
        balance.add(CustomerId(7), &counted, 100, 1);
        lines.iter().for_each(|(key, amount, payments)| balance.take(CustomerId(7), key, *amount, *payments));
        assert!(balance.differs(month) && balance.differs_for(month, CustomerId(7)), "{lines:?}");
        assert!(!balance.differs_for(month, CustomerId(8)));
    }
}

proptest! {
    #[test]
    fn what_is_added_and_taken_in_any_order_and_parts_leaves_nothing(
        rows in proptest::collection::vec((0..9_i64, 0..4_i64, any::<i64>(), 0..5_i64), 0..60),
        cut in 0..60_usize,
    ) {
        let month = Month(202_609);
        let (mut one, mut other) = (balance(), balance());
        for (i, (customer, product, amount, payments)) in rows.iter().enumerate() {
            let part = if i < cut { &mut one } else { &mut other };
            part.add(CustomerId(*customer), &key(1, *product, Reason::Counted), *amount, *payments);
        }
        for (customer, product, amount, payments) in rows.iter().rev() {
            one.take(CustomerId(*customer), &key(1, *product, Reason::Counted), *amount, *payments);
        }
        one.merge(other);
        prop_assert!(!one.differs(month));
    }
}
