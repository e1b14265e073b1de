//! Preparing a batch: what each row counts, ready to be written. It is done ahead of the transaction that writes
//! it, while the batch before is written; the transaction looks whether what it rests on still holds.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use entity::{CloudAccountId, Currency, CustomerId, ImportId, InvoiceId, Month};
use rustc_hash::{FxHashMap, FxHashSet};

use super::dedupe::known;
use super::entry::Entry;
use super::fill::Batches;
use super::fresh::Fresh;
use super::rows::{InvoiceAccountRow, LineRow, NewLineRow, PaymentRow, SumRow, UnmatchedRow};
use super::tally::Tally;
use crate::kernel::bulk::Bulk;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, placeholders, query};
use crate::kernel::stream::Reader;
use crate::performance::classify::{Payment, Rules, classify};
use crate::performance::history::{CustomerHistory, History};
use crate::performance::line::{LineKey, LineSum};
use crate::performance::line_deltas::Deltas;
use crate::performance::partner_sum::{Changes, Written};
use crate::programme::month::Posting;

/// Invoices of one look-up statement.
const LOOKUP: usize = 500;

/// What a prepared batch rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Version of the programme's history.
    pub history: i64,
    /// Which months are closed.
    pub posting: Posting,
}

/// A batch ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// Its rows as they came.
    pub batch: Arc<Vec<Entry>>,
    /// What it rests on.
    pub basis: Basis,
    /// The tally before it.
    pub before: Tally,
    /// The tally with it.
    pub after: Tally,
    /// What it writes.
    pub rows: Rows,
}

/// What a batch writes, each kind in the order of its key, so that two writers never wait for each other in a
/// circle.
#[derive(Debug, Default)]
pub struct Rows {
    /// The facts.
    pub payments: Vec<PaymentRow>,
    /// Lines of customers who had none.
    pub new_lines: Vec<NewLineRow>,
    /// What is added to lines.
    pub lines: Vec<LineRow>,
    /// What is added to the sums to the partner.
    pub sums: Vec<SumRow>,
    /// Months whose sums to the partner are to be built anew instead.
    pub stale: BTreeSet<Month>,
    /// What is added to the payments of nobody's accounts.
    pub unmatched: Vec<UnmatchedRow>,
    /// Which accounts and months invoices touch.
    pub invoices: Vec<InvoiceAccountRow>,
}

/// What a batch comes to, while its rows are counted.
#[derive(Default)]
struct Counted {
    payments: Vec<PaymentRow>,
    deltas: Deltas,
    unmatched: FxHashMap<(Month, CloudAccountId, Currency), LineSum>,
    invoices: BTreeSet<InvoiceAccountRow>,
}

/// Prepares the batches of an import, one after the other.
#[derive(Debug)]
pub struct Preparer {
    store: Store,
    import: ImportId,
    batches: Batches,
    /// Batches that must be prepared again.
    again: VecDeque<Arc<Vec<Entry>>>,
    /// A connection of its own for looking rows up.
    probe: Bulk,
    tally: Tally,
    history: History,
    history_version: i64,
    paid: FxHashMap<InvoiceId, bool>,
    months: BTreeSet<Month>,
    fresh: Fresh,
}

impl Preparer {
    /// Begins with the batches that are left, and what the import has come to.
    pub async fn open(store: &Store, import: ImportId, batches: Batches, mut tally: Tally) -> Result<Self> {
        tally.go_on_behind(batches.behind);
        Ok(Self {
            store: store.clone(),
            import,
            batches,
            again: VecDeque::new(),
            probe: Bulk::open_to_look(store).await?,
            tally,
            history: History::default(),
            history_version: -1,
            paid: FxHashMap::default(),
            months: BTreeSet::new(),
            fresh: Fresh::default(),
        })
    }

    /// Takes prepared batches back, in their order: what they rest on has changed.
    pub fn take_back(&mut self, batches: impl DoubleEndedIterator<Item = Prepared>) {
        for prepared in batches.rev() {
            self.again.push_front(prepared.batch);
            self.tally = prepared.before;
        }
        self.months.clear();
    }

    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Prepared>> {
        let (batch, again) = match self.again.pop_front() {
            Some(batch) => (batch, true),
            None => match self.batches.next().await? {
                Some(batch) => (Arc::new(batch), false),
                None => return Ok(None),
            },
        };
        self.make_months(&batch).await?;
        let basis = self.basis().await?;
        let known = if !again && self.fresh.has_no_payments(&self.store, &batch).await? {
            vec![false; batch.len()]
        } else {
            known(&self.store, &mut self.probe, &batch).await?
        };
        let fresh = || batch.iter().zip(&known).filter(|(_, known)| !**known).map(|(entry, _)| entry);
        self.history.load_accounts(self.store.db(), fresh().map(|entry| entry.place.account)).await?;
        self.learn_paid(fresh().filter_map(|entry| entry.invoice)).await?;
        let before = self.tally.clone();
        let mut counted = Counted::default();
        for (at, (entry, known)) in batch.iter().zip(known).enumerate() {
            self.tally.counts.posted += 1;
            self.tally.source(entry.currency, entry.amounts.payable)?;
            if known {
                self.tally.counts.duplicate += 1;
            } else {
                self.count(&basis.posting, &batch, at, &mut counted)?;
            }
        }
        let touched: FxHashSet<_> =
            counted.deltas.keys().map(|(month, customer, _)| (*month, *customer)).collect();
        // A batch that met another import's rows goes the way that always works.
        let new = if again {
            FxHashSet::default()
        } else {
            self.fresh.without_lines(&self.store, &mut self.probe, &touched).await?
        };
        self.fresh.written(touched);
        Ok(Some(Prepared {
            batch,
            basis,
            before,
            after: self.tally.clone(),
            rows: counted.sorted(&new, self.batches.long),
        }))
    }

