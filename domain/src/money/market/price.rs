//! PURE. From sales to what a seller gets.
//!
//! A line holds what changed since earlier bills. Its fees are the fees of everything so far, rounded once, less
//! what earlier bills hold of them: so corrections never drift. A bill is a multiple of the smallest unit: all that
//! is billed so far, rounded once, less what earlier bills come to; what that leaves over is a line of its own.

use entity::{Currency, CustomerId, Month, ProductId, SettlementLineKind};

use super::open::Open;
use crate::settlement::price::{Overflow, round};

/// What the vendor takes, in parts per million of sales.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// For the platform.
    pub platform_ppm: i32,
    /// For operating it.
    pub operating_ppm: i32,
}

/// A line of a bill, priced. Amounts are micros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricedLine {
    /// What it is.
    pub kind: SettlementLineKind,
    /// The month the sales belong to.
    pub origin_month: Month,
    /// Who bought; 0 for nobody known.
    pub customer_id: CustomerId,
    /// What was sold.
    pub product_id: ProductId,
    /// What was added to sales.
    pub sales: i64,
    /// The rates.
    pub fees: Fees,
    /// What was added to the platform fee.
    pub platform_fee: i64,
    /// What was added to the operating fee.
    pub operating_fee: i64,
    /// Sales less fees.
    pub amount: i64,
}

/// What earlier bills of the same seller, currency and category come to, in micros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoFar {
    /// Sales less fees, before rounding.
    pub exact: i64,
    /// What they amount to.
    pub amount: i64,
}

/// A bill, priced. Amounts are micros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedBill {
    /// Its lines, the residue last.
    pub lines: Vec<PricedLine>,
    /// Sales.
    pub sales: i64,
    /// Platform fee.
    pub platform_fee: i64,
    /// Operating fee.
    pub operating_fee: i64,
    /// What the seller gets: a multiple of the smallest unit.
    pub amount: i64,
}

/// The fee of `sales` micros, rounded once, half away from zero, to the smallest unit.
pub fn fee(sales: i64, ppm: i32, currency: Currency) -> Result<i64, Overflow> {
    round(i128::from(sales) * i128::from(ppm), currency)
}

/// The line of what changed in a group since earlier bills.
pub fn line(month: Month, open: &Open, fees: Fees) -> Result<PricedLine, Overflow> {
    let of = |ppm, held: i64| fee(open.total, ppm, open.currency)?.checked_sub(held).ok_or(Overflow);
    let sales = open.total.checked_sub(open.held).ok_or(Overflow)?;
    let platform_fee = of(fees.platform_ppm, open.platform_held)?;
    let operating_fee = of(fees.operating_ppm, open.operating_held)?;
    let amount =
        sales.checked_sub(platform_fee).and_then(|n| n.checked_sub(operating_fee)).ok_or(Overflow)?;
    let kind = match open.origin_month == month {
        _ if sales < 0 => SettlementLineKind::Refund,
        true => SettlementLineKind::Base,
        false => SettlementLineKind::Correction,
    };
    Ok(PricedLine {
        kind,
        origin_month: open.origin_month,
        customer_id: open.customer_id,
        product_id: open.product_id,
        sales,
        fees,
        platform_fee,
        operating_fee,
        amount,
    })
}

/// The bill of `lines`, with the line of what rounding left over.
pub fn bill(
    month: Month,
    currency: Currency,
    mut lines: Vec<PricedLine>,
    so_far: SoFar,
) -> Result<PricedBill, Overflow> {
    const PICO_PER_MICRO: i128 = 1_000_000;
    let sum = |of: fn(&PricedLine) -> i64| {
        lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(of(line))).ok_or(Overflow)
    };
    let (sales, exact) = (sum(|l| l.sales)?, sum(|l| l.amount)?);
    let (platform_fee, operating_fee) = (sum(|l| l.platform_fee)?, sum(|l| l.operating_fee)?);
    let everything = i128::from(so_far.exact) + i128::from(exact);
    let amount = round(everything * PICO_PER_MICRO, currency)?.checked_sub(so_far.amount).ok_or(Overflow)?;
    let residue = amount.checked_sub(exact).ok_or(Overflow)?;
    if residue != 0 {
        lines.push(PricedLine {
            kind: SettlementLineKind::Residue,
            origin_month: month,
            customer_id: CustomerId(0),
            product_id: ProductId(0),
            sales: 0,
            fees: Fees::default(),
            platform_fee: 0,
            operating_fee: 0,
            amount: residue,
        });
    }
    Ok(PricedBill { lines, sales, platform_fee, operating_fee, amount })
}

