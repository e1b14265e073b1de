//! From performance to incentive. 10⁻¹² of a unit is exact: micros × parts per million.

use std::collections::BTreeMap;

use super::classify::COUNTED;
use super::{Oracle, partner_name};
use crate::amount::{divide_rounding, smallest_unit};
use crate::plan::{Policy, Rate};
use crate::seen::{Bill, BillLine, Group, LineKey, Priced, Sum};
use crate::time::Month;

/// 10⁻¹² of a unit in a micro.
const PICO: i128 = 1_000_000;

/// The name of a rate: first month of its policy and number, from one.
type RateName = (Month, i16);

/// A group of performance with its rate.
struct Rated {
    group: Priced,
    rate: Option<(RateName, Rate)>,
    basis: i64,
}

impl Oracle {
    /// The bills of a month by partner and currency, from its lines.
    pub(super) fn price(
        &mut self,
        month: Month,
        lines: &BTreeMap<LineKey, Sum>,
    ) -> BTreeMap<(usize, String), Bill> {
        let mut groups: BTreeMap<(usize, String), BTreeMap<Priced, i64>> = BTreeMap::new();
        for (key, amount) in self.performance(month, lines) {
            let group = self.group(&key);
            let bill = groups.entry((number_of(&key.bill_to), key.currency.clone())).or_default();
            *bill.entry(group).or_default() += amount;
        }
        let mut bills = BTreeMap::new();
        for ((partner, currency), groups) in groups {
            let rated: Vec<Rated> =
                groups.into_iter().map(|(group, basis)| self.rate(group, basis)).collect();
            let bill = self.bill(month, partner, &currency, &rated);
            bills.insert((partner, currency), bill);
        }
        bills
    }

    /// Performance that counts, summed over customers and ways of charging; sums of nothing at all are none.
    fn performance(&self, month: Month, lines: &BTreeMap<LineKey, Sum>) -> Vec<(LineKey, i64)> {
        let mut sums: BTreeMap<LineKey, Sum> = BTreeMap::new();
        for (key, (amount, payments)) in
            lines.iter().filter(|(k, _)| k.posted == month && k.reason == COUNTED)
        {
            let charging = crate::plan::Charging::PayPerUse;
            let sum = sums.entry(LineKey { customer: String::new(), charging, ..key.clone() }).or_default();
            *sum = (sum.0 + amount, sum.1 + payments);
        }
        sums.into_iter().filter(|(_, sum)| *sum != (0, 0)).map(|(key, sum)| (key, sum.0)).collect()
    }

    fn group(&self, key: &LineKey) -> Priced {
        Priced {
            origin: key.origin,
            partner: number_of(&key.partner),
            mode: key.mode.expect("what counts is somebody's"),
            class: self.products[&key.product].clone(),
            policy: self.product_policy(&key.product, key.origin),
        }
    }

    /// The first rate that matches, of the policy that begins last and not after the month of origin.
    fn rate(&self, group: Priced, basis: i64) -> Rated {
        let partner = &self.plan.partners[group.partner];
        let policy = self.policies.range(..=group.origin).last();
        let fits = |rate: &Rate| {
            rate.class.as_ref().is_none_or(|class| *class == group.class)
                && (!rate.specific || group.policy == Policy::Specific)
                && rate.mode.is_none_or(|mode| mode == group.mode)
                && rate.kind.is_none_or(|kind| kind == partner.kind)
                && rate.tier.as_ref().is_none_or(|tier| *tier == partner.tier)
        };
        let rate = policy.and_then(|(from, rates)| {
            let nth = rates.iter().position(fits)?;
            Some(((*from, i16::try_from(nth).expect("few rates") + 1), rates[nth].clone()))
        });
        let rate = rate.filter(|_| group.policy != Policy::PerformanceOnly);
        Rated { group, rate, basis }
    }

