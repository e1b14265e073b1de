//! PURE. The lines in which two versions of a bill differ, and why.

use std::collections::BTreeMap;

use entity::{AssociationMode, BillLineKind, IncentivePolicyId, Month, PartnerId};

use crate::settlement::price::PricedLine;

entity::listed! {
    /// Why a bill or line would change.
    Why as "SettlementPreviewReason"; [derive(PartialOrd, Ord)] {
        /// There is no bill yet.
        NewBill [] = "NEW_BILL",
        /// There would be no bill any more.
        Gone [] = "GONE",
        /// Its partner cannot be billed.
        SetAside [] = "SET_ASIDE",
        /// The performance is another.
        BasisChanged [] = "BASIS_CHANGED",
        /// The rate is another.
        RateChanged [] = "RATE_CHANGED",
        /// A cap or minimum holds otherwise.
        CapOrMinimum [] = "CAP_OR_MINIMUM",
        /// A correction of a closed month is another.
        Correction [] = "CORRECTION",
        /// What rounding leaves over is another.
        Residue [] = "RESIDUE",
        /// Nothing.
        Unchanged [] = "UNCHANGED",
    }
}

/// What a line prices: lines of two versions with the same are held against each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Base, correction or residue.
    pub kind: BillLineKind,
    /// The month its performance belongs to.
    pub origin_month: Month,
    /// Whose performance it is.
    pub partner: PartnerId,
    /// Its mode.
    pub mode: Option<AssociationMode>,
    /// Its product class.
    pub product_class: Option<String>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// Policy, place of the rate in it, and rate in parts per million; none if no rate fits. A policy that is tried
    /// has an id below zero.
    pub rate: Option<(IncentivePolicyId, i16, i32)>,
    /// Performance in micros.
    pub basis: i64,
    /// Incentive before rounding, in pico.
    pub exact: i128,
    /// Incentive in micros.
    pub amount: i64,
    /// Why it is not simply rate × basis.
    pub note: Option<String>,
}

impl Says {
    fn ppm(&self) -> Option<i32> {
        self.rate.map(|(_, _, ppm)| ppm)
    }

    /// The note if a cap or minimum made it.
    fn bound(&self) -> Option<&str> {
        self.note.as_deref().filter(|note| matches!(*note, "CAPPED" | "MINIMUM_NOT_REACHED"))
    }

    /// Says the same about money, if perhaps by another version of the policy.
    fn same(&self, other: &Self) -> bool {
        let told = |says: &Self| (says.ppm(), says.basis, says.exact, says.amount, says.note.clone());
        told(self) == told(other)
    }
}

/// A line of one version.
pub type Shown = (Subject, Says);

/// A line that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// What it prices.
    pub subject: Subject,
    /// What stands; none for a line that is new.
    pub before: Option<Says>,
    /// What would stand; none for a line that would be gone.
    pub after: Option<Says>,
    /// Why, each once.
    pub why: Vec<Why>,
}

/// A priced line of the bill of `partner`.
#[must_use]
pub fn shown(line: &PricedLine, partner: PartnerId) -> Shown {
    let group = line.group.as_ref();
    let subject = Subject {
        kind: line.kind,
        origin_month: line.origin_month,
        partner: group.map_or(partner, |g| g.partner_id),
        mode: group.map(|g| g.mode),
        product_class: group.map(|g| g.product_class.clone()),
    };
    let says = Says {
        rate: line.rate,
        basis: line.basis,
        exact: line.exact,
        amount: line.amount,
        note: line.note.map(str::to_owned),
    };
    (subject, says)
}

/// The lines that differ, in the order of what they price. Several lines that price the same (products of different
/// policy) are matched where they say the same, then in their order.
#[must_use]
pub fn differing(before: Vec<Shown>, after: Vec<Shown>) -> Vec<LineChange> {
    let mut subjects: BTreeMap<Subject, (Vec<Says>, Vec<Says>)> = BTreeMap::new();
    for (subject, says) in before {
        subjects.entry(subject).or_default().0.push(says);
    }
    for (subject, says) in after {
        let (before, after) = subjects.entry(subject).or_default();
        match before.iter().position(|other| other.same(&says)) {
            Some(same) => drop(before.remove(same)),
            None => after.push(says),
        }
    }
    let mut changes = Vec::new();
    for (subject, (before, after)) in subjects {
        let count = before.len().max(after.len());
        let (mut before, mut after) = (before.into_iter(), after.into_iter());
        for _ in 0..count {
            let (before, after) = (before.next(), after.next());
            let why = why(subject.kind, before.as_ref(), after.as_ref());
            changes.push(LineChange { subject: subject.clone(), before, after, why });
        }
    }
    changes
}

fn why(kind: BillLineKind, before: Option<&Says>, after: Option<&Says>) -> Vec<Why> {
    if kind == BillLineKind::Residue {
        return vec![Why::Residue];
    }
    let mut why = Vec::new();
    if let (Some(before), Some(after)) = (before, after) {
        let (basis, rate) = (before.basis != after.basis, before.ppm() != after.ppm());
        let plain = before.note == after.note || (before.bound().is_none() && after.bound().is_none());
        if basis {
            why.push(Why::BasisChanged);
        }
        if rate || (!basis && plain && before.note != after.note) {
            why.push(Why::RateChanged);
        }
        if before.bound() != after.bound() || (!basis && !rate && plain && before.note == after.note) {
            why.push(Why::CapOrMinimum);
        }
    } else {
        why.push(Why::BasisChanged);
    }
    if kind == BillLineKind::Correction {
        why.push(Why::Correction);
    }
    why
}

#[cfg(test)]
mod tests;
