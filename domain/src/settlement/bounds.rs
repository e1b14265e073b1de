//! Safety bounds: a bill that is far off what is usual for its partner is parked for review, the others pass.

use entity::{Currency, Month, ParkedCode, PartnerId, programme};
use rustc_hash::FxHashMap;
use sea_orm::ConnectionTrait;

use crate::kernel::error::Result;
use crate::kernel::store::query;

/// Months that are looked back: a quarter is recent, and long enough that one odd bill is not the usual one.
pub const MONTHS_BACK: i32 = 3;
/// One, in parts per million.
const ONE_PPM: i128 = 1_000_000;

/// How far off a bill may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many times more or less than usual, in parts per million; 0 parks nothing.
    pub factor_ppm: i32,
    /// Micros of the bill's currency: nothing is parked while bill and usual both lie below.
    pub floor: i64,
}

impl Bounds {
    /// The bounds of a programme.
    #[must_use]
    pub fn of(programme: &programme::Model) -> Self {
        Self { factor_ppm: programme.bill_factor_ppm, floor: programme.bill_factor_floor }
    }
}

/// Why a bill is parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parked {
    /// How it lies to what is usual.
    pub code: ParkedCode,
    /// What is usual, in micros.
    pub typical: i64,
    /// The factor it was held against, in parts per million.
    pub factor_ppm: i32,
}

/// What is usual after `recent` bills, in micros: their median, so that one odd bill among three is not it. None
/// without any. Between two bills it is their mean, towards zero. PURE.
#[must_use]
pub fn typical(recent: &[i64]) -> Option<i64> {
    let mut sorted = recent.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    i64::try_from((i128::from(lower) + i128::from(upper)) / 2).ok()
}

/// Whether a bill of `amount` micros is parked after `recent` ones. Usual is everything between the typical bill
/// divided by the factor and multiplied by it. PURE.
#[must_use]
pub fn verdict(bounds: Bounds, recent: &[i64], amount: i64) -> Option<Parked> {
    if bounds.factor_ppm == 0 {
        return None;
    }
    let typical = typical(recent)?;
    if amount.unsigned_abs().max(typical.unsigned_abs()) < bounds.floor.unsigned_abs() {
        return None;
    }
    let (bill, usual, factor) = (i128::from(amount), i128::from(typical), i128::from(bounds.factor_ppm));
    // Both ends times the factor in ppm, so that nothing is divided.
    let (divided, multiplied) = (usual * ONE_PPM * ONE_PPM, usual * factor * factor);
    let bill = bill * ONE_PPM * factor;
    let code = if bill > divided.max(multiplied) {
        ParkedCode::AboveUsual
    } else if bill >= divided.min(multiplied) {
        return None;
    } else if amount < 0 && typical >= 0 {
        ParkedCode::Negative
    } else {
        ParkedCode::BelowUsual
    };
    Some(Parked { code, typical, factor_ppm: bounds.factor_ppm })
}

/// The amounts of recent formal bills, by partner and currency.
#[derive(Debug, Default)]
pub struct Recent(FxHashMap<(PartnerId, Currency), Vec<i64>>);

impl Recent {
    /// Reads the bills of the months before `month` of partners after `from` up to `to`. A bill that is parked
    /// itself is no measure for others.
    pub async fn load<C: ConnectionTrait>(connection: &C, month: Month, from: i64, to: i64) -> Result<Self> {
        let sql = "SELECT partner_id, currency, amount FROM incentive_bill WHERE partner_id > $1 AND partner_id <= $2 \
                   AND month >= $3 AND month < $4 AND state NOT IN ('ESTIMATED', 'PARKED')";
        let first = month.plus(-MONTHS_BACK);
        let mut recent = Self::default();
        for row in query(connection, sql, [from.into(), to.into(), first.0.into(), month.0.into()]).await? {
            let key = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
            recent.0.entry(key).or_default().push(row.try_get_by_index(2)?);
        }
        Ok(recent)
    }

    /// Whether a bill of a partner is parked. PURE.
    #[must_use]
    pub fn verdict(
        &self,
        bounds: Bounds,
        partner: PartnerId,
        currency: Currency,
        amount: i64,
    ) -> Option<Parked> {
        verdict(bounds, self.0.get(&(partner, currency)).map_or(&[], Vec::as_slice), amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParkedCode::{AboveUsual, BelowUsual, Negative};

    const FLOOR: i64 = 1_000;
    const THREE: Bounds = Bounds { factor_ppm: 3_000_000, floor: FLOOR };

    fn code(bounds: Bounds, recent: &[i64], amount: i64) -> Option<ParkedCode> {
        verdict(bounds, recent, amount).map(|parked| parked.code)
    }

    #[test]
    fn the_usual_bill_is_the_median_of_the_recent_ones() {
        for (recent, expected) in [
            (vec![], None),
            (vec![7], Some(7)),
            (vec![9, 4], Some(6)),
            (vec![-9, -4], Some(-6)),
            (vec![1_000_000, 5, 6], Some(6)),
            (vec![i64::MAX, i64::MAX], Some(i64::MAX)),
        ] {
            assert_eq!(typical(&recent), expected, "{recent:?}");
        }
    }

    #[test]
    fn a_bill_is_parked_one_micro_beyond_the_factor_in_either_direction() {
        let usual = [6_000];
        for (amount, expected) in [
            (18_000, None),
            (18_001, Some(AboveUsual)),
            (2_000, None),
            (1_999, Some(BelowUsual)),
            (0, Some(BelowUsual)),
            (-1, Some(Negative)),
            (i64::MAX, Some(AboveUsual)),
            (i64::MIN, Some(Negative)),
        ] {
            assert_eq!(code(THREE, &usual, amount), expected, "{amount}");
        }
    }

    #[test]
    fn usual_bills_below_zero_have_their_bounds_too() {
        for (amount, expected) in [
            (-6_000, None),
            (-2_000, None),
            (-18_000, None),
            (-18_001, Some(BelowUsual)),
            (-1_999, Some(AboveUsual)),
            (5, Some(AboveUsual)),
        ] {
            assert_eq!(code(THREE, &[-6_000], amount), expected, "{amount}");
        }
        for (amount, expected) in [(0, None), (1_000, Some(AboveUsual)), (-1_000, Some(Negative))] {
            assert_eq!(code(THREE, &[0], amount), expected, "{amount}");
        }
    }

    #[test]
    fn nothing_is_parked_below_the_floor_without_history_or_without_a_factor() {
        assert_eq!(code(THREE, &[1], FLOOR - 1), None);
        assert_eq!(code(THREE, &[1], FLOOR), Some(AboveUsual));
        assert_eq!(code(THREE, &[FLOOR - 1], -1), None);
        assert_eq!(code(THREE, &[FLOOR], -1), Some(Negative));
        assert_eq!(code(THREE, &[], i64::MAX), None);
        assert_eq!(code(Bounds { factor_ppm: 0, ..THREE }, &[1], i64::MAX), None);
    }

    proptest::proptest! {
        #[test]
        fn no_amount_overflows_and_a_larger_factor_parks_no_more(
            recent in proptest::collection::vec(proptest::num::i64::ANY, 0..4),
            amount in proptest::num::i64::ANY,
            factor_ppm in 1_000_000_i32..=1_000_000_000,
        ) {
            let parked = verdict(Bounds { factor_ppm, floor: 0 }, &recent, amount);
            let wider = Bounds { factor_ppm: factor_ppm.saturating_add(1_000_000), floor: 0 };
            if parked.is_none() {
                proptest::prop_assert_eq!(verdict(wider, &recent, amount), None);
            }
        }
    }
}
