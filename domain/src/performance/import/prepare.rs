//! Preparing a batch: what each row counts, ready to be written. It is done ahead of the transaction that writes
//! it, while the batch before is written; the transaction looks whether what it rests on still holds.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use entity::{ChargingMode, CloudAccountId, Currency, ImportMode, InvoiceId, Month, ProductId, bill_import};
use rustc_hash::{FxHashMap, FxHashSet};

use super::entry::Entry;
use super::fate::{Fates, Put, Stretch, fates, look_up};
use super::fill::{Batches, Filled};
use super::fresh::Fresh;
use super::old::{BackRow, whole};
use super::prepared::{Basis, Counted, Prepared};
use super::rows::{InvoiceAccountRow, PaymentRow};
use super::tally::Tally;
use crate::kernel::bulk::Bulk;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, placeholders, query};
use crate::kernel::stream::Reader;
use crate::performance::classify::{Payment, classify};
use crate::performance::history::History;
use crate::performance::line::LineKey;
use crate::programme::month::Posting;

/// Invoices of one look-up statement.
const LOOKUP: usize = 500;
/// Beyond all lines of files: from here on down, payments that are taken back without a row are numbered.
const NO_LINE: i64 = -(1 << 48);

/// Prepares the batches of an import, one after the other.
#[derive(Debug)]
pub struct Preparer {
    store: Store,
    import: bill_import::Model,
    batches: Batches,
    /// Batches that must be prepared again, and whether they end their account's month.
    again: VecDeque<(Arc<Vec<Entry>>, bool)>,
    /// Reads what stands, once something may.
    reader: Option<Reader>,
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
    pub async fn open(
        store: &Store,
        import: &bill_import::Model,
        batches: Batches,
        mut tally: Tally,
    ) -> Result<Self> {
        tally.go_on_behind(batches.behind);
        Ok(Self {
            store: store.clone(),
            import: import.clone(),
            batches,
            again: VecDeque::new(),
            reader: None,
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
            self.again.push_front((prepared.batch, prepared.ends));
            self.tally = prepared.before;
        }
        self.months.clear();
    }

    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Prepared>> {
        let (batch, ends, again) = match self.again.pop_front() {
            Some((batch, ends)) => (batch, ends, true),
            None => match self.batches.next().await? {
                Some(Filled { rows, ends }) => (Arc::new(rows), ends, false),
                None => return Ok(None),
            },
        };
        self.make_months(&batch).await?;
        let basis = self.basis().await?;
        let fates = if !again && self.fresh.has_no_payments(&self.store, &batch).await? {
            None
        } else {
            Some(self.fates(&batch, ends).await?)
        };
        let put = |at: usize, entry: &Entry| match &fates {
            None => Some(Put::fresh(entry)),
            Some(fates) => fates.rows.get(at).copied().flatten(),
        };
        let fresh = || batch.iter().enumerate().filter_map(|(at, entry)| Some((entry, put(at, entry)?)));
        self.history.load_accounts(self.store.db(), batch.iter().map(|entry| entry.place.account)).await?;
        self.learn_paid(fresh().filter_map(|(_, put)| put.invoice)).await?;
        let before = self.tally.clone();
        let mut counted = Counted::default();
        for (at, entry) in batch.iter().enumerate() {
            self.tally.counts.posted += 1;
            self.tally.source(entry.currency, entry.amounts.payable)?;
            match put(at, entry) {
                None => self.tally.counts.unchanged += 1,
                Some(put) => self.count(&basis.posting, (&batch, at), put, &mut counted)?,
            }
        }
        if let Some(fates) = fates {
            self.take_payments_back(&basis.posting, fates, &mut counted).await?;
        }
        self.tally.behind = batch.last().map(|entry| entry.place).or(self.tally.behind);
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
            ends,
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

    /// Decides what becomes of a batch beside the payments that stand.
    async fn fates(&mut self, batch: &Arc<Vec<Entry>>, ends: bool) -> Result<Fates> {
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => Reader::take(&self.store, None).await?,
        };
        let whole_truth = self.import.mode != ImportMode::Add;
        let stretch = whole_truth.then_some(Stretch { behind: self.tally.behind, ends });
        let rows = Arc::clone(batch);
        let looked = reader.with(move |reader| {
            reader.renew()?;
            look_up(reader, &rows, stretch)
        });
        let (reader, standing) = looked.await?;
        self.reader = Some(reader);
        self.learn_paid(standing.values().flatten().filter_map(|payment| payment.invoice)).await?;
        let paid = |invoice: InvoiceId| self.paid.get(&invoice) == Some(&true);
        Ok(fates(batch, standing, self.import.id, stretch, paid))
    }

    /// Counts a row that is stored.
    fn count(
        &mut self,
        posting: &Posting,
        (batch, at): (&Arc<Vec<Entry>>, usize),
        put: Put,
        counted: &mut Counted,
    ) -> Result<()> {
        let Some(entry) = batch.get(at) else { return Ok(()) };
        let place = &entry.place;
        let stored = self.tally.accept(place, entry.currency, &entry.amounts)?;
        if let Some(invoice) = put.invoice {
            counted.invoices.insert(InvoiceAccountRow(invoice, place.month, place.account));
        }
        let payment = Payment {
            consumed_at: place.consumed_at,
            category: entry.category,
            settled: put.settled,
            invoice_paid: put.invoice.is_some_and(|id| self.paid.get(&id) == Some(&true)),
            marketplace: entry.marketplace.as_deref(),
            undecided: false,
            parts: stored.parts,
        };
        let of = (entry.product, entry.charging_mode, entry.currency);
        let matched =
            self.allot((place.month, place.account), of, &payment, (stored.payable, 1), posting, counted)?;
        if put.updates {
            self.tally.counts.updated += 1;
        } else {
            self.tally.counts.accepted += 1;
            self.tally.counts.unmatched += i64::from(!matched);
            self.tally.counts.unclassified += i64::from(self.history.told(&payment).undecided);
        }
        counted.payments.push(PaymentRow {
            import: self.import.id,
            batch: Arc::clone(batch),
            at,
            put,
            stored,
        });
        Ok(())
    }

    /// Counts what is taken back.
    async fn take_payments_back(
        &mut self,
        posting: &Posting,
        fates: Fates,
        counted: &mut Counted,
    ) -> Result<()> {
        let keys: Vec<_> = fates.backs.iter().map(|back| &back.old).collect();
        let olds = whole(self.store.db(), &keys).await?;
        for (back, old) in fates.backs.iter().zip(olds) {
            let line_no = match back.line {
                Some(line) => -i64::try_from(line).unwrap_or(i64::MAX),
                None => {
                    self.tally.counts.removed += 1;
                    NO_LINE - self.tally.counts.removed
                }
            };
            self.tally.take_back(old.currency, old.payable)?;
            let payment = Payment {
                consumed_at: old.consumed_at,
                category: old.category,
                settled: old.settled,
                invoice_paid: old.invoice_id.is_some_and(|id| self.paid.get(&id) == Some(&true)),
                marketplace: old.marketplace.as_deref(),
                undecided: false,
                parts: old.taken_back(),
            };
            let of = (old.product_id, old.charging_mode, old.currency);
            self.allot((old.month, old.account_id), of, &payment, (-old.payable, -1), posting, counted)?;
            counted.backs.push(BackRow { import: self.import.id, line_no, old, seat: back.seat });
        }
        Ok(())
    }

    /// Adds what a payment counts; `false` if its account belongs to nobody and it waits.
    fn allot(
        &self,
        (origin, account): (Month, CloudAccountId),
        (product, charged, currency): (ProductId, ChargingMode, Currency),
        payment: &Payment<'_>,
        (payable, payments): (i64, i64),
        posting: &Posting,
        counted: &mut Counted,
    ) -> Result<bool> {
        let Some(customer) = self.history.customer_of(account) else {
            let key = (origin, account, currency);
            counted.unmatched.entry(key).or_default().add(payable, payments)?;
            return Ok(false);
        };
        let month = posting.month_for(origin);
        let owner = self.history.owner_at(&customer, payment.consumed_at);
        let rules = self.history.rules(&customer, product, origin);
        for (reason, amount) in classify(&self.history.told(payment), owner.as_ref(), &rules)
            .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?
        {
            let key = LineKey::new(origin, owner.as_ref(), product, charged, currency, reason);
            counted.deltas.entry((month, customer.id, key)).or_default().add(amount, payments)?;
        }
        Ok(true)
    }
}
