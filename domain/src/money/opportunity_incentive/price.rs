//! PURE. What a claim comes to.

use entity::pce_incentive_policy;

use crate::settlement::price::{Overflow, round};

/// What `basis` micros of cash earn by a policy, in micros, when the partner has `used` micros of its year already:
/// rounded once, then capped by opportunity and by what is left of the year. Never below zero.
pub fn amount(policy: &pce_incentive_policy::Model, basis: i64, used: i64) -> Result<i64, Overflow> {
    let plain = round(i128::from(basis.max(0)) * i128::from(policy.rate_ppm), policy.currency)?;
    let left = policy.year_cap.saturating_sub(used).max(0);
    Ok(plain.min(policy.opportunity_cap).min(left))
}

#[cfg(test)]
mod tests {
    use entity::{Month, PcePolicyId, Timestamp};

    use super::*;

    const UNIT: i64 = 1_000_000;

    fn policy(rate_ppm: i32, opportunity_cap: i64, year_cap: i64) -> pce_incentive_policy::Model {
        pce_incentive_policy::Model {
            id: PcePolicyId(1),
            name: "P".into(),
            valid_from: Month(202_601),
            valid_to: None,
            currency: "CNY".parse().unwrap(),
            rate_ppm,
            months: 12,
            opportunity_cap,
            year_cap,
            created_by: "x".into(),
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn it_is_rounded_once_and_capped_twice() {
        let p = policy(30_000, 1_000 * UNIT, 1_500 * UNIT);
        let table = [
            (0, 0, 0),
            (-5 * UNIT, 0, 0),
            (100 * UNIT, 0, 3 * UNIT),
            // 0.005 is half of the smallest unit and goes away from zero.
            (166_667, 0, 10_000),
            (166_666, 0, 0),
            (100_000 * UNIT, 0, 1_000 * UNIT),
            (100_000 * UNIT, 600 * UNIT, 900 * UNIT),
            (100_000 * UNIT, 1_500 * UNIT, 0),
            (100_000 * UNIT, 2_000 * UNIT, 0),
        ];
        for (basis, used, expected) in table {
            assert_eq!(amount(&p, basis, used).ok(), Some(expected), "{basis} {used}");
        }
    }

    proptest::proptest! {
        #[test]
        fn it_is_never_below_zero_never_above_a_cap_and_a_multiple_of_the_smallest_unit(
            basis in i64::MIN / 4..i64::MAX / 4, used in 0..i64::MAX / 4, rate in 1..1_000_000_i32,
            one in 1..1_000_000_i64, year in 1..10_000_000_i64, used_units in 0..20_000_000_i64,
        ) {
            let p = policy(rate, one * 10_000, year * 10_000);
            for used in [used - used % 10_000, used_units * 10_000] {
                let Ok(amount) = amount(&p, basis, used) else { continue };
                proptest::prop_assert!((0..=p.opportunity_cap).contains(&amount));
                proptest::prop_assert!(amount == 0 || amount + used <= p.year_cap);
                proptest::prop_assert_eq!(amount % 10_000, 0);
                proptest::prop_assert!(i128::from(amount) <= i128::from(basis.max(0)) + 10_000);
            }
        }

        #[test]
        fn more_cash_never_earns_less(basis in 0..1_000_000_000_000_i64, more in 0..1_000_000_000_000_i64) {
            let p = policy(30_000, 1_000 * UNIT, 1_500 * UNIT);
            proptest::prop_assert!(amount(&p, basis, 0).ok() <= amount(&p, basis + more, 0).ok());
        }
    }
}
