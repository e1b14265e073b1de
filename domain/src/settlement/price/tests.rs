//! Pricing, by table and by property.

use super::*;
use proptest::prelude::*;

fn usd() -> Currency {
    "USD".parse().unwrap()
}

fn rate(seq: i16, ppm: i32, minimum: impl Into<Option<i64>>, cap: Option<i64>) -> incentive_rate::Model {
    incentive_rate::Model {
        policy_id: IncentivePolicyId(1),
        seq,
        product_class: None,
        specific_only: false,
        mode: None,
        partner_kind: None,
        tier: None,
        rate_ppm: ppm,
        minimum: minimum.into(),
        cap,
    }
}

fn group(origin: i32, class: &str) -> Group {
    Group {
        origin_month: Month(origin),
        partner_id: PartnerId(1),
        mode: AssociationMode::Resale,
        product_class: class.into(),
        policy: ProductPolicyKind::Ordinary,
    }
}

fn rated<'a>(origin: i32, class: &str, rate: &'a incentive_rate::Model, basis: i64) -> Rated<'a> {
    Rated { group: group(origin, class), rate: Some((IncentivePolicyId(1), rate)), basis }
}

/// Adds the lines of a bill to what earlier bills hold.
fn and_then(mut before: Before, bill: &Priced) -> Before {
    for line in &bill.lines {
        let billed = Billed { basis: line.basis, exact: line.exact, amount: line.amount };
        match (line.group.clone(), line.rate) {
            (Some(group), Some((policy, seq, _))) => before.add(group, (policy, seq), billed).unwrap(),
            _ => before.add_residue(line.origin_month, billed).unwrap(),
        }
    }
    before
}

/// The bill of the month, and then those that correct it one after the other.
fn then(rate: &incentive_rate::Model, bases: &[i64]) -> Vec<i64> {
    let (mut before, mut amounts) = (Before::default(), Vec::new());
    for (month, basis) in (202_609..).zip(bases) {
        let bill = price(Month(month), usd(), &[rated(202_609, "a", rate, *basis)], &before).unwrap();
        amounts.push(bill.amount);
        before = and_then(before, &bill);
    }
    amounts
}

#[test]
fn rounding_is_half_away_from_zero_to_the_smallest_unit() {
    let (usd, jpy, kwd) = (usd(), "JPY".parse().unwrap(), "KWD".parse().unwrap());
    let cent = 10_000_000_000_i128;
    for (pico, currency, micros) in [
        (cent / 2, usd, 10_000),
        (cent / 2 - 1, usd, 0),
        (-cent / 2, usd, -10_000),
        (-cent / 2 + 1, usd, 0),
        (1_500_000_000_000, jpy, 2_000_000),
        (1_499_999_999_999, jpy, 1_000_000),
        (500_000_000, kwd, 1_000),
    ] {
        assert_eq!(round(pico, currency), Ok(micros), "{pico} {currency}");
    }
    assert_eq!(round(i128::MAX / 2, usd), Err(Overflow));
}

#[test]
fn what_rounding_leaves_over_stands_in_its_own_line() {
    // Three lines of 0.005 USD round to 0.01 each; the bill is 0.015 rounded once: 0.02.
    let rate = rate(1, 50_000, 0, None);
    let items = ["a", "b", "c"].map(|class| rated(202_609, class, &rate, 100_000));
    let bill = price(Month(202_609), usd(), &items, &Before::default()).unwrap();
    assert_eq!(bill.amount, 20_000);
    let last = bill.lines.last().unwrap();
    assert_eq!((last.kind, last.amount), (BillLineKind::Residue, -10_000));
}

#[test]
fn minimum_and_cap_hold_for_all_that_a_rate_prices() {
    let rate = rate(1, 100_000, 1_000_000_000, Some(150_000_000));
    let month = Month(202_609);
    let bill = |a, b| {
        let items = [rated(202_609, "a", &rate, a), rated(202_609, "b", &rate, b)];
        let bill = price(month, usd(), &items, &Before::default()).unwrap();
        (bill.amount, bill.lines[0].note)
    };
    assert_eq!(bill(500_000_000, 499_999_999), (0, Some("MINIMUM_NOT_REACHED")));
    assert_eq!(bill(500_000_000, 500_000_000), (100_000_000, None));
    assert_eq!(bill(1_000_000_000, 500_000_000), (150_000_000, None));
    assert_eq!(bill(1_000_000_000, 500_000_010), (150_000_000, Some("CAPPED")));
}

