//! Pricing, by table and by property.

use super::*;
use proptest::prelude::*;

fn usd() -> Currency {
    "USD".parse().unwrap()
}

fn rate(seq: i16, ppm: i32, minimum: i64, cap: Option<i64>) -> incentive_rate::Model {
    incentive_rate::Model {
        policy_id: IncentivePolicyId(1),
        seq,
        product_class: None,
        specific_only: false,
        mode: None,
        partner_kind: None,
        tier: None,
        rate_ppm: ppm,
        minimum,
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

const NOTHING: fn(Month, IncentivePolicyId, i16) -> Billed = |_, _, _| Billed { basis: 0, exact: 0 };

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
    let bill = price(Month(202_609), usd(), &items, NOTHING).unwrap();
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
        let bill = price(month, usd(), &items, NOTHING).unwrap();
        (bill.amount, bill.lines[0].note)
    };
    assert_eq!(bill(500_000_000, 499_999_999), (0, Some("MINIMUM_NOT_REACHED")));
    assert_eq!(bill(500_000_000, 500_000_000), (100_000_000, None));
    assert_eq!(bill(1_000_000_000, 500_000_000), (150_000_000, None));
    assert_eq!(bill(1_000_000_000, 500_000_010), (150_000_000, Some("CAPPED")));
}

#[test]
fn a_correction_is_what_the_corrected_month_would_have_earned_minus_what_it_has() {
    let rate = rate(1, 100_000, 0, Some(150_000_000));
    let correct = |before: i64, delta: i64| {
        let billed = |_, _, _| Billed { basis: before, exact: earned(&rate, before).0 };
        price(Month(202_610), usd(), &[rated(202_609, "a", &rate, delta)], billed).unwrap().amount
    };
    assert_eq!(correct(1_000_000_000, 100_000_000), 10_000_000);
    assert_eq!(correct(1_000_000_000, -100_000_000), -10_000_000);
    assert_eq!(correct(1_000_000_000, 900_000_000), 50_000_000, "only up to the cap");
    assert_eq!(correct(2_000_000_000, -400_000_000), 0, "still capped");
    assert_eq!(correct(2_000_000_000, -600_000_000), -10_000_000, "below the cap again");
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
        let bill = price(Month(202_609), usd(), &items, NOTHING).unwrap();
        prop_assert_eq!(bill.basis, bases.iter().sum::<i64>());
        prop_assert_eq!(bill.amount, bill.lines.iter().map(|l| l.amount).sum::<i64>());
        let exact: i128 = bill.lines.iter().map(|l| l.exact).sum();
        prop_assert_eq!(exact, earned(&rate, bill.basis).0);
        prop_assert_eq!(Ok(bill.amount), round(exact, usd()));
        let cent = usd().minor_unit_micros();
        prop_assert!(bill.lines.iter().all(|l| l.amount % cent == 0));
    }

    #[test]
    fn pico_reads_back(pico in proptest::num::i64::ANY) {
        let pico = i128::from(pico) * 1_000;
        prop_assert_eq!(parse_pico(&pico_text(pico)), Some(pico));
    }
}
