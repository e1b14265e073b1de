//! PURE. What part of a payment is performance, and why the rest is not (docs/domain.md, "Performance").
//!
//! Two levels. A reason of the whole payment (tax, nobody's customer, internal account, cooling-off,
//! somebody else's marketplace item) takes all of it. Otherwise each part of the payment is judged by how
//! it was paid; what would count is finally held against the product policy of the month.

use entity::{AssociationMode, ChargeCategory, PartnerId, ProductPolicyKind, Reason, Timestamp};

/// How a payment was made up, in micros. The sum is the payable amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Money.
    pub cash: i64,
    /// Bought on credit: not paid yet.
    pub credit: i64,
    /// Vouchers and vendor credits.
    pub voucher: i64,
    /// Cash coupons.
    pub cash_coupon: i64,
    /// Stored-value cards: counted when spent, like cash.
    pub stored_value_card: i64,
    /// Bonus money.
    pub bonus: i64,
    /// Owed.
    pub debt: i64,
    /// Written off by the vendor.
    pub write_off: i64,
}

impl Parts {
    /// The payable amount; `None` if it does not fit.
    #[must_use]
    pub fn payable(&self) -> Option<i64> {
        [
            self.cash,
            self.credit,
            self.voucher,
            self.cash_coupon,
            self.stored_value_card,
            self.bonus,
            self.debt,
            self.write_off,
        ]
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
    }
}

/// What is known of a payment when it is judged.
#[derive(Clone, Copy, Debug)]
pub struct Payment<'a> {
    /// When the resource was consumed.
    pub consumed_at: Timestamp,
    /// Kind of charge.
    pub category: ChargeCategory,
    /// The bill says it is paid.
    pub settled: bool,
    /// Its invoice was marked paid.
    pub invoice_paid: bool,
    /// Service partner of a marketplace item.
    pub marketplace: Option<&'a str>,
    /// How it was paid.
    pub parts: Parts,
}

/// Who had the customer at that instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The partner whose performance it is.
    pub partner_id: PartnerId,
    /// Who gets the incentive bill: the partner, or a reseller's distributor.
    pub bill_to_id: PartnerId,
    /// The mode of the association.
    pub mode: AssociationMode,
    /// No performance before this instant.
    pub cooling_off_until: Timestamp,
    /// The partner's name on the marketplace.
    pub marketplace_name: Option<String>,
}

/// What else decides.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Internal account of the vendor.
    pub internal: bool,
    /// Product policy of the month.
    pub policy: ProductPolicyKind,
    /// Whether cash coupons count as cash.
    pub cash_coupon_counts: bool,
}

/// An amount in micros with the reason why it counted or not.
pub type Allotted = (Reason, i64);

/// The reason that takes the whole payment, if there is one: the first that applies.
#[must_use]
pub fn whole_reason(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Option<Reason> {
    whole_reasons(payment, owner, rules).next()
}

/// Every reason that alone would exclude the whole payment, in order of precedence.
pub fn whole_reasons<'a>(
    payment: &'a Payment<'_>,
    owner: Option<&'a Owner>,
    rules: &'a Rules,
) -> impl Iterator<Item = Reason> + 'a {
    let cooling_off = owner.is_some_and(|o| payment.consumed_at < o.cooling_off_until);
    let other_partner = owner
        .is_some_and(|o| payment.marketplace.is_some_and(|name| o.marketplace_name.as_deref() != Some(name)));
    [
        (payment.category == ChargeCategory::Tax, Reason::Tax),
        (owner.is_none(), Reason::NoPartner),
        (rules.internal, Reason::InternalAccount),
        (cooling_off, Reason::CoolingOff),
        (other_partner, Reason::MarketplaceOtherPartner),
    ]
    .into_iter()
    .filter_map(|(applies, reason)| applies.then_some(reason))
}

