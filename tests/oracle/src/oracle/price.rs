//! From performance to incentive. 10⁻¹² of a unit is exact: micros × parts per million.

use std::collections::BTreeMap;

use super::Oracle;
use super::classify::COUNTED;
use crate::amount::{divide_rounding, smallest_unit};
use crate::plan::{Charging, Policy, Rate};
use crate::seen::{Bill, BillLine, Group, LineKey, Sum};
use crate::time::Month;

/// 10⁻¹² of a unit in a micro.
const PICO: i128 = 1_000_000;

/// The name of a rate: first month of its policy and number, from one.
type RateName = (Month, i16);

/// A group of performance with its rate.
struct Rated {
    origin: Month,
    group: Group,
    rate: Option<(RateName, Rate)>,
    basis: i64,
}

/// The holdings of earlier bills in something: basis and incentive, exact and rounded.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    basis: i128,
    exact: i128,
    amount: i64,
}

impl Oracle {
    /// The bills of a month by partner and currency, from its lines.
    pub(super) fn price(
        &mut self,
        month: Month,
        lines: &BTreeMap<LineKey, Sum>,
    ) -> BTreeMap<(usize, String), Bill> {
        type Groups = BTreeMap<(Month, Group), i64>;
        let mut groups: BTreeMap<(usize, String), Groups> = BTreeMap::new();
        for (key, amount) in self.performance(month, lines) {
            let group = self.group(&key);
            let bill = groups.entry((number_of(&key.bill_to), key.currency.clone())).or_default();
            *bill.entry((key.origin, group)).or_default() += amount;
        }
        let mut bills = BTreeMap::new();
        for ((partner, currency), groups) in groups {
            let rated = groups.into_iter().map(|((origin, group), basis)| self.rate(origin, group, basis));
            let rated: Vec<Rated> = rated.collect();
            let bill = self.bill(month, partner, &currency, &rated);
            bills.insert((partner, currency), bill);
        }
        bills
    }

    /// Performance that counts, summed over customers and ways of charging; sums of nothing at all are none.
    fn performance(&self, month: Month, lines: &BTreeMap<LineKey, Sum>) -> Vec<(LineKey, i64)> {
        let mut sums: BTreeMap<LineKey, Sum> = BTreeMap::new();
        let counted = lines.iter().filter(|(key, _)| key.posted == month && key.reason == COUNTED);
        for (key, (amount, payments)) in counted {
            let (customer, charging) = (String::new(), Charging::PayPerUse);
            let sum = sums.entry(LineKey { customer, charging, ..key.clone() }).or_default();
            *sum = (sum.0 + amount, sum.1 + payments);
        }
        sums.into_iter().filter(|(_, sum)| *sum != (0, 0)).map(|(key, sum)| (key, sum.0)).collect()
    }

    fn group(&self, key: &LineKey) -> Group {
        Group {
            partner: number_of(&key.partner),
            mode: key.mode.expect("what counts is somebody's"),
            class: self.products[&key.product].clone(),
            policy: self.product_policy(&key.product, key.origin),
        }
    }

    /// The first rate that matches, of the policy that begins last and not after the month of origin.
    fn rate(&self, origin: Month, group: Group, basis: i64) -> Rated {
        let partner = &self.plan.partners[group.partner];
        let fits = |rate: &Rate| {
            rate.class.as_ref().is_none_or(|class| *class == group.class)
                && (!rate.specific || group.policy == Policy::Specific)
                && rate.mode.is_none_or(|mode| mode == group.mode)
                && rate.kind.is_none_or(|kind| kind == partner.kind)
                && rate.tier.as_ref().is_none_or(|tier| *tier == partner.tier)
        };
        let rate = self.policies.range(..=origin).last().and_then(|(from, rates)| {
            let nth = rates.iter().position(fits)?;
            Some(((*from, i16::try_from(nth).expect("few rates") + 1), rates[nth].clone()))
        });
        let rate = rate.filter(|_| group.policy != Policy::PerformanceOnly);
        Rated { origin, group, rate, basis }
    }

    fn bill(&mut self, month: Month, partner: usize, currency: &str, rated: &[Rated]) -> Bill {
        let earlier = self.earlier(month, partner, currency);
        let mut lines: Vec<BillLine> = Vec::new();
        for one in rated {
            let (exact, note) = share(&earlier, rated, one);
            let all =
                held(&earlier, |line| line.origin == one.origin && line.group.as_ref() == Some(&one.group));
            let amount = if one.rate.is_some() { round(all.exact + exact, currency) - all.amount } else { 0 };
            let kind = if one.origin == month { "BASE" } else { "CORRECTION" };
            self.saw(&format!("bill line: {kind} {}", note.as_deref().unwrap_or("plain")));
            self.note_line(currency, one, &all, exact, partner);
            lines.push(BillLine {
                kind: kind.to_owned(),
                origin: one.origin,
                group: Some(one.group.clone()),
                rate: one.rate.as_ref().map(|((from, seq), rate)| (*from, *seq, rate.ppm)),
                basis: one.basis,
                exact,
                amount,
                note,
            });
        }
        let basis = lines.iter().map(|line| line.basis).sum();
        let amount = self.even_out(&earlier, currency, &mut lines);
        lines.sort();
        Bill { state: String::new(), parked: None, basis, amount, lines }
    }