#[test]
fn a_refund_gives_back_at_the_rate_whatever_minimum_and_cap_say() {
    let amount = |rate: &incentive_rate::Model, bases: &[i64]| {
        let items: Vec<_> =
            ["a", "b", "c"].iter().zip(bases).map(|(class, b)| rated(202_609, class, rate, *b)).collect();
        price(Month(202_609), usd(), &items, &Before::default()).unwrap().amount / 1_000_000
    };
    const THOUSAND: i64 = 1_000_000_000;
    for (minimum, cap, bases, expected) in [
        (None, None, vec![-THOUSAND], -100),
        (Some(0), None, vec![-THOUSAND], -100),
        (Some(500_000_000), None, vec![-THOUSAND], -100),
        (None, Some(50_000_000), vec![-THOUSAND], -100),
        // Beside what counts: neither does it pull the others below the minimum, nor does the cap cover it.
        (Some(THOUSAND), None, vec![THOUSAND, -THOUSAND / 2], 50),
        (Some(THOUSAND), None, vec![THOUSAND / 2, -THOUSAND / 2], -50),
        (None, Some(50_000_000), vec![THOUSAND, -THOUSAND / 5], 30),
        (None, Some(50_000_000), vec![THOUSAND, THOUSAND, -THOUSAND / 5], 30),
    ] {
        assert_eq!(
            amount(&rate(1, 100_000, minimum, cap), &bases),
            expected,
            "{minimum:?} {cap:?} {bases:?}"
        );
    }
}

#[test]
fn no_minimum_is_not_a_minimum_of_nothing() {
    assert_eq!(earned(&rate(1, 100_000, None, None), 0), (0, None));
    assert_eq!(earned(&rate(1, 100_000, None, None), -10).1, None);
    assert_eq!(earned(&rate(1, 100_000, 1, None), 0), (0, Some("MINIMUM_NOT_REACHED")));
}

#[test]
fn a_correction_is_what_the_corrected_month_would_have_earned_minus_what_it_has() {
    let rate = rate(1, 100_000, None, Some(150_000_000));
    let correct = |before: i64, delta: i64| then(&rate, &[before, delta])[1];
    assert_eq!(correct(1_000_000_000, 100_000_000), 10_000_000);
    assert_eq!(correct(1_000_000_000, -100_000_000), -10_000_000);
    assert_eq!(correct(1_000_000_000, 900_000_000), 50_000_000, "only up to the cap");
    assert_eq!(correct(2_000_000_000, -400_000_000), 0, "still capped");
    assert_eq!(correct(2_000_000_000, -600_000_000), -10_000_000, "below the cap again");
    assert_eq!(correct(2_000_000_000, -2_000_000_000), -150_000_000, "exactly what was given");
    assert_eq!(correct(2_000_000_000, -2_100_000_000), -160_000_000, "and beyond it at the rate");
}

#[test]
fn a_correction_that_passes_the_minimum_gives_or_takes_all_of_it() {
    let rate = rate(1, 100_000, 500_000_000, None);
    assert_eq!(then(&rate, &[400_000_000, 100_000_000]), [0, 50_000_000]);
    assert_eq!(then(&rate, &[500_000_000, -1_000_000]), [50_000_000, -50_000_000]);
    assert_eq!(then(&rate, &[400_000_000, -400_000_000]), [0, 0], "nothing was given");
}

#[test]
fn reversals_take_back_exactly_what_was_given() {
    let rate = rate(1, 100_000, None, None);
    // 279.16 at a tenth is 27.916, rounded 27.92.
    let quarter = then(&rate, &[279_160_000, -69_790_000, -69_790_000, -69_790_000, -69_790_000]);
    assert_eq!(quarter, [27_920_000, -6_980_000, -6_980_000, -6_980_000, -6_980_000]);
    let odd = then(&rate, &[279_160_000, -100_040_000, -100_040_000, -79_040_000, -40_000]);
    assert_eq!(odd, [27_920_000, -10_010_000, -10_000_000, -7_910_000, 0]);
}

#[test]
fn each_month_of_origin_has_a_residue_of_its_own() {
    // Three lines of 0.005 each in two months of origin, on one bill.
    let rate = rate(1, 50_000, None, None);
    let of = |origin: i32| ["a", "b", "c"].map(|class| rated(origin, class, &rate, 100_000));
    let items = [of(202_608), of(202_609)].concat();
    let bill = price(Month(202_609), usd(), &items, &Before::default()).unwrap();
    assert_eq!(bill.amount, 40_000);
    let residues: Vec<_> = bill.lines.iter().skip(6).map(|l| (l.kind, l.origin_month, l.amount)).collect();
    let residue = |origin| (BillLineKind::Residue, Month(origin), -10_000);
    assert_eq!(residues, [residue(202_608), residue(202_609)]);
}

