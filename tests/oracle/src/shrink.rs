//! Smaller plans of one that fails. Every part of a plan is a plan, so anything may be left out.

use crate::amount::Amount;
use crate::plan::{Charging, File, Parts, Plan, Row, Step};

/// Plans that are a little smaller, the boldest cuts first. Whoever shrinks takes the first one that still fails and
/// asks again; when none fails the plan is as small as it gets.
#[must_use]
pub fn smaller(plan: &Plan) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut size = plan.steps.len() / 2;
    while size > 0 {
        let mut from = 0;
        while from < plan.steps.len() {
            let mut fewer = plan.clone();
            fewer.steps.drain(from..(from + size).min(plan.steps.len()));
            plans.push(fewer);
            from += size;
        }
        size /= 2;
    }
    for (nth, step) in plan.steps.iter().enumerate() {
        for simpler in simpler_steps(step) {
            let mut other = plan.clone();
            other.steps[nth] = simpler;
            plans.push(other);
        }
    }
    plans.extend(simpler_settings(plan));
    plans
}

fn simpler_settings(plan: &Plan) -> Vec<Plan> {
    let others = [
        Plan { park_factor_ppm: 0, ..plan.clone() },
        Plan { lazy: false, ..plan.clone() },
        Plan { zone: "UTC".to_owned(), ..plan.clone() },
        Plan { customers: plan.customers.iter().map(|_| false).collect(), ..plan.clone() },
        // Nobody names who is last: it is not needed.
        Plan { partners: plan.partners[..used(plan, partners_of)].to_vec(), ..plan.clone() },
        Plan { customers: plan.customers[..used(plan, customers_of)].to_vec(), ..plan.clone() },
    ];
    others.into_iter().filter(|other| other != plan).collect()
}

fn used(plan: &Plan, named: fn(&Step) -> Vec<usize>) -> usize {
    plan.steps.iter().flat_map(named).max().map_or(0, |last| last + 1)
}

fn partners_of(step: &Step) -> Vec<usize> {
    match step {
        Step::Link { reseller, distributor, .. } => vec![*reseller, *distributor],
        Step::Associate { partner, .. } | Step::Transfer { partner, .. } => vec![*partner],
        Step::Correct { partner, .. } => partner.iter().copied().collect(),
        _ => vec![],
    }
}

fn customers_of(step: &Step) -> Vec<usize> {
    match step {
        Step::Account { customer, .. }
        | Step::Associate { customer, .. }
        | Step::Transfer { customer, .. }
        | Step::End { customer, .. }
        | Step::LongTail { customer, .. }
        | Step::Correct { customer, .. } => vec![*customer],
        _ => vec![],
    }
}

fn simpler_steps(step: &Step) -> Vec<Step> {
    match step {
        Step::Import(file) => simpler_files(file).into_iter().map(Step::Import).collect(),
        Step::Settle { month, run, crash: Some(_) } => {
            vec![Step::Settle { month: *month, run: *run, crash: None }]
        }
        Step::IncentivePolicy { from, rates } => {
            let mut policies = Vec::new();
            for nth in 0..rates.len() {
                let mut fewer = rates.clone();
                fewer.remove(nth);
                if !fewer.is_empty() {
                    policies.push(fewer);
                }
                let mut plain = rates.clone();
                plain[nth] = crate::plan::Rate { ppm: rates[nth].ppm, ..crate::plan::Rate::default() };
                policies.push(plain);
                let mut round = rates.clone();
                round[nth].ppm = 100_000;
                policies.push(round);
            }
            let policies = policies.into_iter().filter(|other| other != rates);
            policies.map(|rates| Step::IncentivePolicy { from: *from, rates }).collect()
        }
        _ => vec![],
    }
}

fn simpler_files(file: &File) -> Vec<File> {
    let mut files = Vec::new();
    let mut size = file.rows.len() / 2;
    while size > 0 && file.rows.len() > 1 {
        for from in (0..file.rows.len()).step_by(size) {
            let mut fewer = file.clone();
            fewer.rows.drain(from..(from + size).min(file.rows.len()));
            files.push(fewer);
        }
        size /= 2;
    }
    for (nth, row) in file.rows.iter().enumerate() {
        for simpler in simpler_rows(row) {
            let mut other = file.clone();
            other.rows[nth] = simpler;
            files.push(other);
        }
    }
    files.push(File { crash: None, ..file.clone() });
    files.push(File { spelling: 0, ..file.clone() });
    files.retain(|other| other != file);
    files
}

fn simpler_rows(row: &Row) -> Vec<Row> {
    let whole = Amount::units(row.parts.payable().0 / crate::amount::UNIT);
    let rows = [
        Row { fault: None, ..row.clone() },
        Row { seller: None, ..row.clone() },
        Row { invoice: None, ..row.clone() },
        Row { settled: None, ..row.clone() },
        Row { cycle: None, ..row.clone() },
        Row { charging: Charging::PayPerUse, category: crate::plan::Category::Usage, ..row.clone() },
        Row { parts: Parts::cash(row.parts.payable()), ..row.clone() },
        Row { parts: Parts::cash(whole), ..row.clone() },
        Row { parts: Parts::cash(Amount::units(100)), ..row.clone() },
    ];
    rows.into_iter().filter(|other| other != row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::plan;

    /// Shrinks to the end.
    fn smallest(mut plan: Plan, fails: impl Fn(&Plan) -> bool) -> Plan {
        while let Some(next) = smaller(&plan).into_iter().find(&fails) {
            plan = next;
        }
        plan
    }

    #[test]
    fn a_plan_that_fails_for_one_row_shrinks_to_that_row() {
        let refund = |plan: &Plan| {
            let rows = plan.steps.iter().filter_map(|step| match step {
                Step::Import(file) => Some(&file.rows),
                _ => None,
            });
            rows.flatten().any(|row| row.parts.payable().0 < 0)
        };
        let seed = (1..).find(|seed| refund(&plan(*seed))).unwrap();
        let small = smallest(plan(seed), refund);
        assert_eq!(small.steps.len(), 1, "{small:?}");
        let Step::Import(file) = &small.steps[0] else { panic!("{small:?}") };
        assert_eq!((file.rows.len(), small.partners.len()), (1, 0));
    }
}
