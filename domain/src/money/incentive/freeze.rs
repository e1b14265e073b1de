//! PURE. What of a month's incentive is frozen: what the consumption that is not paid yet would earn
//! (docs/domain.md, "Issued incentive").

use std::collections::BTreeMap;

use entity::{AssociationMode, Currency, CustomerId, incentive_rate};

use crate::settlement::price::{Overflow, earned, round};

/// Policy and rate number.
pub type RateKey = (i64, i16);

/// A rate of the month, with the performance that counted for it on the bill, in micros.
#[derive(Clone, Copy, Debug)]
pub struct Rate<'a> {
    /// The rate.
    pub model: &'a incentive_rate::Model,
    /// What counted.
    pub counted: i64,
}

/// Consumption of the month that is not paid, in micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaid {
    /// The rate it would be priced with.
    pub rate: RateKey,
    /// Who has not paid.
    pub customer: CustomerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// How much.
    pub basis: i64,
}

/// What is frozen for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Who has not paid.
    pub customer: CustomerId,
    /// Consulting or resale.
    pub mode: AssociationMode,
    /// What was not paid, in micros.
    pub unpaid: i64,
    /// What it would earn, in micros, rounded to the smallest unit.
    pub amount: i64,
}

/// What each customer's unpaid consumption would earn if all were paid: of each rate the difference that minimum and
/// cap leave, shared out by what is unpaid. What would earn nothing, or less than nothing, is not frozen.
pub fn frozen(
    currency: Currency,
    rates: &BTreeMap<RateKey, Rate<'_>>,
    unpaid: &[Unpaid],
) -> Result<Vec<Frozen>, Overflow> {
    let mut shares: BTreeMap<(CustomerId, AssociationMode), (i64, i128)> = BTreeMap::new();
    for (key, rate) in rates {
        let of_rate = || unpaid.iter().filter(|u| u.rate == *key);
        let sum: i128 = of_rate().map(|u| i128::from(u.basis)).sum();
        let positive: i128 = of_rate().map(|u| i128::from(u.basis.max(0))).sum();
        let all = i64::try_from(i128::from(rate.counted) + sum).map_err(|_| Overflow)?;
        let more = earned(rate.model, all).0 - earned(rate.model, rate.counted).0;
        if more <= 0 || positive == 0 {
            continue;
        }
        for one in of_rate().filter(|u| u.basis > 0) {
            let share = shares.entry((one.customer, one.mode)).or_default();
            share.0 = share.0.checked_add(one.basis).ok_or(Overflow)?;
            share.1 += more * i128::from(one.basis) / positive;
        }
    }
    let mut all = Vec::with_capacity(shares.len());
    for ((customer, mode), (unpaid, exact)) in shares {
        let amount = round(exact, currency)?;
        if amount > 0 {
            all.push(Frozen { customer, mode, unpaid, amount });
        }
    }
    Ok(all)
}

/// What of `amount` belongs to `part` of `whole`, cut off to micros; all of it at most, nothing at least.
#[must_use]
pub fn proportion(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 || part <= 0 {
        return 0;
    }
    let share = i128::from(amount) * i128::from(part.min(whole)) / i128::from(whole);
    i64::try_from(share).unwrap_or(amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssociationMode::Consulting;
    use entity::IncentivePolicyId;

    const UNIT: i64 = 1_000_000;

    fn rate(minimum: i64, cap: Option<i64>) -> incentive_rate::Model {
        incentive_rate::Model {
            policy_id: IncentivePolicyId(1),
            seq: 1,
            product_class: None,
            specific_only: false,
            mode: None,
            partner_kind: None,
            tier: None,
            rate_ppm: 100_000,
            minimum: Some(minimum * UNIT),
            cap: cap.map(|cap| cap * UNIT),
        }
    }

    fn unpaid(customer: i64, units: i64) -> Unpaid {
        Unpaid { rate: (1, 1), customer: CustomerId(customer), mode: Consulting, basis: units * UNIT }
    }

    #[test]
    fn what_unpaid_consumption_would_earn_is_frozen_within_minimum_and_cap() {
        let cny: Currency = "CNY".parse().unwrap();
        for (minimum, cap, counted, open, expected) in [
            (0, None, 100, vec![unpaid(1, 50), unpaid(2, 30)], vec![(1, 5), (2, 3)]),
            // Below the minimum even with it: nothing.
            (500, None, 100, vec![unpaid(1, 50)], vec![]),
            // With it the minimum is reached: all of it is earned by paying.
            (150, None, 100, vec![unpaid(1, 50)], vec![(1, 15)]),
            // The cap leaves only so much.
            (0, Some(12), 100, vec![unpaid(1, 30), unpaid(2, 10)], vec![(1, 1), (2, 0)]),
            (0, Some(10), 100, vec![unpaid(1, 30)], vec![]),
            // Refunds that are not settled make it less, never negative.
            (0, None, 100, vec![unpaid(1, 50), unpaid(2, -20)], vec![(1, 3)]),
            (0, None, 100, vec![unpaid(1, -50)], vec![]),
        ] {
            let model = rate(minimum, cap);
            let rates = BTreeMap::from([((1, 1), Rate { model: &model, counted: counted * UNIT })]);
            let found = frozen(cny, &rates, &open).unwrap();
            let found: Vec<_> = found.iter().map(|f| (f.customer.0, f.amount / UNIT)).collect();
            assert_eq!(found, expected, "{minimum} {cap:?}");
        }
    }

    #[test]
    fn a_part_is_never_more_than_the_whole_nor_less_than_nothing() {
        for (amount, part, whole, share) in [
            (100, 1, 3, 33),
            (100, 3, 3, 100),
            (100, 4, 3, 100),
            (100, -1, 3, 0),
            (100, 1, 0, 0),
            (i64::MAX, 1, 1, i64::MAX),
        ] {
            assert_eq!(proportion(amount, part, whole), share);
        }
    }
}