    /// Makes the rows of the months that a batch and its postings need.
    async fn make_months(&mut self, batch: &[Entry]) -> Result<()> {
        let origins: BTreeSet<Month> = batch.iter().map(|entry| entry.place.month).collect();
        if origins.is_subset(&self.months) {
            return Ok(());
        }
        let tx = self.store.begin().await?;
        let mut posting = Posting::load(tx.orm()).await?;
        for origin in &origins {
            posting.resolve(tx.orm(), *origin).await?;
        }
        tx.commit().await?;
        self.months.extend(origins);
        Ok(())
    }

    /// What the batch at hand will rest on: forgets what was known under an older history.
    async fn basis(&mut self) -> Result<Basis> {
        let basis = Basis::now(&self.store).await?;
        let forgot = self.history.refresh(self.store.db()).await?;
        if forgot || basis.history != self.history_version {
            self.paid.clear();
            self.history_version = basis.history;
        }
        if forgot && self.batches.long && History::fits_everybody(self.store.db()).await? {
            self.learn_everybody().await?;
        }
        Ok(basis)
    }

    /// A long file names most customers: reading all of them is cheaper than looking up most. They are read as of an
    /// instant behind the basis; if history changed in between, the batch is prepared again.
    async fn learn_everybody(&mut self) -> Result<()> {
        let mut history = std::mem::take(&mut self.history);
        let reader = Reader::take(&self.store, None).await?;
        let read = move |reader: &mut Reader| {
            history.load_everybody(reader)?;
            Ok(history)
        };
        self.history = reader.with(read).await?.1;
        Ok(())
    }

    async fn learn_paid(&mut self, invoices: impl Iterator<Item = InvoiceId>) -> Result<()> {
        let mut missing: Vec<InvoiceId> = invoices.filter(|id| !self.paid.contains_key(id)).collect();
        missing.sort_unstable();
        missing.dedup();
        for chunk in missing.chunks(LOOKUP) {
            let list = placeholders(1, chunk.len());
            let sql = format!("SELECT id, paid_at IS NOT NULL FROM invoice WHERE id IN {list}");
            for row in query(self.store.db(), &sql, chunk.iter().map(|id| id.0.into())).await? {
                self.paid.insert(InvoiceId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
            }
        }
        Ok(())
    }

    /// Counts a new row.
    fn count(
        &mut self,
        posting: &Posting,
        batch: &Arc<Vec<Entry>>,
        at: usize,
        counted: &mut Counted,
    ) -> Result<()> {
        let Some(entry) = batch.get(at) else { return Ok(()) };
        let place = &entry.place;
        let stored = self.tally.accept(place, entry.currency, &entry.amounts)?;
        if let Some(invoice) = entry.invoice {
            counted.invoices.insert(InvoiceAccountRow(invoice, place.month, place.account));
        }
        match self.history.customer_of(place.account) {
            Some(customer) => {
                let payment = Payment {
                    consumed_at: place.consumed_at,
                    category: entry.category,
                    settled: entry.settled,
                    invoice_paid: entry.invoice.is_some_and(|id| self.paid.get(&id) == Some(&true)),
                    marketplace: entry.marketplace.as_deref(),
                    parts: stored.parts,
                };
                let month = posting.month_for(place.month);
                self.allot(&customer, entry, &payment, month, &mut counted.deltas)?;
            }
            None => {
                self.tally.counts.unmatched += 1;
                let key = (place.month, place.account, entry.currency);
                counted.unmatched.entry(key).or_default().add(stored.payable, 1)?;
            }
        }
        counted.payments.push(PaymentRow { import: self.import, batch: Arc::clone(batch), at, stored });
        Ok(())
    }

    /// Adds what a payment counts to `deltas`.
    fn allot(
        &self,
        customer: &CustomerHistory,
        entry: &Entry,
        payment: &Payment<'_>,
        month: Month,
        deltas: &mut Deltas,
    ) -> Result<()> {
        let origin = entry.place.month;
        let owner = self.history.owner_at(customer, payment.consumed_at);
        let rules = Rules {
            internal: customer.internal,
            policy: self.history.policy(entry.product, origin),
            cash_coupon_counts: self.history.cash_coupon_counts(origin),
        };
        for (reason, amount) in classify(payment, owner.as_ref(), &rules)
            .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?
        {
            let (product, charged) = (entry.product, entry.charging_mode);
            let key = LineKey::new(origin, owner.as_ref(), product, charged, entry.currency, reason);
            deltas.entry((month, customer.id, key)).or_default().add(amount, 1)?;
        }
        Ok(())
    }
}

impl Basis {
    /// As it stands now; it stays so while intake holds the history lock.
    pub async fn now(store: &Store) -> Result<Self> {
        let programme = crate::programme::settings::load(store.db()).await?;
        Ok(Self { history: programme.history_version, posting: Posting::load(store.db()).await? })
    }
}

impl Counted {
    /// What is written. A long file changes most sums to the partner many times: they are built anew at its end
    /// instead, and until then whoever needs them sums the lines.
    fn sorted(self, new: &FxHashSet<(Month, CustomerId)>, long: bool) -> Rows {
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
            new_lines: Vec::into_iter(new_lines).map(NewLineRow).collect(),
            lines,
            sums: changes.rows.into_iter().map(SumRow).collect(),
            stale: changes.stale,
            unmatched,
            invoices: self.invoices.into_iter().collect(),
        }
    }
}
