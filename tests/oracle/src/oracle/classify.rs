//! The rules on what of a payment counts, and why the rest does not.

use super::Oracle;
use super::import::Payment;
use super::people::Owner;
use crate::plan::{Category, Policy};
use crate::seen::Reason;

pub(super) const COUNTED: Reason = 0;
const TAX: Reason = 1;
const NO_PARTNER: Reason = 2;
const INTERNAL: Reason = 3;
const COOLING_OFF: Reason = 4;
const OTHER_PARTNER: Reason = 5;
const UNPAID: Reason = 6;
const VOUCHER: Reason = 7;
const CASH_COUPON: Reason = 8;
const NOT_CASH: Reason = 9;
const PRODUCT_POLICY: Reason = 10;
const UNCLASSIFIED: Reason = 11;

impl Oracle {
    /// The amounts of a payment by reason, in micros, where credits pay some of it; one of zero where there is nothing.
    pub(super) fn allot(
        &self,
        payment: &Payment,
        customer: usize,
        owner: Option<&Owner>,
        by_credits: i64,
    ) -> Vec<(Reason, i64)> {
        if let Some(reason) = self.reason_of_all(payment, customer, owner) {
            return vec![(reason, payment.parts.iter().sum())];
        }
        let marked = payment.invoice.as_ref().is_some_and(|name| self.invoices[name].paid);
        let counts = match self.product_policy(&payment.product, payment.month) {
            Policy::NoPerformance => PRODUCT_POLICY,
            _ => COUNTED,
        };
        let money = if payment.settled || marked { counts } else { UNPAID };
        let promise = if marked { counts } else { UNPAID };
        let coupons = self.months.get(&payment.month).is_some_and(|books| books.coupons);
        let coupon = if coupons { money } else { CASH_COUPON };
        // In the order of the parts: cash, credit, voucher, cash coupon, stored-value card, bonus, debt, write-off.
        let reasons = [money, promise, VOUCHER, coupon, money, NOT_CASH, promise, NOT_CASH];
        let mut sums: Vec<(Reason, i64)> = Vec::new();
        // What credits pay of a charge is a voucher, not cash.
        let mut parts = payment.parts;
        (parts[0], parts[2]) = (parts[0] - by_credits, parts[2] + by_credits);
        for (reason, part) in reasons.into_iter().zip(parts) {
            match sums.iter_mut().find(|(other, _)| *other == reason) {
                _ if part == 0 => {}
                Some((_, sum)) => *sum += part,
                None => sums.push((reason, part)),
            }
        }
        if sums.is_empty() {
            sums.push((money, 0));
        }
        sums
    }

    /// The reason that takes a payment whole.
    fn reason_of_all(&self, payment: &Payment, customer: usize, owner: Option<&Owner>) -> Option<Reason> {
        if payment.category == Category::Tax {
            return Some(TAX);
        }
        let Some(owner) = owner else { return Some(NO_PARTNER) };
        if self.plan.customers[customer] {
            return Some(INTERNAL);
        }
        if owner.cooled_off.is_some_and(|end| payment.at < end) {
            return Some(COOLING_OFF);
        }
        let seller = payment.seller.as_ref()?;
        if self.undecided(payment) {
            return Some(UNCLASSIFIED);
        }
        let vendor = self.sellers.get(seller) == Some(&Some(true));
        let sells_as = self.plan.partners[owner.partner].sells_as.as_ref();
        (!vendor && sells_as != Some(seller)).then_some(OTHER_PARTNER)
    }

    /// Nobody decided yet whether the seller is the vendor itself.
    pub(super) fn undecided(&self, payment: &Payment) -> bool {
        payment.seller.as_ref().is_some_and(|name| self.sellers.get(name).is_none_or(Option::is_none))
    }
}
