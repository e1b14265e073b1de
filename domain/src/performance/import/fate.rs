//! Decides what becomes of the rows of a batch beside the payments that stand: new charges, new versions of known ones, or
//! nothing; and, where the file is the whole truth, which charges are gone.

use std::sync::Arc;

use entity::{CloudAccountId, ImportId, InvoiceId, Month};
use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::{Entry, Place};
use super::pairing::{ALWAYS, Charges, Seat, key};
use super::standing_sql::{Key, Standing, Window, standing};
use crate::kernel::error::Result;
use crate::kernel::stream::Reader;

/// Place and payment of a row that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    pub(super) seat: Seat,
    pub(super) settled: bool,
    pub(super) invoice: Option<InvoiceId>,
    /// It says something else of a charge that was in.
    pub(super) updates: bool,
}

impl Put {
    /// Of a row in a month that had no payments.
    pub(super) const fn fresh(entry: &Entry) -> Self {
        let seat = Seat { occurrence: entry.occurrence, charge: entry.occurrence, version: 1 };
        Self { seat, settled: entry.settled, invoice: entry.invoice, updates: false }
    }
}

/// A payment that is taken back.
#[derive(Debug)]
pub(super) struct Back {
    pub(super) old: Standing,
    pub(super) seat: Seat,
    /// Line of the row that replaces it; none if its charge is gone.
    pub(super) line: Option<u64>,
}

/// Fates of the rows of a batch.
#[derive(Debug, Default)]
pub(super) struct Fates {
    /// By row; none for one that changes nothing.
    pub(super) rows: Vec<Option<Put>>,
    pub(super) backs: Vec<Back>,
}

/// Bounds within which a file that is the whole truth lacks charges: asked of the stretch of its rows that a batch is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The row before the batch.
    pub(super) behind: Option<Place>,
    /// Nothing of the last row's account and month follows the batch.
    pub(super) ends: bool,
}

/// The payments that stand where rows of `batch` would go, by account and month; of a stretch, all of it.
pub(super) fn look_up(
    reader: &mut Reader,
    batch: &Arc<Vec<Entry>>,
    stretch: Option<Stretch>,
) -> Result<FxHashMap<At, Vec<Standing>>> {
    let mut windows = Vec::new();
    for rows in of_accounts(batch) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
        let (mut from, mut to) = (first.place.consumed_at, last.place.consumed_at);
        if let Some(stretch) = stretch {
            from = behind(&stretch, &first.place).map_or(ALWAYS.0, |(at, _)| at);
            to = if ends(&stretch, batch, &last.place) { ALWAYS.1 } else { to };
        }
        let ids: FxHashSet<Box<str>> = rows.iter().filter_map(|row| row.external_id.clone()).collect();
        windows.push(Window { month: first.place.month, account: first.place.account, from, to, ids });
    }
    let mut found: FxHashMap<At, Vec<Standing>> = FxHashMap::default();
    for payment in standing(reader, &windows)? {
        found.entry((payment.month, payment.account)).or_default().push(payment);
    }
    Ok(found)
}

/// An account and month.
type At = (Month, CloudAccountId);

fn at(place: &Place) -> At {
    (place.month, place.account)
}

fn of_accounts(batch: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    batch.chunk_by(|a, b| at(&a.place) == at(&b.place))
}

/// The key of the row before the stretch, if it is of the same account and month.
fn behind(stretch: &Stretch, first: &Place) -> Option<Key> {
    stretch.behind.filter(|place| at(place) == at(first)).map(|place| (place.consumed_at, place.fingerprint))
}

fn ends(stretch: &Stretch, batch: &[Entry], last: &Place) -> bool {
    stretch.ends || batch.last().is_some_and(|row| at(&row.place) != at(last))
}

/// Decides what becomes of `batch` beside what `standing` says; `paid` says of an invoice whether it was marked paid.
pub(super) fn fates(
    batch: &[Entry],
    mut standing: FxHashMap<At, Vec<Standing>>,
    import: ImportId,
    stretch: Option<Stretch>,
    paid: impl Fn(InvoiceId) -> bool,
) -> Fates {
    let mut fates = Fates::default();
    for rows in of_accounts(batch) {
        let Some(first) = rows.first() else { continue };
        let mut charges = Charges::of(standing.remove(&at(&first.place)).unwrap_or_default());
        let pairs = charges.pair(rows);
        let mut unclaimed: Vec<bool> = vec![true; charges.live.len()];
        for (row, pair) in rows.iter().zip(&pairs) {
            let old = pair.map(|at| {
                unclaimed[at] = false;
                charges.live[at].clone()
            });
            let (settled, invoice) = now_paid(row, old.as_ref(), stretch.is_some(), &paid);
            let put = match old {
                None => Some(charges.seat(key(row))),
                Some(old) if says_the_same(&old, row, settled, invoice) => None,
                Some(old) => {
                    let back = charges.next(old.key, old.charge, old.version);
                    let seat = if old.key == key(row) {
                        charges.next(old.key, old.charge, back.version)
                    } else {
                        charges.seat(key(row))
                    };
                    fates.backs.push(Back { old, seat: back, line: Some(row.place.line_no) });
                    Some(seat)
                }
            };
            let updates = pair.is_some();
            fates.rows.push(put.map(|seat| Put { seat, settled, invoice, updates }));
        }
        if let (Some(stretch), Some(last)) = (stretch, rows.last()) {
            let (from, to) = (behind(&stretch, &first.place), ends(&stretch, batch, &last.place));
            let within = |key: Key| from.is_none_or(|from| key > from) && (to || key <= self::key(last));
            let gone = charges.live.iter().zip(&unclaimed);
            let gone = gone.filter(|(old, unclaimed)| **unclaimed && old.import != import && within(old.key));
            for old in gone.map(|(old, _)| old.clone()).collect::<Vec<_>>() {
                let seat = charges.next(old.key, old.charge, old.version);
                fates.backs.push(Back { old, seat, line: None });
            }
        }
    }
    fates
}

/// `true` if a row says of a charge what is known of it, and has it where it stands.
fn says_the_same(old: &Standing, row: &Entry, settled: bool, invoice: Option<InvoiceId>) -> bool {
    old.key == key(row) && (old.content, old.settled, old.invoice) == (row.content, settled, invoice)
}

/// Whether a row is paid, and its invoice. What was paid stays paid, whichever of two exports comes first; only a file
/// that is the whole truth says otherwise.
fn now_paid(
    row: &Entry,
    old: Option<&Standing>,
    whole_truth: bool,
    paid: impl Fn(InvoiceId) -> bool,
) -> (bool, Option<InvoiceId>) {
    let Some(old) = old.filter(|_| !whole_truth) else { return (row.settled, row.invoice) };
    let settled = row.settled || old.settled;
    if let Some(invoice) = old.invoice.filter(|invoice| paid(*invoice)) {
        return (settled, Some(invoice));
    }
    let all_paid = settled && row.amounts.credit.is_zero() && row.amounts.debt.is_zero();
    (settled, row.invoice.filter(|_| !(all_paid && row.invoice_is_made_up)))
}
