//! Plans from seeds.
//!
//! A plan is drawn first as things that happen at some instant, in any order; they are put in the order of time at
//! the end. Each plan has some *spices* and lacks others, so that there are plain plans and wild ones.

mod bills;
mod history;
mod people;

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::oracle::Oracle;
use crate::plan::{Partner, Plan, Run, Step};
use crate::random::Random;
use crate::time::{DAY, HOUR, Instant, Month, zone};

/// Things a plan may have besides the plain things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spice {
    Transfers,
    Corrections,
    LateRows,
    Refunds,
    Parts,
    Unpaid,
    Currencies,
    Marketplace,
    ProductPolicies,
    RatesOfAKind,
    Minimums,
    Caps,
    CoolingOff,
    Coupons,
    Parking,
    FineAmounts,
    Relinks,
    OutsideCycle,
    Repeats,
    Faults,
    Crashes,
    Issues,
    Credits,
    Updates,
    Classes,
}

const SPICES: [(Spice, i64); 25] = [
    (Spice::Transfers, 55),
    (Spice::Corrections, 35),
    (Spice::LateRows, 55),
    (Spice::Refunds, 50),
    (Spice::Parts, 50),
    (Spice::Unpaid, 55),
    (Spice::Currencies, 40),
    (Spice::Marketplace, 35),
    (Spice::ProductPolicies, 40),
    (Spice::RatesOfAKind, 60),
    (Spice::Minimums, 35),
    (Spice::Caps, 35),
    (Spice::CoolingOff, 40),
    (Spice::Coupons, 25),
    (Spice::Parking, 30),
    (Spice::FineAmounts, 40),
    (Spice::Relinks, 35),
    (Spice::OutsideCycle, 15),
    (Spice::Repeats, 50),
    (Spice::Faults, 35),
    (Spice::Crashes, 10),
    (Spice::Issues, 40),
    (Spice::Credits, 10),
    (Spice::Updates, 10),
    (Spice::Classes, 10),
];

/// A plan on its way.
struct Draft {
    random: Random,
    zone: TimeZone,
    spices: BTreeSet<Spice>,
    months: Vec<Month>,
    partners: Vec<Partner>,
    customers: Vec<bool>,
    /// Instants at which something changes: good moments to consume.
    changes: Vec<Instant>,
    happens: Vec<(Instant, Step)>,
}

/// The plan of a seed.
#[must_use]
pub fn plan(seed: u64) -> Plan {
    let mut random = Random::new(seed);
    let spices = SPICES.into_iter().filter(|(_, percent)| random.chance(*percent)).map(|(spice, _)| spice);
    let spices: BTreeSet<Spice> = spices.collect();
    let name = *random.pick(&["Asia/Shanghai", "Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York"]);
    let first = Month(202_602).plus(i32::try_from(random.between(0, 5)).expect("few months"));
    let months: Vec<Month> =
        (0..random.between(2, 4)).map(|n| first.plus(i32::try_from(n).expect("few"))).collect();
    let begins = first.starts(&zone(name)).plus(-2 * DAY);
    let mut draft = Draft {
        zone: zone(name),
        random,
        spices,
        months,
        partners: vec![],
        customers: vec![],
        changes: vec![],
        happens: vec![],
    };
    draft.people(begins);
    draft.history();
    draft.bills();
    draft.settlements();
    let has = |spice| draft.spices.contains(&spice);
    let parking = has(Spice::Parking);
    Plan {
        what: format!("what the seed {seed} makes"),
        seed,
        zone: name.to_owned(),
        begins,
        park_factor_ppm: if parking { *draft.random.pick(&[1_500_000, 2_000_000, 3_000_000]) } else { 0 },
        park_floor: if parking { *draft.random.pick(&[0, 50_000_000]) } else { 0 },
        lazy: draft.random.chance(30),
        steps: in_order(draft.happens),
        partners: draft.partners,
        customers: draft.customers,
    }
}

/// The first plan at or behind a seed that meets nothing of `awaited`, which is what the product is not mended for yet.
///
/// # Panics
/// If thousands of plans in a row meet it.
#[must_use]
pub fn plan_without(seed: u64, awaited: &[&str]) -> Plan {
    for attempt in 0..10_000 {
        let plan = plan(seed.wrapping_mul(1_000_003).wrapping_add(attempt));
        if !meets(&plan, awaited) {
            return Plan { seed, ..plan };
        }
    }
    panic!("every plan meets one of {awaited:?}");
}

/// Whether a plan comes to something of `awaited`.
#[must_use]
pub fn meets(plan: &Plan, awaited: &[&str]) -> bool {
    let mut oracle = Oracle::new(plan);
    for step in &plan.steps {
        oracle.step(step);
    }
    awaited.iter().any(|mark| oracle.coverage().contains_key(*mark))
}

