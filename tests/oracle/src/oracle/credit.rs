//! The charges that credits pay.

use std::collections::BTreeMap;

use super::Oracle;
use super::import::Payment;
use crate::plan::Category;

/// Index of cash and of vouchers among the parts of a payment.
const CASH: usize = 0;
const VOUCHER: usize = 2;

impl Oracle {
    /// The micros of each payment that credits pay, in the order of payments.
    ///
    /// Credits of one account, month, currency, invoice and product are one amount. It pays charges of its invoice, where
    /// something is charged under it, and of its product, where that has charges; else all of them, after those that name
    /// a product.
    pub(super) fn paid_by_credits(&self) -> Vec<i64> {
        let mut paid = vec![0; self.payments.len()];
        // Sorted: credits that name a product come before the others, and those of an invoice first.
        let mut credits: BTreeMap<(bool, bool, Vec<usize>), i64> = BTreeMap::new();
        for credit in self.payments.iter().filter(|p| p.category == Category::Credit) {
            let (across, at_large, charges) = self.charges_of(credit);
            *credits.entry((across, at_large, charges)).or_default() += credit.parts[VOUCHER];
        }
        for ((.., charges), sum) in credits {
            let left: Vec<i64> =
                charges.iter().map(|at| self.payments[*at].parts[CASH] - paid[*at]).collect();
            let pays = (-sum).max(0).min(left.iter().sum());
            for (at, share) in charges.iter().zip(shares(pays, &left)) {
                paid[*at] += share;
            }
        }
        paid
    }

    /// Whether a credit pays across products, whether it pays across invoices, and the charges it pays, by time.
    fn charges_of(&self, credit: &Payment) -> (bool, bool, Vec<usize>) {
        let can_be_paid = |payment: &Payment| {
            matches!(payment.category, Category::Usage | Category::Purchase | Category::Adjustment)
                && payment.parts[CASH] > 0
                && payment.month == credit.month
                && payment.account == credit.account
                && payment.currency == credit.currency
        };
        let mut charges: Vec<usize> =
            (0..self.payments.len()).filter(|at| can_be_paid(&self.payments[*at])).collect();
        let of_invoice =
            |at: &usize| credit.invoice.is_some() && self.payments[*at].invoice == credit.invoice;
        let invoiced = charges.iter().any(of_invoice);
        if invoiced {
            charges.retain(of_invoice);
        }
        let of_product = |at: &usize| self.payments[*at].product == credit.product;
        let named = charges.iter().any(of_product);
        if named {
            charges.retain(of_product);
        }
        charges.sort_by_key(|at| self.payments[*at].at);
        (!named, !invoiced, charges)
    }
}

/// Shares out an amount in proportion, rounded down; the largest remainders, the first of equal ones, take what is left.
fn shares(amount: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |nth: usize| i128::from(amount) * i128::from(weights[nth]);
    let mut shares: Vec<i128> = (0..weights.len()).map(|nth| exact(nth) / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|nth| std::cmp::Reverse(exact(*nth) % sum));
    let left = i128::from(amount) - shares.iter().sum::<i128>();
    for nth in order.into_iter().take(usize::try_from(left).expect("less than one each")) {
        shares[nth] += 1;
    }
    shares.into_iter().map(|share| i64::try_from(share).expect("at most the amount")).collect()
}

#[test]
fn what_is_shared_out_adds_up_and_largest_remainders_come_first() {
    assert_eq!(shares(100, &[1, 1, 1]), [34, 33, 33]);
    assert_eq!(shares(7, &[10, 20, 5]), [2, 4, 1]);
    assert_eq!(shares(0, &[3]), [0]);
}
