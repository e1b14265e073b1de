//! PURE. What formal bills of earlier months hold of the months of origin that a bill corrects.

use entity::{Currency, IncentivePolicyId, Month};
use rustc_hash::FxHashMap;

use super::{Group, Overflow, round};

/// Sums of earlier bills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Billed {
    /// Performance in micros.
    pub basis: i64,
    /// Incentive before rounding, in pico.
    pub exact: i128,
    /// Incentive in micros, as it was rounded.
    pub amount: i64,
}

impl Billed {
    /// Takes the line of a bill in.
    pub fn add(&mut self, line: Self) -> Result<(), Overflow> {
        self.basis = self.basis.checked_add(line.basis).ok_or(Overflow)?;
        self.exact = self.exact.checked_add(line.exact).ok_or(Overflow)?;
        self.amount = self.amount.checked_add(line.amount).ok_or(Overflow)?;
        Ok(())
    }

    /// The amount that `exact` more pico come to: all so far rounded once, less what was billed of it.
    pub fn more(&self, exact: i128, currency: Currency) -> Result<i64, Overflow> {
        let all = self.exact.checked_add(exact).ok_or(Overflow)?;
        round(all, currency)?.checked_sub(self.amount).ok_or(Overflow)
    }
}

/// The groups that one rate prices in one month of origin.
type OfRate = FxHashMap<Group, Billed>;

/// Sums of the earlier bills of one partner in one currency.
#[derive(Clone, Debug, Default)]
pub struct Before {
    rates: FxHashMap<(Month, IncentivePolicyId, i16), OfRate>,
    groups: FxHashMap<Group, Billed>,
    months: FxHashMap<Month, Billed>,
}

impl Before {
    /// Takes a line in that prices `group` with a rate.
    pub fn add(
        &mut self,
        group: Group,
        (policy, seq): (IncentivePolicyId, i16),
        line: Billed,
    ) -> Result<(), Overflow> {
        self.months.entry(group.origin_month).or_default().add(line)?;
        self.groups.entry(group.clone()).or_default().add(line)?;
        let of_rate = self.rates.entry((group.origin_month, policy, seq)).or_default();
        of_rate.entry(group).or_default().add(line)
    }

    /// Takes a residue of a month of origin in.
    pub fn add_residue(&mut self, origin: Month, line: Billed) -> Result<(), Overflow> {
        self.months.entry(origin).or_default().add(line)
    }

    /// The sums of a group.
    #[must_use]
    pub fn group(&self, group: &Group) -> Billed {
        self.groups.get(group).copied().unwrap_or_default()
    }

    /// The sums of a month of origin, residues too.
    #[must_use]
    pub fn month(&self, origin: Month) -> Billed {
        self.months.get(&origin).copied().unwrap_or_default()
    }

    /// The sums that a rate priced of a month of origin, group by group.
    pub(super) fn of_rate(&self, origin: Month, policy: IncentivePolicyId, seq: i16) -> Option<&OfRate> {
        self.rates.get(&(origin, policy, seq))
    }
}