/// Puts what happens in the order of time, and moves the clock from one to the next.
fn in_order(mut happens: Vec<(Instant, Step)>) -> Vec<Step> {
    happens.sort_by_key(|(at, _)| *at);
    let mut steps = Vec::new();
    let mut now = None;
    for (at, step) in happens {
        if now != Some(at) {
            steps.push(Step::Until(at));
            now = Some(at);
        }
        steps.push(step);
    }
    steps
}

impl Draft {
    fn has(&self, spice: Spice) -> bool {
        self.spices.contains(&spice)
    }

    /// True in `percent` of a hundred cases of plans that have a spice.
    fn spiced(&mut self, spice: Spice, percent: i64) -> bool {
        let lucky = self.random.chance(percent);
        lucky && self.has(spice)
    }

    fn any_month(&mut self) -> Month {
        *self.random.pick(&self.months.clone())
    }

    /// An instant in a month: its borders and instants of changes more often than chance would have it.
    fn moment(&mut self, month: Month) -> Instant {
        let (from, to) = (month.starts(&self.zone), month.ends(&self.zone));
        let inside: Vec<Instant> =
            self.changes.iter().copied().filter(|at| (from..to).contains(at)).collect();
        match self.random.between(0, 19) {
            0 => from,
            1 => to.plus(-1),
            2..=4 if !inside.is_empty() => {
                self.random.pick(&inside).plus(self.random.between(-1, 1)).max(from)
            }
            _ => Instant(self.random.between(from.0, to.0 - 1) / 1_000_000 * 1_000_000),
        }
        .clamp(from, to.plus(-1))
    }

    /// The instant at which something is told that belongs to a month: in it, soon after, or long after it is closed.
    fn told(&mut self, month: Month) -> Instant {
        let end = month.ends(&self.zone);
        let late = if self.has(Spice::LateRows) { 30 } else { 0 };
        if self.random.chance(late) {
            return end.plus(self.random.between(10 * DAY / HOUR, 40 * DAY / HOUR) * HOUR);
        }
        end.plus(self.random.between(-20 * DAY / HOUR, 2 * DAY / HOUR) * HOUR)
    }

    /// The instant at which something happens anywhere in the plan.
    fn sometime(&mut self) -> Instant {
        let month = self.any_month();
        self.told(month)
    }

    fn at(&mut self, at: Instant, step: Step) {
        self.happens.push((at, step));
    }

    /// Estimates, drafts and finals of every month but sometimes the last.
    fn settlements(&mut self) {
        let months = self.months.clone();
        for month in &months {
            let month = *month;
            let end = month.ends(&self.zone);
            let crash = |draft: &mut Self| {
                let points = [
                    "settle.claim",
                    "settle.freeze",
                    "settle.attempt",
                    "settle.bill",
                    "settle.billed",
                    "settle.close",
                ];
                draft.spiced(Spice::Crashes, 50).then(|| draft.crash(&points))
            };
            if self.random.chance(50) {
                let at = end.plus(-self.random.between(1, 15) * DAY);
                let crash = crash(self);
                self.at(at, Step::Settle { month, run: Run::Estimate, crash });
            }
            if self.random.chance(60) {
                let crash = crash(self);
                self.at(end.plus(2 * DAY), Step::Settle { month, run: Run::Draft, crash });
            }
            if Some(&month) == months.last() && self.random.chance(20) {
                continue;
            }
            let crash = crash(self);
            self.at(end.plus(9 * DAY), Step::Settle { month, run: Run::Final, crash });
            if self.spiced(Spice::Issues, 70) {
                let at = end.plus(self.random.between(10, 35) * DAY + HOUR);
                self.at(at, Step::Issue { month });
            }
        }
        // What came after the last final is seen by an estimate of the month after.
        let next = self.months[self.months.len() - 1].next();
        let at = next.ends(&self.zone).plus(20 * DAY);
        self.at(at, Step::Settle { month: next, run: Run::Estimate, crash: None });
    }

    fn crash(&mut self, points: &[&str]) -> crate::plan::Crash {
        crate::plan::Crash { point: (*self.random.pick(points)).to_owned(), nth: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Verdict;

    #[test]
    fn the_same_seed_makes_the_same_plan() {
        assert_eq!(plan(7), plan(7));
        assert_ne!(plan(7).steps, plan(8).steps);
    }

    #[test]
    fn a_plan_is_the_same_when_it_was_written_down() {
        for seed in 0..20 {
            let plan = plan(seed);
            let text = serde_json::to_string_pretty(&plan).unwrap();
            assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
        }
    }

    #[test]
    fn most_of_what_a_plan_wants_is_possible() {
        let (mut done, mut refused) = (0, 0);
        for seed in 0..100 {
            let plan = plan(seed);
            let mut oracle = Oracle::new(&plan);
            for step in &plan.steps {
                match oracle.step(step) {
                    Verdict::Done | Verdict::Imported(_) => done += 1,
                    Verdict::Refused | Verdict::Nothing => refused += 1,
                }
            }
        }
        assert!(done > 2_000 && refused > 20 && refused * 4 < done, "{done} done, {refused} refused");
    }
}
