//! Rules on who belongs to whom, and since when.

use super::{Oracle, Verdict};
use crate::plan::{Kind, Mode};
use crate::time::{Instant, Month};

/// A reseller belongs to a distributor, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    distributor: usize,
    from: Instant,
    to: Instant,
}

/// A customer belongs to a partner, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) partner: usize,
    pub(super) mode: Mode,
    pub(super) from: Instant,
    pub(super) to: Instant,
}

/// The owner of what a customer consumes at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) partner: usize,
    pub(super) bill_to: usize,
    pub(super) mode: Mode,
    /// Nothing counts before this.
    pub(super) cooled_off: Option<Instant>,
}

impl Oracle {
    /// Notes what a change of the history of a customer means.
    fn changed(&mut self, customer: usize, from: Instant) {
        let periods = self.periods.get(&customer).map_or(&[][..], Vec::as_slice);
        if periods.iter().any(|period| period.from > from) {
            self.saw("association entered or corrected before another");
        }
        let zone = self.zone.clone();
        if self.payments.iter().any(|p| Month::of(p.at, &zone) != p.month) {
            self.saw("history changed under consumption outside its bill cycle");
        }
        let late = self.payments.iter().any(|p| p.at >= from && self.is_closed(p.month));
        if late {
            self.saw("history of a closed month changed");
        }
    }

    fn kind(&self, partner: usize) -> Option<Kind> {
        self.plan.partners.get(partner).map(|p| p.kind)
    }

    pub(super) fn link(&mut self, reseller: usize, distributor: usize, from: Instant) -> Verdict {
        let (Some(one), Some(other)) = (self.kind(reseller), self.kind(distributor)) else {
            return Verdict::Nothing;
        };
        if one != Kind::Reseller || other != Kind::Distributor {
            return Verdict::Refused;
        }
        let links = self.links.entry(reseller).or_default();
        // The open link ends where the new one begins; nothing else may be there from then on.
        let in_the_way = |link: &Link| link.to > from && (link.from >= from || link.to != Instant::NEVER);
        if links.iter().any(in_the_way) {
            return Verdict::Refused;
        }
        for link in links.iter_mut().filter(|link| link.to > from) {
            link.to = from;
        }
        links.push(Link { distributor, from, to: Instant::NEVER });
        self.changed(usize::MAX, from);
        Verdict::Done
    }

    pub(super) fn account(&mut self, provider: &str, number: &str, customer: usize) -> Verdict {
        if customer >= self.plan.customers.len() {
            return Verdict::Nothing;
        }
        let name = (provider.to_owned(), number.to_owned());
        if self.accounts.contains_key(&name) {
            return Verdict::Refused;
        }
        if self.payments.iter().any(|p| p.account == name) {
            self.saw("account linked after its payments came");
        }
        self.accounts.insert(name, customer);
        Verdict::Done
    }

    fn may_have_customers(&self, partner: usize, from: Instant) -> bool {
        let Some(known) = self.plan.partners.get(partner) else { return false };
        match known.kind {
            Kind::SolutionProvider => true,
            Kind::Distributor => known.may_own,
            Kind::Reseller => self.distributor_of(partner, from).is_some(),
        }
    }

    fn distributor_of(&self, reseller: usize, at: Instant) -> Option<usize> {
        let links = self.links.get(&reseller)?;
        links.iter().find(|link| link.from <= at && at < link.to).map(|link| link.distributor)
    }

    /// Puts a period in, unless it meets another.
    fn put(&mut self, customer: usize, period: Period) -> bool {
        let periods = self.periods.entry(customer).or_default();
        if period.from >= period.to || periods.iter().any(|p| p.from < period.to && period.from < p.to) {
            return false;
        }
        periods.push(period);
        periods.sort_by_key(|p| p.from);
        true
    }

    fn there_are(&self, customer: usize, partner: usize) -> bool {
        customer < self.plan.customers.len() && partner < self.plan.partners.len()
    }

    pub(super) fn associate(&mut self, customer: usize, period: Period) -> Verdict {
        if !self.there_are(customer, period.partner) {
            return Verdict::Nothing;
        }
        if !self.may_have_customers(period.partner, period.from) || !self.put(customer, period) {
            return Verdict::Refused;
        }
        self.changed(customer, period.from);
        Verdict::Done
    }