    fn bill(&mut self, month: Month, partner: usize, currency: &str, rated: &[Rated]) -> Bill {
        let earlier = self.earlier(month, partner, currency);
        let mut lines: Vec<BillLine> = Vec::new();
        for nth in 0..rated.len() {
            let (exact, note) = share(&earlier, rated, nth);
            let one = &rated[nth];
            let kind = if one.group.origin == month { "BASE" } else { "CORRECTION" };
            self.saw(&format!(
                "bill line: {kind}{}",
                note.as_ref().map_or(String::new(), |n| format!(" {n}"))
            ));
            if one.basis < 0 {
                self.saw("bill line of a negative basis");
            }
            self.note_share(month, partner, currency, rated, nth, exact);
            if partner != one.group.partner {
                self.saw("bill line of a reseller");
            }
            let group = shown(&one.group);
            let held = sum(earlier.iter().filter(|line| line.group.as_ref() == Some(&group)));
            lines.push(BillLine {
                kind: kind.to_owned(),
                origin: one.group.origin,
                group: Some(group),
                rate: one.rate.as_ref().map(|((from, seq), rate)| (*from, *seq, rate.ppm)),
                basis: one.basis,
                exact,
                amount: if one.rate.is_some() { carried(held, exact, currency) } else { 0 },
                note,
            });
        }
        // All that a month of origin earned so far is rounded once, less what earlier bills hold of it.
        let origins: std::collections::BTreeSet<Month> = lines.iter().map(|line| line.origin).collect();
        let mut amount = 0;
        for origin in origins {
            let of_month = || lines.iter().filter(|line| line.origin == origin);
            let held = sum(earlier.iter().filter(|line| line.origin == origin));
            let total = carried(held, of_month().map(|line| line.exact).sum(), currency);
            let rest = total - of_month().map(|line| line.amount).sum::<i64>();
            amount += total;
            if rest != 0 {
                self.saw("bill line: RESIDUE");
                let kind = "RESIDUE".to_owned();
                let (group, rate, note) = (None, None, None);
                lines.push(BillLine { kind, origin, group, rate, basis: 0, exact: 0, amount: rest, note });
            }
        }
        let basis = lines.iter().map(|line| line.basis).sum();
        lines.sort();
        Bill { state: String::new(), parked: None, basis, amount, lines }
    }

    /// The lines of formal bills of earlier months.
    fn earlier(&self, month: Month, partner: usize, currency: &str) -> Vec<BillLine> {
        let bills = self.bills.iter().filter(|((m, p, c), bill)| {
            *m < month && *p == partner && c == currency && bill.state != "ESTIMATED"
        });
        bills.flat_map(|(_, bill)| bill.lines.iter().cloned()).collect()
    }

    fn note_share(
        &mut self,
        month: Month,
        partner: usize,
        currency: &str,
        rated: &[Rated],
        nth: usize,
        exact: i128,
    ) {
        let Rated { group, rate: Some((name, _)), .. } = &rated[nth] else { return };
        let (basis, given) = self.billed(month, partner, currency, group.origin, *name);
        let same = |other: &&Rated| {
            other.group.origin == group.origin && other.rate.as_ref().is_some_and(|(n, _)| n == name)
        };
        let sum: i128 = rated.iter().filter(same).map(|other| i128::from(other.basis)).sum();
        if basis + sum < 0 {
            self.saw("below zero under a rate");
        }
        let unit = i128::from(smallest_unit(currency)) * PICO;
        if group.origin != month && (exact % unit != 0 || given % unit != 0) {
            self.saw("correction that is rounded");
        }
    }

    /// The basis and incentive that formal bills of earlier months hold of a rate and month of origin.
    fn billed(
        &self,
        month: Month,
        partner: usize,
        currency: &str,
        origin: Month,
        (from, seq): RateName,
    ) -> (i128, i128) {
        let earlier = self.bills.iter().filter(|((m, p, c), bill)| {
            *m < month && *p == partner && c == currency && bill.state != "ESTIMATED"
        });
        let lines = earlier.flat_map(|(_, bill)| &bill.lines).filter(|line| {
            line.group.as_ref().is_some_and(|group| group.origin == origin)
                && line.rate.is_some_and(|(f, s, _)| (f, s) == (from, seq))
        });
        lines.fold((0, 0), |sum, line| (sum.0 + i128::from(line.basis), sum.1 + line.exact))
    }
}