    /// Evens rounding out: a bill brings for each month of origin all that month earned so far, rounded once, less what earlier
    /// bills hold of it; what that leaves beside the lines is a line. Returns the bill's amount.
    fn even_out(&mut self, earlier: &[BillLine], currency: &str, lines: &mut Vec<BillLine>) -> i64 {
        let mut origins: Vec<Month> = lines.iter().map(|line| line.origin).collect();
        origins.dedup();
        let mut amount = 0;
        for origin in origins {
            let of_month = || lines.iter().filter(move |line| line.origin == origin);
            let exact: i128 = of_month().map(|line| line.exact).sum();
            let rounded: i64 = of_month().map(|line| line.amount).sum();
            let all = held(earlier, |line| line.origin == origin);
            let brings = round(all.exact + exact, currency) - all.amount;
            amount += brings;
            if brings == rounded {
                continue;
            }
            self.saw("bill line: RESIDUE");
            let kind = "RESIDUE".to_owned();
            let amount = brings - rounded;
            lines.push(BillLine {
                kind,
                origin,
                group: None,
                rate: None,
                basis: 0,
                exact: 0,
                amount,
                note: None,
            });
        }
        amount
    }

    /// The lines of a partner's bills of earlier months that a rate priced or that even out.
    fn earlier(&self, month: Month, partner: usize, currency: &str) -> Vec<BillLine> {
        let of = |(m, p, c): &(Month, usize, String)| *m < month && *p == partner && c == currency;
        let bills = self.bills.iter().filter(|(key, bill)| of(key) && bill.state != "ESTIMATED");
        let lines = bills.flat_map(|(_, bill)| bill.lines.clone());
        lines.filter(|line| line.rate.is_some() || line.group.is_none()).collect()
    }

    fn note_line(&mut self, currency: &str, one: &Rated, all: &Held, exact: i128, billed: usize) {
        if one.basis < 0 {
            self.saw("bill line of a negative basis");
        }
        if one.rate.is_some() && all.basis + i128::from(one.basis) < 0 {
            self.saw("group below zero");
        }
        if billed != one.group.partner {
            self.saw("bill line of a reseller");
        }
        let unit = i128::from(smallest_unit(currency)) * PICO;
        if all.exact % unit != 0 || (all.amount != 0 && exact % unit != 0) {
            self.saw("correction that is rounded");
        }
    }
}

/// The sum of some lines.
fn held(lines: &[BillLine], of: impl Fn(&BillLine) -> bool) -> Held {
    lines.iter().filter(|line| of(line)).fold(Held::default(), |sum, line| Held {
        basis: sum.basis + i128::from(line.basis),
        exact: sum.exact + line.exact,
        amount: sum.amount + line.amount,
    })
}

/// The part that a group gets: its share of what its rate earns in the month of origin with this bill, less what earlier bills hold of
/// it. Minimum and cap hold for the groups above zero together; one below zero gives back at the rate.
fn share(earlier: &[BillLine], rated: &[Rated], one: &Rated) -> (i128, Option<String>) {
    let Some((name, rate)) = &one.rate else {
        let only = one.group.policy == Policy::PerformanceOnly;
        return (0, Some(if only { "PERFORMANCE_ONLY" } else { "NO_RATE" }.to_owned()));
    };
    let of_rate = |line: &BillLine| {
        line.origin == one.origin && line.rate.is_some_and(|(from, seq, _)| (from, seq) == *name)
    };
    let of_group = |group: &Group| held(earlier, |line| of_rate(line) && line.group.as_ref() == Some(group));
    let priced = |other: &&Rated| {
        other.origin == one.origin && other.rate.as_ref().is_some_and(|(other, _)| other == name)
    };
    let peers: Vec<&Rated> = rated.iter().filter(priced).collect();
    let mut after: BTreeMap<Group, i128> = BTreeMap::new();
    for line in earlier.iter().filter(|line| of_rate(line)) {
        let group = line.group.clone().expect("a rate prices a group");
        *after.entry(group).or_default() += i128::from(line.basis);
    }
    for peer in &peers {
        *after.entry(peer.group.clone()).or_default() += i128::from(peer.basis);
    }
    let above: i128 = after.values().filter(|basis| **basis > 0).sum();
    let below: i128 = after.values().filter(|basis| **basis < 0).sum();
    let ppm = i128::from(rate.ppm);
    let (earned, note) = earned(rate, above);
    let of_all = |group: &Group| {
        let basis = after[group];
        if basis <= 0 || earned == above * ppm { basis * ppm } else { earned * basis / above }
    };
    let gets = |group: &Group| of_all(group) - of_group(group).exact;
    let note = note.filter(|_| after[&one.group] >= 0);
    let rest = peers.iter().rfind(|peer| after[&peer.group] > 0).or(peers.last()).expect("at least itself");
    if rest.group != one.group {
        return (gets(&one.group), note);
    }
    // The last above zero takes what is left, so that nothing is lost.
    let whole = earned + below * ppm - held(earlier, of_rate).exact;
    let others: i128 =
        peers.iter().filter(|peer| peer.group != one.group).map(|peer| gets(&peer.group)).sum();
    (whole - others, note)
}

/// The incentive that a basis in micros that is not below zero earns, and why if it is not rate × basis.
fn earned(rate: &Rate, basis: i128) -> (i128, Option<String>) {
    let plain = basis * i128::from(rate.ppm);
    if rate.minimum.is_some_and(|minimum| basis < i128::from(minimum)) {
        return (0, Some("MINIMUM_NOT_REACHED".to_owned()));
    }
    match rate.cap.map(|cap| i128::from(cap) * PICO) {
        Some(cap) if plain > cap => (cap, Some("CAPPED".to_owned())),
        _ => (plain, None),
    }
}

/// Rounds to the currency's smallest unit, in micros.
fn round(pico: i128, currency: &str) -> i64 {
    let unit = smallest_unit(currency);
    let units = divide_rounding(pico, i128::from(unit) * PICO);
    i64::try_from(units).expect("an incentive that fits") * unit
}

/// The number in a partner's name.
fn number_of(name: &str) -> usize {
    name[1..].parse().expect("a partner's name")
}