    pub(super) fn transfer(&mut self, customer: usize, partner: usize, mode: Mode, at: Instant) -> Verdict {
        if !self.there_are(customer, partner) {
            return Verdict::Nothing;
        }
        let periods = self.periods.entry(customer).or_default();
        let Some(nth) = periods.iter().position(|p| p.from < at && at < p.to) else {
            return Verdict::Refused;
        };
        let current = periods[nth];
        if (current.partner, current.mode) == (partner, mode) || !self.may_have_customers(partner, at) {
            return Verdict::Refused;
        }
        self.saw(if current.partner == partner { "change of mode" } else { "change of partner" });
        self.periods.entry(customer).or_default()[nth].to = at;
        self.put(customer, Period { partner, mode, from: at, to: current.to });
        self.changed(customer, at);
        Verdict::Done
    }

    pub(super) fn end(&mut self, customer: usize, nth: usize, at: Instant) -> Verdict {
        let Some(period) = self.periods.get_mut(&customer).and_then(|periods| periods.get_mut(nth)) else {
            return Verdict::Nothing;
        };
        if at <= period.from || at > period.to {
            return Verdict::Refused;
        }
        period.to = at;
        self.changed(usize::MAX, at);
        Verdict::Done
    }

    pub(super) fn correct(
        &mut self,
        customer: usize,
        nth: usize,
        partner: Option<usize>,
        mode: Option<Mode>,
        from: Option<Instant>,
    ) -> Verdict {
        let Some(old) = self.periods.get(&customer).and_then(|periods| periods.get(nth)).copied() else {
            return Verdict::Nothing;
        };
        let right = Period {
            partner: partner.unwrap_or(old.partner),
            mode: mode.unwrap_or(old.mode),
            from: from.unwrap_or(old.from),
            to: old.to,
        };
        if !self.there_are(customer, right.partner) {
            return Verdict::Nothing;
        }
        if !self.may_have_customers(right.partner, right.from) {
            return Verdict::Refused;
        }
        self.periods.entry(customer).or_default().remove(nth);
        if self.put(customer, right) {
            self.changed(customer, right.from.min(old.from));
            return Verdict::Done;
        }
        self.put(customer, old);
        Verdict::Refused
    }

    /// The owner of a customer at an instant.
    pub(super) fn owner(&self, customer: usize, at: Instant) -> Option<Owner> {
        let periods = self.periods.get(&customer)?;
        let nth = periods.iter().position(|p| p.from <= at && at < p.to)?;
        let Period { partner, mode, .. } = periods[nth];
        // A reseller that belonged to nobody stands for itself.
        let bill_to = self.distributor_of(partner, at).unwrap_or(partner);
        Some(Owner { partner, bill_to, mode, cooled_off: self.cooled_off(customer, periods, nth) })
    }

    /// The end of the cooling-off of a period: none of a customer's first partner; that of the period before if it was
    /// the same partner's; else some months from its beginning, as the rule of that instant says.
    fn cooled_off(&self, customer: usize, periods: &[Period], nth: usize) -> Option<Instant> {
        let before = nth.checked_sub(1)?;
        if periods[before].partner == periods[nth].partner {
            return self.cooled_off(customer, periods, before);
        }
        let from = periods[nth].from;
        let (_, (months, all)) = self.cooling_off.range(..=from).last()?;
        let meant = *all || !self.looked_after.contains(&customer);
        (*months > 0 && meant).then(|| from.plus_months(*months, &self.zone))
    }

    pub(super) fn cool_off(&mut self, from: Instant, months: i32, all: bool) -> Verdict {
        let closed = self.months.iter().any(|(month, books)| books.closed && month.ends(&self.zone) > from);
        if closed {
            return Verdict::Refused;
        }
        self.cooling_off.insert(from, (months, all));
        Verdict::Done
    }

    pub(super) fn long_tail(&mut self, customer: usize, is: bool) -> Verdict {
        if customer >= self.plan.customers.len() {
            return Verdict::Nothing;
        }
        if is {
            self.looked_after.remove(&customer);
        } else {
            self.looked_after.insert(customer);
        }
        Verdict::Done
    }
}
