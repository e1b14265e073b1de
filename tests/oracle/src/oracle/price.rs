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
        let mut lines: Vec<BillLine> = Vec::new();
        for nth in 0..rated.len() {
            let (exact, note) = self.share(month, partner, currency, rated, nth);
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
            lines.push(BillLine {
                kind: kind.to_owned(),
                group: Some(Group {
                    origin: one.group.origin,
                    partner: partner_name(one.group.partner),
                    mode: one.group.mode,
                    class: one.group.class.clone(),
                }),
                rate: one.rate.as_ref().map(|((from, seq), rate)| (*from, *seq, rate.ppm)),
                basis: one.basis,
                exact,
                amount: round(exact, currency),
                note,
            });
        }
        let amount = round(lines.iter().map(|line| line.exact).sum(), currency);
        let basis = lines.iter().map(|line| line.basis).sum();
        let rest = amount - lines.iter().map(|line| line.amount).sum::<i64>();
        if rest != 0 {
            self.saw("bill line: RESIDUE");
            let kind = "RESIDUE".to_owned();
            lines.push(BillLine {
                kind,
                group: None,
                rate: None,
                basis: 0,
                exact: 0,
                amount: rest,
                note: None,
            });
        }
        lines.sort();
        Bill { state: String::new(), parked: None, basis, amount, lines }
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

    /// The part that a group gets of all that its rate earns in its month of origin, less what earlier bills hold of it.
    fn share(
        &self,
        month: Month,
        partner: usize,
        currency: &str,
        rated: &[Rated],
        nth: usize,
    ) -> (i128, Option<String>) {
        let one = &rated[nth];
        let Some((name, rate)) = &one.rate else {
            let why =
                if one.group.policy == Policy::PerformanceOnly { "PERFORMANCE_ONLY" } else { "NO_RATE" };
            return (0, Some(why.to_owned()));
        };
        let same = |other: &&Rated| {
            other.group.origin == one.group.origin && other.rate.as_ref().is_some_and(|(n, _)| n == name)
        };
        let peers: Vec<&Rated> = rated.iter().filter(same).collect();
        let sum: i128 = peers.iter().map(|peer| i128::from(peer.basis)).sum();
        let (billed, given) = self.billed(month, partner, currency, one.group.origin, *name);
        let (earned, note) = earned(rate, billed + sum);
        let total = earned - given;
        let ppm = i128::from(rate.ppm);
        if total == sum * ppm {
            return (i128::from(one.basis) * ppm, note);
        }
        // In proportion, and the last takes what is left.
        let part = |peer: &Rated| if sum == 0 { 0 } else { total * i128::from(peer.basis) / sum };
        let (last, others) = peers.split_last().expect("at least itself");
        if last.group == one.group {
            return (total - others.iter().map(|peer| part(peer)).sum::<i128>(), note);
        }
        (part(one), note)
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