#[cfg(test)]
mod tests {
    use entity::{MarketplaceCategory, PartnerId};
    use proptest::prelude::*;

    use super::*;

    const MONTH: Month = Month(202_609);
    const FEES: Fees = Fees { platform_ppm: 50_000, operating_ppm: 12_345 };

    fn open(currency: &str, total: i64, held: i64, platform_held: i64, operating_held: i64) -> Open {
        Open {
            partner_id: PartnerId(1),
            currency: currency.parse().unwrap(),
            category: MarketplaceCategory::Goods,
            origin_month: MONTH,
            customer_id: CustomerId(2),
            product_id: ProductId(3),
            total,
            unpaid: 0,
            held,
            platform_held,
            operating_held,
        }
    }

    #[test]
    fn fees_are_rounded_half_away_from_zero_to_the_smallest_unit() {
        for (currency, sales, ppm, expected) in [
            ("CNY", 100_000_000, 50_000, 5_000_000),
            ("CNY", 100_000, 50_000, 10_000),
            ("CNY", 99_999, 50_000, 0),
            ("CNY", -100_000, 50_000, -10_000),
            ("CNY", -99_999, 50_000, 0),
            ("JPY", 10_000_000, 50_000, 1_000_000),
            ("KWD", 10_000, 50_000, 1_000),
            ("CNY", 5, 0, 0),
            ("CNY", 7_000_000, 1_000_000, 7_000_000),
        ] {
            let currency: Currency = currency.parse().unwrap();
            assert_eq!(fee(sales, ppm, currency), Ok(expected), "{sales} {ppm} {currency}");
        }
        assert_eq!(fee(i64::MAX, 1_000_000, "CNY".parse().unwrap()), Err(Overflow));
    }

    #[test]
    fn a_line_is_named_after_its_month_and_its_sign() {
        let kind = |month, total, held| line(month, &open("CNY", total, held, 0, 0), FEES).unwrap().kind;
        assert_eq!(kind(MONTH, 5, 0), SettlementLineKind::Base);
        assert_eq!(kind(MONTH.next(), 5, 0), SettlementLineKind::Correction);
        assert_eq!(kind(MONTH, 5, 6), SettlementLineKind::Refund);
        assert_eq!(kind(MONTH.next(), -5, 6), SettlementLineKind::Refund);
    }

    #[test]
    fn what_does_not_fit_is_said_and_never_wraps() {
        assert_eq!(line(MONTH, &open("CNY", i64::MAX, -1, 0, 0), FEES), Err(Overflow));
        let huge = line(MONTH, &open("CNY", i64::MAX - 1_000_000, 0, 0, 0), Fees::default()).unwrap();
        assert_eq!(bill(MONTH, "CNY".parse().unwrap(), vec![huge, huge], SoFar::default()), Err(Overflow));
    }

    proptest! {
        /// However a total came about, bill by bill, fees and amount are those of the total.
        #[test]
        fn corrections_never_drift(steps in proptest::collection::vec(-10_000_000_i64..10_000_000, 1..12)) {
            let currency: Currency = "CNY".parse().unwrap();
            let (mut total, mut so_far) = (0_i64, SoFar::default());
            let (mut held, mut platform, mut operating) = (0, 0, 0);
            for step in steps {
                total += step;
                let line = line(MONTH, &open("CNY", total, held, platform, operating), FEES).unwrap();
                let bill = bill(MONTH, currency, vec![line], so_far).unwrap();
                (held, platform, operating) =
                    (held + line.sales, platform + line.platform_fee, operating + line.operating_fee);
                so_far = SoFar { exact: so_far.exact + line.amount, amount: so_far.amount + bill.amount };
                prop_assert_eq!(bill.amount % currency.minor_unit_micros(), 0);
                prop_assert_eq!(bill.lines.iter().map(|l| l.amount).sum::<i64>(), bill.amount);
            }
            prop_assert_eq!(held, total);
            prop_assert_eq!(platform, fee(total, FEES.platform_ppm, currency).unwrap());
            prop_assert_eq!(operating, fee(total, FEES.operating_ppm, currency).unwrap());
            let exact = i128::from(total - platform - operating) * 1_000_000;
            prop_assert_eq!(so_far.amount, round(exact, currency).unwrap());
        }
    }
}
