//! What counts, as a table and as properties.

use super::*;
use proptest::prelude::*;

fn split(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Option<Vec<Allotted>> {
    classify(payment, owner, rules).map(|split| split.as_slice().to_vec())
}

fn owner() -> Owner {
    Owner {
        partner_id: PartnerId(1),
        bill_to_id: PartnerId(1),
        mode: AssociationMode::Resale,
        cooling_off_until: Timestamp(0),
        marketplace_name: Some("Own Shop".into()),
    }
}

fn cash(amount: i64) -> Payment<'static> {
    Payment {
        consumed_at: Timestamp(1_000),
        category: ChargeCategory::Usage,
        settled: true,
        invoice_paid: false,
        marketplace: None,
        undecided: false,
        parts: Parts { cash: amount, ..Parts::default() },
    }
}

const ORDINARY: Rules =
    Rules { internal: false, policy: ProductPolicyKind::Ordinary, cash_coupon_counts: false };

#[test]
fn the_reasons_of_whole_payments_in_their_order() {
    let cooling = Owner { cooling_off_until: Timestamp(1_001), ..owner() };
    let internal = Rules { internal: true, ..ORDINARY };
    let tax = Payment { category: ChargeCategory::Tax, ..cash(5) };
    let other = Payment { marketplace: Some("Other Shop"), ..cash(5) };
    let own = Payment { marketplace: Some("Own Shop"), ..cash(5) };
    let table: &[(&str, Payment<'_>, Option<Owner>, Rules, Reason)] = &[
        ("plain cash counts", cash(5), Some(owner()), ORDINARY, Reason::Counted),
        ("tax before everything", tax, None, internal, Reason::Tax),
        ("nobody's customer", cash(5), None, internal, Reason::NoPartner),
        ("internal before cooling-off", cash(5), Some(cooling.clone()), internal, Reason::InternalAccount),
        ("cooling-off before marketplace", other, Some(cooling.clone()), ORDINARY, Reason::CoolingOff),
        (
            "nobody decided whose it is",
            Payment { undecided: true, ..own },
            Some(owner()),
            ORDINARY,
            Reason::Unclassified,
        ),
        ("another's marketplace item", other, Some(owner()), ORDINARY, Reason::MarketplaceOtherPartner),
        ("one's own marketplace item counts", own, Some(owner()), ORDINARY, Reason::Counted),
    ];
    for (name, payment, owner, rules, reason) in table {
        assert_eq!(split(payment, owner.as_ref(), rules), Some(vec![(*reason, 5)]), "{name}");
    }
}

#[test]
fn cooling_off_ends_at_its_instant() {
    let until = |at| Owner { cooling_off_until: Timestamp(at), ..owner() };
    assert_eq!(split(&cash(5), Some(&until(1_000)), &ORDINARY), Some(vec![(Reason::Counted, 5)]));
    assert_eq!(split(&cash(5), Some(&until(1_001)), &ORDINARY), Some(vec![(Reason::CoolingOff, 5)]));
}

#[test]
fn each_part_is_judged_by_how_it_was_paid() {
    let part = |f: fn(&mut Parts)| {
        let mut parts = Parts::default();
        f(&mut parts);
        parts
    };
    type Case = (&'static str, Parts, bool, bool, Reason);
    let table: &[Case] = &[
        ("cash, settled", part(|p| p.cash = 9), true, false, Reason::Counted),
        ("cash, unsettled", part(|p| p.cash = 9), false, false, Reason::Unpaid),
        ("cash, invoice paid later", part(|p| p.cash = 9), false, true, Reason::Counted),
        ("card is cash when spent", part(|p| p.stored_value_card = 9), true, false, Reason::Counted),
        ("credit waits for repayment", part(|p| p.credit = 9), true, false, Reason::Unpaid),
        ("credit repaid", part(|p| p.credit = 9), true, true, Reason::Counted),
        ("debt", part(|p| p.debt = 9), true, false, Reason::Unpaid),
        ("voucher", part(|p| p.voucher = 9), true, true, Reason::Voucher),
        ("cash coupon", part(|p| p.cash_coupon = 9), true, false, Reason::CashCoupon),
        ("bonus", part(|p| p.bonus = 9), true, false, Reason::NotCash),
        ("write-off", part(|p| p.write_off = 9), true, false, Reason::NotCash),
        ("nothing at all", Parts::default(), true, false, Reason::Counted),
    ];
    for (name, parts, settled, invoice_paid, reason) in table {
        let payment = Payment { parts: *parts, settled: *settled, invoice_paid: *invoice_paid, ..cash(0) };
        let amount = parts.payable().unwrap();
        assert_eq!(split(&payment, Some(&owner()), &ORDINARY), Some(vec![(*reason, amount)]), "{name}");
    }
}

#[test]
fn every_reason_is_named_those_of_the_whole_first() {
    let mut payment = Payment { settled: false, ..cash(7) };
    payment.parts.voucher = 3;
    let cooling = Owner { cooling_off_until: Timestamp(1_001), ..owner() };
    assert_eq!(
        every_reason(&payment, Some(&cooling), &ORDINARY),
        [Reason::CoolingOff, Reason::Unpaid, Reason::Voucher]
    );
    assert_eq!(every_reason(&cash(5), Some(&owner()), &ORDINARY), []);
}

#[test]
fn product_policy_takes_only_what_would_count() {
    let mut payment = cash(7);
    payment.parts.voucher = 3;
    let with = |policy| Rules { policy, ..ORDINARY };
    let counted = |r| Some(vec![(r, 7), (Reason::Voucher, 3)]);
    for (policy, reason) in [
        (ProductPolicyKind::Ordinary, Reason::Counted),
        (ProductPolicyKind::Specific, Reason::Counted),
        (ProductPolicyKind::PerformanceOnly, Reason::Counted),
        (ProductPolicyKind::NoPerformance, Reason::ProductPolicy),
    ] {
        assert_eq!(split(&payment, Some(&owner()), &with(policy)), counted(reason), "{policy:?}");
    }
}

#[test]
fn cash_coupons_count_where_the_programme_says_so() {
    let payment = Payment { parts: Parts { cash_coupon: 4, ..Parts::default() }, ..cash(0) };
    let rules = Rules { cash_coupon_counts: true, ..ORDINARY };
    assert_eq!(split(&payment, Some(&owner()), &rules), Some(vec![(Reason::Counted, 4)]));
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_reason_stands_twice(
        amounts in proptest::array::uniform8(-1_000_000_i64..1_000_000),
        settled: bool, invoice_paid: bool, internal: bool, coupons: bool, owned: bool,
        policy in proptest::sample::select(ProductPolicyKind::ALL),
        category in proptest::sample::select(ChargeCategory::ALL),
    ) {
        let [cash_, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off] = amounts;
        let parts = Parts { cash: cash_, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off };
        let payment = Payment { category, settled, invoice_paid, parts, ..cash(0) };
        let rules = Rules { internal, policy, cash_coupon_counts: coupons };
        let owner = owned.then(owner);
        let allotted = split(&payment, owner.as_ref(), &rules).unwrap();
        prop_assert_eq!(allotted.iter().map(|(_, a)| a).sum::<i64>(), parts.payable().unwrap());
        let mut reasons: Vec<_> = allotted.iter().map(|(r, _)| r).collect();
        reasons.sort();
        reasons.dedup();
        prop_assert_eq!(reasons.len(), allotted.len());
    }
}
