//! PURE. What a bill-out makes of a seller's open sales: bills, what is asked to be paid, and what is not billed.

use std::collections::BTreeMap;

use entity::{Currency, MarketplaceCategory, Month, PartnerId, SettlementBillId, UnbilledReason};

use super::open::Open;
use super::price::{Fees, PricedBill, SoFar, bill, line};
use crate::settlement::price::Overflow;

/// A bill that waits to be part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The bill.
    pub id: SettlementBillId,
    /// Its month.
    pub month: Month,
    /// In micros.
    pub amount: i64,
}

/// What stands of a seller in one currency and category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What bills that are not cancelled come to.
    pub so_far: SoFar,
    /// The month has a bill.
    pub billed: bool,
    /// Bills that wait to be part of a request, oldest first.
    pub carried: Vec<Carried>,
}

/// What stands of a seller, by currency and category.
pub type StandingBy = BTreeMap<(Currency, MarketplaceCategory), Standing>;

/// A bill to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBill {
    /// The seller.
    pub partner_id: PartnerId,
    /// The currency.
    pub currency: Currency,
    /// The category.
    pub category: MarketplaceCategory,
    /// What it says.
    pub priced: PricedBill,
    /// Carried bills that it is requested with; none if it is carried itself.
    pub requested_with: Option<Vec<Carried>>,
}

/// Sales that are not billed, in micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbilled {
    /// The currency.
    pub currency: Currency,
    /// Why.
    pub reason: UnbilledReason,
    /// How much.
    pub amount: i64,
}

/// What came out for a seller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Bills to be made.
    pub bills: Vec<NewBill>,
    /// What is not billed.
    pub unbilled: Vec<Unbilled>,
}

/// Decides about the open groups of one seller. `fees` are those of a category and month of sales, if set.
pub fn decide(
    month: Month,
    open: &[Open],
    certified: bool,
    standing: &StandingBy,
    fees: impl Fn(MarketplaceCategory, Month) -> Option<Fees>,
) -> Result<Decided, Overflow> {
    let mut unbilled: BTreeMap<(Currency, UnbilledReason), i64> = BTreeMap::new();
    let mut lines: BTreeMap<(Currency, MarketplaceCategory), (PartnerId, Vec<_>)> = BTreeMap::new();
    for group in open {
        let key = (group.currency, group.category);
        let mut withhold = |reason, amount: i64| -> Result<(), Overflow> {
            let sum = unbilled.entry((group.currency, reason)).or_default();
            *sum = sum.checked_add(amount).ok_or(Overflow)?;
            Ok(())
        };
        if group.unpaid != 0 {
            withhold(UnbilledReason::NotPaid, group.unpaid)?;
        }
        let difference = group.total.checked_sub(group.held).ok_or(Overflow)?;
        if difference == 0 {
            continue;
        }
        if !certified {
            withhold(UnbilledReason::NotCertified, difference)?;
        } else if standing.get(&key).is_some_and(|standing| standing.billed) {
            withhold(UnbilledReason::NextBill, difference)?;
        } else if let Some(fees) = fees(group.category, group.origin_month) {
            lines.entry(key).or_insert((group.partner_id, vec![])).1.push(line(month, group, fees)?);
        } else {
            withhold(UnbilledReason::NoTerms, difference)?;
        }
    }
    let bills = lines.into_iter().map(|((currency, category), (partner_id, lines))| {
        let standing = standing.get(&(currency, category)).cloned().unwrap_or_default();
        let priced = bill(month, currency, lines, standing.so_far)?;
        let carried: i128 = standing.carried.iter().map(|bill| i128::from(bill.amount)).sum();
        let pays = carried + i128::from(priced.amount) > 0;
        let requested_with = pays.then_some(standing.carried);
        Ok(NewBill { partner_id, currency, category, priced, requested_with })
    });
    let bills = bills.collect::<Result<Vec<_>, Overflow>>()?;
    let unbilled = unbilled
        .into_iter()
        .filter(|(_, amount)| *amount != 0)
        .map(|((currency, reason), amount)| Unbilled { currency, reason, amount })
        .collect();
    Ok(Decided { bills, unbilled })
}