/// Splits the payable amount of `payment` by reason. The amounts add up to the payable amount, no reason
/// stands twice, and a payment of zero stands once. `None` if a sum does not fit.
#[must_use]
pub fn classify(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Option<Vec<Allotted>> {
    if let Some(reason) = whole_reason(payment, owner, rules) {
        return Some(vec![(reason, payment.parts.payable()?)]);
    }
    by_part(payment, rules)
}

/// Every reason why some of `payment` did not count: those that alone exclude all of it, then those of its parts.
#[must_use]
pub fn every_reason(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Vec<Reason> {
    let parts = by_part(payment, rules).unwrap_or_default().into_iter().map(|(reason, _)| reason);
    whole_reasons(payment, owner, rules).chain(parts.filter(|reason| *reason != Reason::Counted)).collect()
}

/// The split of a payment that no reason takes whole.
fn by_part(payment: &Payment<'_>, rules: &Rules) -> Option<Vec<Allotted>> {
    let paid = payment.settled || payment.invoice_paid;
    let counts = if rules.policy == ProductPolicyKind::NoPerformance {
        Reason::ProductPolicy
    } else {
        Reason::Counted
    };
    let money = if paid { counts } else { Reason::Unpaid };
    let promised = if payment.invoice_paid { counts } else { Reason::Unpaid };
    let coupon = if rules.cash_coupon_counts { money } else { Reason::CashCoupon };
    let parts = &payment.parts;
    let judged = [
        (money, parts.cash),
        (money, parts.stored_value_card),
        (promised, parts.credit),
        (promised, parts.debt),
        (Reason::Voucher, parts.voucher),
        (coupon, parts.cash_coupon),
        (Reason::NotCash, parts.bonus),
        (Reason::NotCash, parts.write_off),
    ];
    let mut allotted: Vec<Allotted> = Vec::with_capacity(2);
    for (reason, amount) in judged {
        if amount == 0 {
            continue;
        }
        match allotted.iter_mut().find(|(r, _)| *r == reason) {
            Some((_, sum)) => *sum = sum.checked_add(amount)?,
            None => allotted.push((reason, amount)),
        }
    }
    if allotted.is_empty() {
        allotted.push((money, 0));
    }
    Some(allotted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            (
                "internal before cooling-off",
                cash(5),
                Some(cooling.clone()),
                internal,
                Reason::InternalAccount,
            ),
            ("cooling-off before marketplace", other, Some(cooling.clone()), ORDINARY, Reason::CoolingOff),
            ("another's marketplace item", other, Some(owner()), ORDINARY, Reason::MarketplaceOtherPartner),
            ("one's own marketplace item counts", own, Some(owner()), ORDINARY, Reason::Counted),
        ];
        for (name, payment, owner, rules, reason) in table {
            assert_eq!(classify(payment, owner.as_ref(), rules), Some(vec![(*reason, 5)]), "{name}");
        }
    }

    #[test]
    fn cooling_off_ends_at_its_instant() {
        let until = |at| Owner { cooling_off_until: Timestamp(at), ..owner() };
        assert_eq!(classify(&cash(5), Some(&until(1_000)), &ORDINARY), Some(vec![(Reason::Counted, 5)]));
        assert_eq!(classify(&cash(5), Some(&until(1_001)), &ORDINARY), Some(vec![(Reason::CoolingOff, 5)]));
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
            let payment =
                Payment { parts: *parts, settled: *settled, invoice_paid: *invoice_paid, ..cash(0) };
            let amount = parts.payable().unwrap();
            assert_eq!(
                classify(&payment, Some(&owner()), &ORDINARY),
                Some(vec![(*reason, amount)]),
                "{name}"
            );
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
            assert_eq!(classify(&payment, Some(&owner()), &with(policy)), counted(reason), "{policy:?}");
        }
    }

    #[test]
    fn cash_coupons_count_where_the_programme_says_so() {
        let payment = Payment { parts: Parts { cash_coupon: 4, ..Parts::default() }, ..cash(0) };
        let rules = Rules { cash_coupon_counts: true, ..ORDINARY };
        assert_eq!(classify(&payment, Some(&owner()), &rules), Some(vec![(Reason::Counted, 4)]));
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
            let allotted = classify(&payment, owner.as_ref(), &rules).unwrap();
            prop_assert_eq!(allotted.iter().map(|(_, a)| a).sum::<i64>(), parts.payable().unwrap());
            let mut reasons: Vec<_> = allotted.iter().map(|(r, _)| r).collect();
            reasons.sort();
            reasons.dedup();
            prop_assert_eq!(reasons.len(), allotted.len());
        }
    }
}
