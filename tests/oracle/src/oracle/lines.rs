//! Performance lines: what payments come to, less what closed months say.

use std::collections::BTreeMap;

use super::{Oracle, customer_name, partner_name};
use crate::seen::{LineKey, Sum};
use crate::time::Month;

impl Oracle {
    /// Every line of every month.
    pub(super) fn lines(&self) -> BTreeMap<LineKey, Sum> {
        let mut lines: BTreeMap<LineKey, Sum> = BTreeMap::new();
        let by_credits = self.paid_by_credits();
        for (payment, by_credits) in self.payments.iter().zip(by_credits) {
            let Some(customer) = self.accounts.get(&payment.account).copied() else { continue };
            let owner = self.owner(customer, payment.at);
            for (reason, amount) in self.allot(payment, customer, owner.as_ref(), by_credits) {
                let nobody = || "-".to_owned();
                let key = LineKey {
                    posted: self.posted_in(payment.month),
                    origin: payment.month,
                    partner: owner.map_or_else(nobody, |o| partner_name(o.partner)),
                    bill_to: owner.map_or_else(nobody, |o| partner_name(o.bill_to)),
                    customer: customer_name(customer),
                    mode: owner.map(|o| o.mode),
                    product: payment.product.clone(),
                    charging: payment.charging,
                    currency: payment.currency.clone(),
                    reason,
                };
                let sum = lines.entry(key).or_default();
                *sum = (sum.0 + amount, sum.1 + 1);
            }
        }
        // What belongs to a closed month is posted as its difference to all that closed months hold of it.
        let closed: Vec<(LineKey, Sum)> =
            self.months.values().flat_map(|books| books.frozen.clone()).collect();
        for (key, (amount, payments)) in &closed {
            let posted = self.posted_in(key.origin);
            let sum = lines.entry(LineKey { posted, ..key.clone() }).or_default();
            *sum = (sum.0 - amount, sum.1 - payments);
        }
        lines.extend(closed);
        lines.retain(|_, sum| *sum != (0, 0));
        lines
    }

    /// The payments that wait for an owner.
    pub(super) fn unmatched(&self) -> BTreeMap<(Month, String, String), Sum> {
        let mut waiting: BTreeMap<(Month, String, String), Sum> = BTreeMap::new();
        for payment in self.payments.iter().filter(|p| !self.accounts.contains_key(&p.account)) {
            let (provider, number) = &payment.account;
            let key = (payment.month, format!("{provider}/{number}"), payment.currency.clone());
            let sum = waiting.entry(key).or_default();
            *sum = (sum.0 + payment.parts.iter().sum::<i64>(), sum.1 + 1);
        }
        waiting
    }
}