#[test]
fn the_first_matching_rate_prices_and_performance_only_earns_nothing() {
    let performer = Performer { kind: PartnerKind::Reseller, tier: "GOLD".into() };
    let mut compute = rate(1, 1, 0, None);
    compute.product_class = Some("Compute".into());
    let mut specific = rate(2, 2, 0, None);
    specific.specific_only = true;
    let mut gold = rate(3, 3, 0, None);
    gold.tier = Some("GOLD".into());
    gold.partner_kind = Some(PartnerKind::Reseller);
    gold.mode = Some(AssociationMode::Consulting);
    let rates = [compute, specific, gold, rate(4, 4, 0, None)];
    let pick = |g: Group| rate_for(&rates, &g, &performer).map(|r| r.seq);
    assert_eq!(pick(group(202_609, "Compute")), Some(1));
    assert_eq!(pick(group(202_609, "Storage")), Some(4));
    assert_eq!(pick(Group { policy: ProductPolicyKind::Specific, ..group(202_609, "Storage") }), Some(2));
    assert_eq!(pick(Group { mode: AssociationMode::Consulting, ..group(202_609, "Storage") }), Some(3));
    assert_eq!(pick(Group { policy: ProductPolicyKind::PerformanceOnly, ..group(202_609, "Compute") }), None);
}

proptest! {
    #[test]
    fn a_bill_is_its_lines_and_the_exact_sum_rounded_once(
        bases in proptest::collection::vec(-5_000_000_000_i64..50_000_000_000, 1..30),
        ppm in 0..1_000_000_i32, minimum in 0..1_000_000_000_i64, cap in proptest::option::of(1..1_000_000_000_i64),
    ) {
        let rate = rate(1, ppm, minimum, cap);
        let items: Vec<_> = bases.iter().enumerate().map(|(i, b)| rated(202_609, &format!("{i:03}"), &rate, *b)).collect();
        let bill = price(Month(202_609), usd(), &items, &Before::default()).unwrap();
        prop_assert_eq!(bill.basis, bases.iter().sum::<i64>());
        prop_assert_eq!(bill.amount, bill.lines.iter().map(|l| l.amount).sum::<i64>());
        let exact: i128 = bill.lines.iter().map(|l| l.exact).sum();
        let above = bases.iter().filter(|b| **b > 0).sum::<i64>();
        prop_assert_eq!(exact, earned(&rate, above).0 + earned(&rate, bill.basis - above).0);
        prop_assert_eq!(Ok(bill.amount), round(exact, usd()));
        let cent = usd().minor_unit_micros();
        prop_assert!(bill.lines.iter().all(|l| l.amount % cent == 0));
    }

    #[test]
    fn however_a_month_is_corrected_its_bills_come_to_what_it_would_have_earned_at_once(
        steps in proptest::collection::vec((0..4_usize, -3_000_000_000_i64..5_000_000_000), 1..12),
        ppm in 0..300_000_i32, minimum in proptest::option::of(0..2_000_000_000_i64),
        cap in proptest::option::of(1..300_000_000_i64), undone in proptest::bool::ANY,
    ) {
        let rate = rate(1, ppm, minimum, cap);
        let classes = ["a", "b", "c", "d"];
        let mut sums = [0_i64; 4];
        for (class, basis) in &steps { sums[*class] += basis; }
        let mut steps = steps;
        if undone {
            steps.extend(sums.iter().enumerate().map(|(class, sum)| (class, -sum)));
            sums = [0; 4];
        }
        let (mut before, mut amount, mut lines) = (Before::default(), 0, [0_i64; 4]);
        for (month, (class, basis)) in (202_601..).zip(&steps) {
            let bill = price(Month(month), usd(), &[rated(202_601, classes[*class], &rate, *basis)], &before).unwrap();
            amount += bill.amount;
            lines[*class] += bill.lines[0].amount;
            before = and_then(before, &bill);
        }
        let all: Vec<_> = classes.iter().zip(&sums).map(|(class, sum)| rated(202_601, class, &rate, *sum)).collect();
        let at_once = price(Month(202_601), usd(), &all, &Before::default()).unwrap();
        prop_assert_eq!(amount, at_once.amount);
        if undone && cap.is_none() && minimum.is_none() {
            prop_assert_eq!(lines, [0; 4]);
        }
    }

    #[test]
    fn pico_reads_back(pico in proptest::num::i64::ANY) {
        let pico = i128::from(pico) * 1_000;
        prop_assert_eq!(parse_pico(&pico_text(pico)), Some(pico));
    }
}
