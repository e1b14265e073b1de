//! A batch that is ready to be written, and what it writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::{CloudAccountId, Currency, CustomerId, Month};
use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::Entry;
use super::old::BackRow;
use super::rows::{InvoiceAccountRow, LineRow, NewLineRow, PaymentRow, SumRow, UnmatchedRow};
use super::tally::Tally;
use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::performance::line::{LineKey, LineSum};
use crate::performance::line_deltas::Deltas;
use crate::performance::partner_sum::{Changes, Written};
use crate::programme::month::Posting;

/// State of the books that a prepared batch rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Version of the programme's history.
    pub history: i64,
    /// Months that are closed.
    pub posting: Posting,
}

/// A batch ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// Its rows as they came.
    pub batch: Arc<Vec<Entry>>,
    /// Nothing of the last row's account and month follows.
    pub ends: bool,
    /// State of the books that it rests on.
    pub basis: Basis,
    /// The tally before it.
    pub before: Tally,
    /// The tally with it.
    pub after: Tally,
    /// Rows that it writes.
    pub rows: Rows,
}

/// Rows of a batch, each kind in the order of its key, so that two writers never wait for each other in a
/// circle.
#[derive(Debug, Default)]
pub struct Rows {
    /// Payments as the file says them.
    pub payments: Vec<PaymentRow>,
    /// Payments that take earlier ones back.
    pub backs: Vec<BackRow>,
    /// Lines of customers who had none.
    pub new_lines: Vec<NewLineRow>,
    /// Changes of lines that may be there.
    pub lines: Vec<LineRow>,
    /// Changes of the sums to the partner.
    pub sums: Vec<SumRow>,
    /// Months whose sums to the partner are to be built anew instead.
    pub stale: BTreeSet<Month>,
    /// Changes of the payments of nobody's accounts.
    pub unmatched: Vec<UnmatchedRow>,
    /// Accounts and months that invoices touch.
    pub invoices: Vec<InvoiceAccountRow>,
}

/// Sums of a batch, while its rows are counted.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) payments: Vec<PaymentRow>,
    pub(super) backs: Vec<BackRow>,
    pub(super) deltas: Deltas,
    pub(super) unmatched: FxHashMap<(Month, CloudAccountId, Currency), LineSum>,
    pub(super) invoices: BTreeSet<InvoiceAccountRow>,
}

impl Basis {
    /// As it stands now; it stays so while intake holds the history lock.
    pub async fn now(store: &Store) -> Result<Self> {
        let programme = crate::programme::settings::load(store.db()).await?;
        Ok(Self { history: programme.history_version, posting: Posting::load(store.db()).await? })
    }
}

impl Counted {
    /// Gives the rows to be written. A long file changes most sums to the partner many times: they are built anew at its end
    /// instead, and until then whoever needs them sums the lines.
    pub(super) fn sorted(self, new: &FxHashSet<(Month, CustomerId)>, long: bool) -> Rows {
        let changes = if long {
            let stale = self.deltas.keys().map(|(month, ..)| *month).collect();
            Written { stale, ..Written::default() }
        } else {
            Changes::of(&self.deltas).written()
        };
        let line = |((month, customer, key), sum): ((Month, CustomerId, LineKey), LineSum)| LineRow {
            month,
            customer,
            key,
            sum,
        };
        let mut lines: Vec<LineRow> = self.deltas.into_iter().map(line).collect();
        lines.sort_unstable_by_key(|l| (l.month, l.key.bill_to_id, l.key.partner_id, l.customer, l.key));
        let (new_lines, lines) = lines.into_iter().partition(|l| new.contains(&(l.month, l.customer)));
        let mut unmatched: Vec<UnmatchedRow> =
            self.unmatched.into_iter().map(|(key, sum)| UnmatchedRow { key, sum }).collect();
        unmatched.sort_unstable_by_key(|row| row.key);
        Rows {
            payments: self.payments,
            backs: self.backs,
            new_lines: Vec::into_iter(new_lines).map(NewLineRow).collect(),
            lines,
            sums: changes.rows.into_iter().map(SumRow).collect(),
            stale: changes.stale,
            unmatched,
            invoices: self.invoices.into_iter().collect(),
        }
    }
}