/// A group as bills show it.
fn shown(group: &Priced) -> Group {
    Group {
        origin: group.origin,
        partner: partner_name(group.partner),
        mode: group.mode,
        class: group.class.clone(),
        policy: if group.policy == Policy::NoPerformance { Policy::Ordinary } else { group.policy },
    }
}

/// The incentive before and after rounding.
fn sum<'a>(lines: impl Iterator<Item = &'a BillLine>) -> (i128, i64) {
    lines.fold((0, 0), |sum, line| (sum.0 + line.exact, sum.1 + line.amount))
}

/// All so far rounded once, less what was given.
fn carried((before, given): (i128, i64), exact: i128, currency: &str) -> i64 {
    round(before + exact, currency) - given
}

/// The part that a group gets: what it comes to in the corrected month, less what earlier bills hold of it. Minimum and
/// cap hold for groups above zero, all of one rate together; a group below zero gives back at the rate.
fn share(earlier: &[BillLine], rated: &[Rated], nth: usize) -> (i128, Option<String>) {
    let one = &rated[nth];
    let Some(((from, seq), rate)) = &one.rate else {
        let why = if one.group.policy == Policy::PerformanceOnly { "PERFORMANCE_ONLY" } else { "NO_RATE" };
        return (0, Some(why.to_owned()));
    };
    // By group: what it holds, and its basis with this bill.
    let mut groups: BTreeMap<Group, (i128, i128)> = BTreeMap::new();
    for line in earlier.iter().filter(|line| line.origin == one.group.origin) {
        if let (Some(group), true) = (&line.group, line.rate.is_some_and(|(f, s, _)| (f, s) == (*from, *seq)))
        {
            let held = groups.entry(group.clone()).or_default();
            *held = (held.0 + line.exact, held.1 + i128::from(line.basis));
        }
    }
    let same = |other: &&Rated| {
        other.group.origin == one.group.origin
            && other.rate.as_ref().is_some_and(|((f, s), _)| (f, s) == (from, seq))
    };
    let peers: Vec<Group> = rated.iter().filter(same).map(|peer| shown(&peer.group)).collect();
    for peer in rated.iter().filter(same) {
        groups.entry(shown(&peer.group)).or_default().1 += i128::from(peer.basis);
    }
    let above: i128 = groups.values().map(|(_, basis)| (*basis).max(0)).sum();
    let below: i128 = groups.values().map(|(_, basis)| (*basis).min(0)).sum();
    let given: i128 = groups.values().map(|(held, _)| held).sum();
    let ppm = i128::from(rate.ppm);
    let (all, note) = earned(rate, above);
    let part = |group: &Group| {
        let (held, basis) = groups[group];
        let whole = if basis <= 0 || all == above * ppm { basis * ppm } else { all * basis / above };
        whole - held
    };
    let mine = shown(&one.group);
    // The last of those above zero takes what is left, else the last.
    let last = peers.iter().rev().find(|peer| groups[*peer].1 > 0).or(peers.last()).expect("at least itself");
    let note = if groups[&mine].1 >= 0 { note } else { None };
    if *last == mine {
        let others: i128 = peers.iter().filter(|peer| **peer != mine).map(part).sum();
        return (all + below * ppm - given - others, note);
    }
    (part(&mine), note)
}

/// The incentive that a basis in micros earns, and why if it is not rate × basis. What is below zero was earned once, and is given
/// back whatever the minimum.
fn earned(rate: &Rate, basis: i128) -> (i128, Option<String>) {
    let plain = basis * i128::from(rate.ppm);
    if (0..i128::from(rate.minimum)).contains(&basis) {
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
