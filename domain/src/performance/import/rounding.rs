//! PURE. From exact source amounts to stored micros (docs/domain.md, "Rounding of imported amounts").
//!
//! The payable amounts of a month, account and currency are rounded cumulatively inside one import: what is stored
//! for a row is the rounded running sum after it minus the rounded running sum before it. So the stored sum is
//! the source sum rounded once, however many decimals the rows have.

use crate::kernel::exact::Exact;
use crate::performance::classify::Parts;
use crate::source::Amounts;

/// The amounts of a payment as stored, in micros. Both identities of docs/domain.md hold by construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// List price.
    pub official: i64,
    /// What was taken off.
    pub discount: i64,
    /// Cut-off fractions.
    pub truncated: i64,
    /// What was to pay.
    pub payable: i64,
    /// How it was paid.
    pub parts: Parts,
}

/// Stores `amounts` after the running sum `before`; returns them with the running sum after. `None` if an
/// amount does not fit.
#[must_use]
pub fn store(before: Exact, amounts: &Amounts) -> Option<(Stored, Exact)> {
    let after = before.checked_add(amounts.payable)?;
    let payable = after.round_to_micros()?.checked_sub(before.round_to_micros()?)?;
    let official = amounts.official.round_to_micros()?;
    let truncated = amounts.truncated.round_to_micros()?;
    let discount = official.checked_sub(truncated)?.checked_sub(payable)?;
    Some((Stored { official, discount, truncated, payable, parts: parts(amounts, payable)? }, after))
}

/// Rounds every part; the largest takes what rounding left over, so that the parts add up to `payable`.
fn parts(amounts: &Amounts, payable: i64) -> Option<Parts> {
    let mut rounded = [0_i64; 8];
    let mut largest = 0;
    for (i, part) in amounts.parts().iter().enumerate() {
        rounded[i] = part.round_to_micros()?;
        if rounded[i].unsigned_abs() > rounded[largest].unsigned_abs() {
            largest = i;
        }
    }
    if rounded[largest] == 0 {
        // Every part is below half a micro: the one that is not zero in the source takes it.
        largest = amounts.parts().iter().position(|p| !p.is_zero()).unwrap_or(0);
    }
    let sum = rounded.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part))?;
    rounded[largest] = rounded[largest].checked_add(payable.checked_sub(sum)?)?;
    let [cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off] = rounded;
    Some(Parts { cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text.as_bytes()).unwrap()
    }

    fn cash(text: &str) -> Amounts {
        Amounts { official: exact(text), payable: exact(text), cash: exact(text), ..Amounts::default() }
    }

    #[test]
    fn ten_rows_of_a_tenth_of_a_micro_store_one_micro() {
        let (mut sum, mut stored) = (Exact::ZERO, 0);
        for _ in 0..10 {
            let (row, after) = store(sum, &cash("0.0000001")).unwrap();
            stored += row.payable;
            sum = after;
        }
        assert_eq!(stored, 1);
    }

    #[test]
    fn the_largest_part_takes_what_rounding_left_over() {
        let amounts = Amounts {
            official: exact("1.0000008"),
            payable: exact("1.0000008"),
            cash: exact("0.6000004"),
            voucher: exact("0.4000004"),
            ..Amounts::default()
        };
        let (stored, _) = store(Exact::ZERO, &amounts).unwrap();
        assert_eq!((stored.payable, stored.parts.cash, stored.parts.voucher), (1_000_001, 600_001, 400_000));
    }

    proptest! {
        #[test]
        fn the_stored_sum_is_the_source_sum_rounded_once(values in proptest::collection::vec(-10_i64.pow(12)..10_i64.pow(12), 1..50)) {
            let (mut sum, mut stored) = (Exact::ZERO, 0);
            for value in values {
                // Ten decimals.
                let text = format!("{}{}.{:010}", if value < 0 { "-" } else { "" }, value.abs() / 10_i64.pow(10), value.abs() % 10_i64.pow(10));
                let (row, after) = store(sum, &cash(&text)).unwrap();
                prop_assert_eq!(row.official, row.discount + row.truncated + row.payable);
                prop_assert_eq!(row.parts.payable(), Some(row.payable));
                stored += row.payable;
                sum = after;
            }
            prop_assert_eq!(Some(stored), sum.round_to_micros());
        }
    }
}
