//! The people of a plan, as they are at the beginning.

use super::{Draft, Spice};
use crate::plan::{Kind, Mode, Partner, Rate, Step};
use crate::time::{HOUR, Instant};

impl Draft {
    pub(super) fn people(&mut self, begins: Instant) {
        let long_ago: Instant = "2020-01-01T00:00:00Z".parse().expect("an instant");
        self.make_partners();
        let of = |kind| move |(n, p): (usize, &Partner)| (p.kind == kind).then_some(n);
        let resellers: Vec<usize> = self.partners.iter().enumerate().filter_map(of(Kind::Reseller)).collect();
        let distributors: Vec<usize> =
            self.partners.iter().enumerate().filter_map(of(Kind::Distributor)).collect();
        for reseller in resellers {
            let distributor = *self.random.pick(&distributors);
            self.at(begins, Step::Link { reseller, distributor, from: long_ago });
            if self.spiced(Spice::Relinks, 60) {
                let month = self.any_month();
                let (from, told) = (self.moment(month), self.told(month));
                self.changes.push(from);
                let distributor = *self.random.pick(&distributors);
                self.at(told, Step::Link { reseller, distributor, from });
            }
        }
        for _ in 0..self.random.between(2, 6) {
            let internal = self.random.chance(8);
            self.customers.push(internal);
        }
        self.first_associations(begins, long_ago);
        self.cooling_off(begins, long_ago);
        self.policies(begins);
    }

    fn make_partners(&mut self) {
        for n in 0..self.random.between(2, 5) {
            let kind = match self.random.between(0, 4) {
                _ if n == 0 => Kind::SolutionProvider,
                0 => Kind::SolutionProvider,
                1 => Kind::Distributor,
                _ => Kind::Reseller,
            };
            self.partner(kind);
        }
        let needed = self.partners.iter().any(|p| p.kind == Kind::Reseller);
        if needed && !self.partners.iter().any(|p| p.kind == Kind::Distributor) {
            self.partner(Kind::Distributor);
        }
        if needed && self.has(Spice::Relinks) {
            self.partner(Kind::Distributor);
        }
    }

    fn partner(&mut self, kind: Kind) {
        let tier = (*self.random.pick(&["STANDARD", "STANDARD", "GOLD"])).to_owned();
        let sells_as = self.spiced(Spice::Marketplace, 60).then(|| format!("Shop {}", self.partners.len()));
        let may_own = kind != Kind::Distributor || self.random.chance(70);
        self.partners.push(Partner { kind, tier, may_own, sells_as });
    }

    fn first_associations(&mut self, begins: Instant, long_ago: Instant) {
        for customer in 0..self.customers.len() {
            if !self.random.chance(85) {
                continue;
            }
            let partner = self.random.index(self.partners.len());
            let mode = self.mode();
            let from = long_ago.plus(self.random.between(0, 40_000) * HOUR);
            self.at(begins.plus(HOUR), Step::Associate { customer, partner, mode, from, to: None });
        }
    }

    /// None at all, that of the source, or rules of our own; some customers are looked after.
    fn cooling_off(&mut self, begins: Instant, long_ago: Instant) {
        if !self.has(Spice::CoolingOff) {
            let default = "2025-12-31T16:00:00Z".parse().expect("an instant");
            for from in [long_ago, default] {
                self.at(begins, Step::CoolingOff { from, months: 0, all: true });
            }
            return;
        }
        for _ in 0..self.random.between(0, 2) {
            let month = self.any_month();
            let (from, told) = (self.moment(month), self.told(month).plus(-600 * HOUR).max(begins));
            let months = *self.random.pick(&[0, 1, 2, 6]);
            let all = self.random.chance(50);
            self.at(told, Step::CoolingOff { from, months, all });
        }
        for customer in 0..self.customers.len() {
            if self.random.chance(30) {
                let told = self.sometime();
                let is = self.random.chance(25);
                self.at(told, Step::LongTail { customer, is });
            }
        }
    }

    pub(super) fn mode(&mut self) -> Mode {
        *self.random.pick(&[Mode::Consulting, Mode::Resale])
    }

    /// A policy from the first month on, mostly, and perhaps another later.
    fn policies(&mut self, begins: Instant) {
        if self.random.chance(92) {
            let (from, rates) = (self.months[0].plus(-1), self.rates());
            self.at(begins.plus(2 * HOUR), Step::IncentivePolicy { from, rates });
        }
        if self.random.chance(50) {
            let (from, rates) = (self.any_month(), self.rates());
            let told = from.starts(&self.zone).plus(self.random.between(-300, 500) * HOUR);
            self.at(told.max(begins), Step::IncentivePolicy { from, rates });
        }
    }

    fn rates(&mut self) -> Vec<Rate> {
        let mut rates = Vec::new();
        for _ in 0..self.random.between(0, 3) {
            let mut rate = self.rate();
            if self.spiced(Spice::RatesOfAKind, 50) {
                rate.class = Some((*self.random.pick(&["Compute", "Storage", "AI"])).to_owned());
            }
            if self.spiced(Spice::RatesOfAKind, 25) {
                rate.mode = Some(self.mode());
            }
            if self.spiced(Spice::RatesOfAKind, 25) {
                rate.kind =
                    Some(*self.random.pick(&[Kind::SolutionProvider, Kind::Distributor, Kind::Reseller]));
            }
            if self.spiced(Spice::RatesOfAKind, 25) {
                rate.tier = Some("GOLD".to_owned());
            }
            rate.specific = self.spiced(Spice::ProductPolicies, 30);
            rates.push(rate);
        }
        if self.random.chance(85) || rates.is_empty() {
            let rate = self.rate();
            rates.push(rate);
        }
        rates
    }

    fn rate(&mut self) -> Rate {
        let fine = self.spiced(Spice::FineAmounts, 60);
        let ppm = if fine { self.random.between(1, 400_000) } else { self.random.between(0, 30) * 10_000 };
        let minimum = self.spiced(Spice::Minimums, 60).then(|| self.random.between(1, 4_000) * 1_000_000);
        let cap = self.spiced(Spice::Caps, 60).then(|| self.random.between(1, 400) * 1_000_000);
        let ppm = i32::try_from(ppm).expect("a rate");
        Rate { ppm, minimum, cap, ..Rate::default() }
    }
}