#[cfg(test)]
mod tests {
    use entity::{CustomerId, ProductId};

    use super::*;

    const MONTH: Month = Month(202_609);
    const UNIT: i64 = 1_000_000;

    fn cny() -> Currency {
        "CNY".parse().unwrap()
    }

    fn open(total: i64, held: i64, unpaid: i64) -> Open {
        Open {
            partner_id: PartnerId(1),
            currency: cny(),
            category: MarketplaceCategory::Goods,
            origin_month: MONTH,
            customer_id: CustomerId(2),
            product_id: ProductId(3),
            total: total * UNIT,
            unpaid: unpaid * UNIT,
            held: held * UNIT,
            platform_held: 0,
            operating_held: 0,
        }
    }

    fn ten_percent(_: MarketplaceCategory, _: Month) -> Option<Fees> {
        Some(Fees { platform_ppm: 100_000, operating_ppm: 0 })
    }

    fn standing(carried: &[i64], billed: bool) -> StandingBy {
        let carried = carried.iter().zip(1..).map(|(n, id)| Carried {
            id: SettlementBillId(id),
            month: MONTH.previous(),
            amount: n * UNIT,
        });
        let carried = carried.collect();
        [((cny(), MarketplaceCategory::Goods), Standing { carried, billed, ..Standing::default() })].into()
    }

    fn reasons(decided: &Decided) -> Vec<(UnbilledReason, i64)> {
        decided.unbilled.iter().map(|u| (u.reason, u.amount / UNIT)).collect()
    }

    #[test]
    fn what_is_not_billed_says_why() {
        let groups = [open(100, 0, 7)];
        let none = StandingBy::new();
        let uncertified = decide(MONTH, &groups, false, &none, ten_percent).unwrap();
        assert!(uncertified.bills.is_empty());
        let expected = [(UnbilledReason::NotCertified, 100), (UnbilledReason::NotPaid, 7)];
        assert_eq!(reasons(&uncertified), expected);
        let no_terms = decide(MONTH, &groups, true, &none, |_, _| None).unwrap();
        assert_eq!(reasons(&no_terms), [(UnbilledReason::NotPaid, 7), (UnbilledReason::NoTerms, 100)]);
        let later = decide(MONTH, &groups, true, &standing(&[], true), ten_percent).unwrap();
        assert_eq!(reasons(&later), [(UnbilledReason::NotPaid, 7), (UnbilledReason::NextBill, 100)]);
        assert!(later.bills.is_empty());
    }

    #[test]
    fn zero_and_less_is_carried_until_the_sum_is_above_zero() {
        for (total, carried, requested) in [
            (100, &[][..], true),
            (100, &[-89][..], true),
            (100, &[-90][..], false),
            (100, &[-91][..], false),
            (100, &[-200, 150][..], true),
            (-100, &[][..], false),
            (-100, &[91][..], true),
        ] {
            let decided =
                decide(MONTH, &[open(total, 0, 0)], true, &standing(carried, false), ten_percent).unwrap();
            let bill = &decided.bills[0];
            assert_eq!(bill.priced.amount, total * UNIT / 10 * 9);
            assert_eq!(bill.requested_with.is_some(), requested, "{total} {carried:?}");
            let with = bill.requested_with.as_ref().map_or(0, Vec::len);
            assert_eq!(with, if requested { carried.len() } else { 0 });
        }
    }

    #[test]
    fn what_is_billed_already_makes_no_bill() {
        let decided = decide(MONTH, &[open(100, 100, 0)], true, &StandingBy::new(), ten_percent).unwrap();
        assert_eq!(decided, Decided::default());
    }
}
