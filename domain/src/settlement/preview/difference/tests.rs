use super::*;

const MONTH: Month = Month(202_609);

fn subject(kind: BillLineKind, class: &str) -> Subject {
    Subject {
        kind,
        origin_month: MONTH,
        partner: PartnerId(1),
        mode: Some(AssociationMode::Resale),
        product_class: Some(class.into()),
    }
}

/// `basis` at `ppm`, with the note of a bound that cuts it to `exact`.
fn says(basis: i64, ppm: Option<i32>, bound: Option<(&str, i128)>) -> Says {
    let plain = i128::from(basis) * i128::from(ppm.unwrap_or(0));
    let exact = bound.map_or(plain, |(_, exact)| exact);
    let none = ppm.is_none().then_some("NO_RATE");
    Says {
        rate: ppm.map(|ppm| (IncentivePolicyId(1), 1, ppm)),
        basis,
        exact,
        amount: i64::try_from(exact / 1_000_000).unwrap(),
        note: bound.map(|(note, _)| note).or(none).map(str::to_owned),
    }
}

#[test]
fn every_kind_of_change_has_its_reason() {
    use Why::{BasisChanged, CapOrMinimum, RateChanged};
    let plain = || says(1_000_000, Some(50_000), None);
    let capped = |basis, exact| says(basis, Some(50_000), Some(("CAPPED", exact)));
    for (before, after, expected) in [
        (plain(), says(2_000_000, Some(50_000), None), vec![BasisChanged]),
        (plain(), says(1_000_000, Some(60_000), None), vec![RateChanged]),
        (plain(), says(2_000_000, Some(60_000), None), vec![BasisChanged, RateChanged]),
        (plain(), says(1_000_000, None, None), vec![RateChanged]),
        (plain(), capped(1_000_000, 7_000_000), vec![CapOrMinimum]),
        (plain(), capped(2_000_000, 7_000_000), vec![BasisChanged, CapOrMinimum]),
        (capped(1_000_000, 7_000_000), capped(1_000_000, 8_000_000), vec![CapOrMinimum]),
        (capped(1_000_000, 7_000_000), capped(2_000_000, 7_000_000), vec![BasisChanged]),
        (capped(1_000_000, 7_000_000), says(1_000_000, Some(60_000), None), vec![RateChanged, CapOrMinimum]),
    ] {
        let base = subject(BillLineKind::Base, "C");
        let changes = differing(vec![(base.clone(), before.clone())], vec![(base.clone(), after.clone())]);
        assert_eq!(changes.len(), 1, "{before:?} {after:?}");
        assert_eq!(changes[0].why, expected, "{before:?} {after:?}");
        assert_eq!(differing(vec![(base.clone(), after.clone())], vec![(base, after)]), []);
    }
}

#[test]
fn lines_come_and_go_and_corrections_and_residues_say_so() {
    let (base, correction, residue) = (
        subject(BillLineKind::Base, "C"),
        subject(BillLineKind::Correction, "C"),
        subject(BillLineKind::Residue, "C"),
    );
    let line = || says(1, Some(50_000), None);
    let before = vec![(base.clone(), line()), (residue.clone(), says(2, None, None))];
    let after = vec![(correction.clone(), line()), (residue.clone(), says(3, None, None))];
    let changes = differing(before, after);
    let told: Vec<_> =
        changes.iter().map(|c| (c.subject.kind, c.before.is_some(), c.after.is_some(), &c.why[..])).collect();
    assert_eq!(
        told,
        [
            (BillLineKind::Base, true, false, &[Why::BasisChanged][..]),
            (BillLineKind::Correction, false, true, &[Why::BasisChanged, Why::Correction][..]),
            (BillLineKind::Residue, true, true, &[Why::Residue][..]),
        ]
    );
}

#[test]
fn lines_that_price_the_same_are_matched_by_what_they_say() {
    let base = || subject(BillLineKind::Base, "C");
    let (special, ordinary) = (says(5, Some(90_000), None), says(7, Some(50_000), None));
    // The one of another product policy came before; the one that stays is not taken for it.
    let changes = differing(
        vec![(base(), ordinary.clone())],
        vec![(base(), special.clone()), (base(), ordinary.clone())],
    );
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].before.as_ref(), changes[0].after.as_ref()), (None, Some(&special)));
}

#[test]
fn another_version_of_a_policy_that_pays_the_same_is_no_change() {
    let before = says(5, Some(50_000), None);
    let after = Says { rate: Some((IncentivePolicyId(-1), 9, 50_000)), ..before.clone() };
    let base = || subject(BillLineKind::Base, "C");
    assert_eq!(differing(vec![(base(), before)], vec![(base(), after)]), []);
}
