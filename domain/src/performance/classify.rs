//! PURE. What part of a payment is performance, and why the rest is not (docs/domain.md, "Performance").
//!
//! Two levels. A reason of the whole payment (tax, nobody's customer, internal account, cooling-off,
//! somebody else's marketplace item) takes all of it. Otherwise each part of the payment is judged by how
//! it was paid; what would count is finally held against the product policy of the month.

use std::sync::Arc;

use entity::{AssociationMode, ChargeCategory, Columns, PartnerId, ProductPolicyKind, Reason, Timestamp};

/// How a payment was made up, in micros. The sum is the payable amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Columns)]
#[columns(table = "p")]
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
    /// With what credits paid of a charge of this category taken from its cash: that was paid by voucher.
    #[must_use]
    pub const fn paid_by_credits(self, category: ChargeCategory, allotted: i64) -> Self {
        match category {
            // What of a credit was used is what charges were paid by; it was never cash.
            ChargeCategory::Credit => self,
            // At most the cash, so neither over- nor underflows.
            _ => Self { cash: self.cash - allotted, voucher: self.voucher + allotted, ..self },
        }
    }

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
    /// Nobody decided yet whether that is the vendor itself.
    pub undecided: bool,
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
    pub marketplace_name: Option<Arc<str>>,
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

/// Reasons that can share one payment: money, what is promised, vouchers, coupons, what is no cash.
const MOST: usize = 5;

/// The payable amount of a payment by reason. It stands where it is used: nothing is allocated for a payment.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    items: [Allotted; MOST],
    len: usize,
}

impl Split {
    const NOTHING: Self = Self { items: [(Reason::Counted, 0); MOST], len: 0 };

    /// Adds an amount to its reason; `None` if the sum does not fit.
    fn add(&mut self, reason: Reason, amount: i64) -> Option<()> {
        if let Some((_, sum)) = self.items[..self.len].iter_mut().find(|(r, _)| *r == reason) {
            *sum = sum.checked_add(amount)?;
        } else {
            *self.items.get_mut(self.len)? = (reason, amount);
            self.len += 1;
        }
        Some(())
    }

    /// The amounts.
    #[must_use]
    pub fn as_slice(&self) -> &[Allotted] {
        &self.items[..self.len]
    }
}

impl IntoIterator for Split {
    type Item = Allotted;
    type IntoIter = std::iter::Take<std::array::IntoIter<Allotted, MOST>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter().take(self.len)
    }
}

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
    let undecided = payment.undecided && payment.marketplace.is_some();
    [
        (payment.category == ChargeCategory::Tax, Reason::Tax),
        (owner.is_none(), Reason::NoPartner),
        (rules.internal, Reason::InternalAccount),
        (cooling_off, Reason::CoolingOff),
        (other_partner && !undecided, Reason::MarketplaceOtherPartner),
        (undecided, Reason::Unclassified),
    ]
    .into_iter()
    .filter_map(|(applies, reason)| applies.then_some(reason))
}

/// Splits the payable amount of `payment` by reason. The amounts add up to the payable amount, no reason
/// stands twice, and a payment of zero stands once. `None` if a sum does not fit.
#[must_use]
pub fn classify(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Option<Split> {
    if let Some(reason) = whole_reason(payment, owner, rules) {
        let mut split = Split::NOTHING;
        split.add(reason, payment.parts.payable()?)?;
        return Some(split);
    }
    by_part(payment, rules)
}

/// Every reason why some of `payment` did not count: those that alone exclude all of it, then those of its parts.
#[must_use]
pub fn every_reason(payment: &Payment<'_>, owner: Option<&Owner>, rules: &Rules) -> Vec<Reason> {
    let parts = by_part(payment, rules).unwrap_or(Split::NOTHING).into_iter().map(|(reason, _)| reason);
    whole_reasons(payment, owner, rules).chain(parts.filter(|reason| *reason != Reason::Counted)).collect()
}

/// The split of a payment that no reason takes whole.
fn by_part(payment: &Payment<'_>, rules: &Rules) -> Option<Split> {
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
    let mut split = Split::NOTHING;
    for (reason, amount) in judged {
        if amount != 0 {
            split.add(reason, amount)?;
        }
    }
    if split.len == 0 {
        split.add(money, 0)?;
    }
    Some(split)
}

#[cfg(test)]
mod tests;
