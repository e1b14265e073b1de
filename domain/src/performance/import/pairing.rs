//! PURE. Which row of a file is which charge that is in already (docs/domain.md, "What a row is").
//!
//! A row is the charge that bears the provider's own id of the line, where one id is one row; else a charge of the same
//! natural key. Rows and charges of one key are told apart by their count: those that say the same are paired first, the
//! rest in order.

use entity::Timestamp;
use rustc_hash::FxHashMap;

use super::entry::Entry;
use super::standing_sql::{Key, Standing};

/// The newest word on every charge of an account's month.
#[derive(Debug, Default)]
pub(super) struct Charges {
    /// Charges that stand, in the order of key and number.
    pub(super) live: Vec<Standing>,
    /// Charges that were taken back: number and version by key.
    gone: FxHashMap<Key, Vec<(i32, i32)>>,
    /// The highest numbers given by key: of payments, and of charges.
    tops: FxHashMap<Key, (i32, i32)>,
}

/// Place of a new payment: its number among the payments of its key, the charge's number, its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) occurrence: i32,
    pub(super) charge: i32,
    pub(super) version: i32,
}

impl Charges {
    /// Sorts out what stands.
    pub(super) fn of(mut all: Vec<Standing>) -> Self {
        all.sort_unstable_by_key(|s| (s.key, s.charge, s.version));
        all.dedup_by_key(|s| (s.key, s.occurrence));
        let mut charges = Self::default();
        for payment in &all {
            let top = charges.tops.entry(payment.key).or_default();
            *top = (top.0.max(payment.occurrence), top.1.max(payment.charge));
        }
        let newest = all.chunk_by(|a, b| (a.key, a.charge) == (b.key, b.charge)).filter_map(<[_]>::last);
        for last in newest {
            if last.is_gone() {
                charges.gone.entry(last.key).or_default().push((last.charge, last.version));
            } else {
                charges.live.push(last.clone());
            }
        }
        charges
    }

    /// The seat of a charge that is new under its key: one that was taken back comes again.
    pub(super) fn seat(&mut self, key: Key) -> Seat {
        let top = self.tops.entry(key).or_default();
        top.0 += 1;
        if let Some((charge, version)) = self.gone.get_mut(&key).and_then(Vec::pop) {
            return Seat { occurrence: top.0, charge, version: version + 1 };
        }
        top.1 += 1;
        Seat { occurrence: top.0, charge: top.1, version: 1 }
    }

    /// The seat of what follows a version of a charge.
    pub(super) fn next(&mut self, key: Key, charge: i32, version: i32) -> Seat {
        let top = self.tops.entry(key).or_default();
        top.0 += 1;
        Seat { occurrence: top.0, charge, version: version + 1 }
    }

    /// For each row of the same account and month, its charge among those that stand.
    pub(super) fn pair(&self, rows: &[Entry]) -> Vec<Option<usize>> {
        let mut pairs = vec![None; rows.len()];
        let mut taken = vec![false; self.live.len()];
        self.pair_by_id(rows, &mut pairs, &mut taken);
        let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (at, charge) in self.live.iter().enumerate().filter(|(at, _)| !taken[*at]) {
            by_key.entry(charge.key).or_default().push(at);
        }
        for same_content in [true, false] {
            for (row, pair) in rows.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
                let Some(free) = by_key.get_mut(&key(row)) else { continue };
                let fits = |charge: &Standing| {
                    (!same_content || charge.content == row.content)
                        && (row.external_id.is_none()
                            || charge.external_id.is_none()
                            || row.external_id == charge.external_id)
                };
                if let Some(found) = free.iter().position(|at| fits(&self.live[*at])) {
                    *pair = Some(free.remove(found));
                }
            }
        }
        pairs
    }

    /// An id that several rows or charges bear names none of them.
    fn pair_by_id(&self, rows: &[Entry], pairs: &mut [Option<usize>], taken: &mut [bool]) {
        let mut charges: FxHashMap<&str, Option<usize>> = FxHashMap::default();
        for (at, charge) in self.live.iter().enumerate() {
            if let Some(id) = charge.external_id.as_deref() {
                charges.entry(id).and_modify(|one| *one = None).or_insert(Some(at));
            }
        }
        if charges.is_empty() {
            return;
        }
        let mut borne: FxHashMap<&str, usize> = FxHashMap::default();
        for id in rows.iter().filter_map(|row| row.external_id.as_deref()) {
            *borne.entry(id).or_default() += 1;
        }
        for (row, pair) in rows.iter().zip(pairs) {
            let Some(id) = row.external_id.as_deref().filter(|id| borne.get(id) == Some(&1)) else {
                continue;
            };
            if let Some(Some(at)) = charges.get(id) {
                *pair = Some(*at);
                taken[*at] = true;
            }
        }
    }
}

/// The key of a row.
pub(super) fn key(row: &Entry) -> Key {
    (row.place.consumed_at, row.place.fingerprint)
}

/// The first and the last instant there are: an account's month from one end to the other.
pub(super) const ALWAYS: (Timestamp, Timestamp) = (Timestamp(i64::MIN), Timestamp(i64::MAX));

#[cfg(test)]
mod tests;
