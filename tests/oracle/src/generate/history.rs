//! Changes on the way: partners of customers, policies, settings.

use super::{Draft, Spice};
use crate::plan::{Policy, Step};
use crate::time::{DAY, HOUR};

/// The products that are sold, each with its class.
pub(super) const PRODUCTS: [(&str, &str); 5] =
    [("ecs", "Compute"), ("gpu", "Compute"), ("obs", "Storage"), ("llm", "AI"), ("dns", "")];

impl Draft {
    pub(super) fn history(&mut self) {
        for customer in 0..self.customers.len() {
            if self.spiced(Spice::Transfers, 60) {
                self.transfer(customer);
            }
            if self.spiced(Spice::Transfers, 30) {
                self.leave_and_come_back(customer);
            }
            if self.spiced(Spice::Corrections, 60) {
                self.correct(customer);
            }
            if self.spiced(Spice::Corrections, 30) {
                self.enter_late(customer);
            }
        }
        for _ in 0..if self.has(Spice::ProductPolicies) { self.random.between(1, 4) } else { 0 } {
            let month = self.any_month();
            let at = self.told(month).plus(-5 * DAY);
            let policies =
                [Policy::Ordinary, Policy::Specific, Policy::NoPerformance, Policy::PerformanceOnly];
            let policy = *self.random.pick(&policies);
            let (product, class) = *self.random.pick(&PRODUCTS);
            let (provider, product, class) = ("Cloud".into(), product.to_owned(), class.to_owned());
            self.at(at, Step::ProductPolicy { provider, product, class, month, policy });
        }
        if self.spiced(Spice::Marketplace, 80) {
            let (told, vendor) = (self.sometime(), self.random.chance(50));
            self.at(told, Step::Seller { name: "Brand Inc".into(), vendor });
        }
        for _ in 0..if self.has(Spice::Coupons) { self.random.between(1, 3) } else { 0 } {
            let (at, count) = (self.sometime(), self.random.chance(60));
            self.at(at, Step::CashCoupons(count));
        }
    }

    fn transfer(&mut self, customer: usize) {
        for _ in 0..self.random.between(1, 2) {
            let month = self.any_month();
            let at = self.moment(month);
            self.changes.push(at);
            let told = if self.random.chance(60) { at } else { self.told(month) };
            let (partner, mode) = (self.random.index(self.partners.len()), self.mode());
            self.at(told, Step::Transfer { customer, partner, mode, at });
        }
    }

    fn leave_and_come_back(&mut self, customer: usize) {
        let month = self.any_month();
        let at = self.moment(month);
        let back = at.plus(self.random.between(0, 800) * HOUR);
        self.changes.extend([at, back]);
        let told = self.told(month);
        let nth = usize::from(self.random.chance(30));
        self.at(told, Step::End { customer, nth, at });
        let (partner, mode) = (self.random.index(self.partners.len()), self.mode());
        let to = self.random.chance(30).then(|| back.plus(self.random.between(1, 900) * HOUR));
        self.changes.extend(to);
        self.at(told.plus(DAY), Step::Associate { customer, partner, mode, from: back, to });
    }

    fn correct(&mut self, customer: usize) {
        let month = self.any_month();
        let told = self.told(month);
        let partner = self.random.chance(60).then(|| self.random.index(self.partners.len()));
        let mode = self.random.chance(40).then(|| self.mode());
        let from = self.random.chance(40).then(|| self.moment(month));
        self.changes.extend(from);
        let nth = usize::from(self.random.chance(40));
        self.at(told, Step::Correct { customer, nth, partner, mode, from });
    }

    /// A period of the past that nobody had told.
    fn enter_late(&mut self, customer: usize) {
        let month = self.any_month();
        let from = self.moment(month);
        let to = from.plus(self.random.between(1, 600) * HOUR);
        self.changes.extend([from, to]);
        let told = self.told(month);
        let (partner, mode) = (self.random.index(self.partners.len()), self.mode());
        self.at(told, Step::Associate { customer, partner, mode, from, to: Some(to) });
    }
}
