//! Taking in one batch of rows: everything it brings, or nothing, in one transaction.

use entity::{CloudAccountId, Currency, ImportId, Month, Timestamp, bill_import};
use rustc_hash::FxHashMap;
use sea_orm::Value;

use super::claim::LEASE;
use super::dedupe::{RowKey, occurrences};
use super::dictionary::{Dictionary, KnownInvoice};
use super::payment::{NewPayment, insert};
use super::rounding::{self, Stored};
use crate::error::{Error, Result};
use crate::exact::Exact;
use crate::performance::classify::{Owner, Payment, Rules, classify};
use crate::performance::history::{CustomerHistory, History};
use crate::performance::line::{Deltas, LineKey, LineSum, apply};
use crate::settlement::month::Posting;
use crate::source::{DETAIL_LIMIT, Reject, RejectCode, SourceItem, SourceRow};
use crate::store::{Store, Tx, exec, insert_rows, query};

/// Counts of a receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Rows stored as payments.
    pub accepted: i64,
    /// Rows that an earlier import had brought.
    pub duplicate: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Accepted rows whose account belongs to nobody.
    pub unmatched: i64,
}

/// Totals of a receipt in one currency.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    source: Exact,
    accepted: Exact,
    stored: i64,
}

/// The state of an import between its batches. What it knows is also in the database, so that a new process
/// goes on behind the last committed batch.
#[derive(Debug)]
pub struct Intake {
    store: Store,
    id: ImportId,
    generation: i32,
    settled: bool,
    /// The receipt's counts so far.
    pub counts: Counts,
    row_digest: blake3::Hash,
    dictionary: Dictionary,
    history: History,
    sums: FxHashMap<(CloudAccountId, Currency), Exact>,
    totals: FxHashMap<Currency, Total>,
}

/// A row that is new, with all that is known of it.
struct Fresh<'a> {
    row: &'a SourceRow,
    account: CloudAccountId,
    invoice: Option<KnownInvoice>,
    settled: bool,
    occurrence: i32,
    stored: Stored,
}

impl Intake {
    /// Goes on where `import` stands.
    pub async fn open(store: &Store, import: &bill_import::Model) -> Result<Self> {
        let mut intake = Self {
            store: store.clone(),
            id: import.id,
            generation: import.generation,
            settled: import.settled,
            counts: Counts {
                read: import.rows_read,
                accepted: import.rows_accepted,
                duplicate: import.rows_duplicate,
                rejected: import.rows_rejected,
                unmatched: import.rows_unmatched,
            },
            row_digest: blake3::hash(&[]),
            dictionary: Dictionary::default(),
            history: History::default(),
            sums: FxHashMap::default(),
            totals: FxHashMap::default(),
        };
        let sql = "SELECT account_id, currency, carry FROM import_carry WHERE import_id = $1";
        for row in query(store.db(), sql, [import.id.0.into()]).await? {
            let key = (CloudAccountId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
            intake.sums.insert(key, read_exact(&row.try_get_by_index::<String>(2)?)?);
        }
        let sql = "SELECT currency, source_total, accepted_total, stored_micros FROM import_total WHERE import_id = $1";
        for row in query(store.db(), sql, [import.id.0.into()]).await? {
            let total = Total {
                source: read_exact(&row.try_get_by_index::<String>(1)?)?,
                accepted: read_exact(&row.try_get_by_index::<String>(2)?)?,
                stored: row.try_get_by_index(3)?,
            };
            intake.totals.insert(row.try_get_by_index(0)?, total);
        }
        Ok(intake)
    }

    /// The digest over every row met so far, to compare with the one of an earlier attempt.
    #[must_use]
    pub fn row_digest(&self) -> String {
        format!("rows:{}", self.row_digest.to_hex())
    }

    /// Meets rows that were committed before: only their digest is taken.
    pub fn skip(&mut self, items: &[SourceItem]) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.row_digest.as_bytes());
        for item in items {
            match item {
                SourceItem::Row(row) => hasher.update(&row.fingerprint),
                SourceItem::Reject(reject) => hasher.update(&reject.line_no.to_le_bytes()),
            };
        }
        self.row_digest = hasher.finalize();
    }

    /// Takes `items` in; `read_bytes` is how far the file was read.
    pub async fn batch(&mut self, items: Vec<SourceItem>, read_bytes: i64) -> Result<()> {
        self.skip(&items);
        let (mut rows, mut rejects) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            match item {
                SourceItem::Row(row) => rows.push(row),
                SourceItem::Reject(reject) => rejects.push(*reject),
            }
        }
        self.counts.read += i64::try_from(rows.len() + rejects.len()).unwrap_or(i64::MAX);
        let now = self.store.clock.now();
        let store = self.store.clone();
        let tx = store.begin().await?;
        tx.lock_history(false).await?;
        if self.history.refresh(tx.orm()).await? {
            self.dictionary.forget_invoices();
        }
        self.dictionary.learn(tx.orm(), &store, &rows, self.settled, now).await?;
        let rows = self.refuse_mixed_invoices(rows, &mut rejects);
        self.write(&tx, &rows).await?;
        self.write_rejects(&tx, &rejects).await?;
        self.checkpoint(&tx, read_bytes, now).await?;
        tx.commit().await
    }

    /// An invoice has one currency: a row in another one is refused.
    fn refuse_mixed_invoices(
        &self,
        rows: Vec<Box<SourceRow>>,
        rejects: &mut Vec<Reject>,
    ) -> Vec<Box<SourceRow>> {
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            let settled = row.settled.unwrap_or(self.settled);
            match self.dictionary.invoice(&row, settled) {
                Some(invoice) if invoice.currency != row.currency => {
                    let number = row.invoice_no.clone().unwrap_or_default();
                    let mut detail = format!("{number}: {} / {}", row.currency, invoice.currency);
                    while detail.len() > DETAIL_LIMIT {
                        detail.pop();
                    }
                    rejects.push(Reject {
                        line_no: row.line_no,
                        column: Some("InvoiceId".into()),
                        code: RejectCode::InvoiceCurrency,
                        detail,
                        raw: row.raw.clone(),
                    });
                }
                _ => kept.push(row),
            }
        }
        kept
    }

    async fn write(&mut self, tx: &Tx, rows: &[Box<SourceRow>]) -> Result<()> {
        let mut posting = Posting::load(tx.orm()).await?;
        let fresh = self.sort_out(tx, rows).await?;
        self.history.load_accounts(tx.orm(), fresh.iter().map(|f| f.account)).await?;
        let (mut deltas, mut unmatched) = (Deltas::default(), FxHashMap::default());
        for new in &fresh {
            let month = posting.resolve(tx.orm(), new.row.month).await?;
            let product = self.dictionary.product(new.row)?;
            match self.history.customer_of(new.account) {
                Some(customer) => self.count(new, product, &customer, month, &mut deltas)?,
                None => {
                    self.counts.unmatched += 1;
                    let key = (new.row.month, new.account, new.row.currency);
                    let sum: &mut LineSum = unmatched.entry(key).or_default();
                    sum.add(new.stored.payable, 1)?;
                }
            }
        }
        let payments: Vec<NewPayment<'_>> = fresh
            .iter()
            .map(|new| {
                Ok(NewPayment {
                    row: new.row,
                    account: new.account,
                    product: self.dictionary.product(new.row)?,
                    invoice: new.invoice.map(|i| i.id),
                    occurrence: new.occurrence,
                    settled: new.settled,
                    stored: new.stored,
                })
            })
            .collect::<Result<_>>()?;
        insert(tx.orm(), self.id, &payments).await?;
        self.counts.accepted += i64::try_from(fresh.len()).unwrap_or(i64::MAX);
        apply(tx.orm(), deltas).await?;
        write_unmatched(tx, unmatched).await?;
        write_invoice_accounts(tx, &fresh).await?;
        self.write_sums(tx, &fresh).await?;
        Ok(())
    }

    /// Finds the new rows and rounds their amounts.
    async fn sort_out<'a>(&mut self, tx: &Tx, rows: &'a [Box<SourceRow>]) -> Result<Vec<Fresh<'a>>> {
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            keys.push(RowKey {
                month: row.month,
                account: self.dictionary.account(row)?,
                consumed_at: row.consumed_at,
                fingerprint: row.fingerprint,
            });
        }
        let numbers = occurrences(tx.orm(), self.id, &keys).await?;
        let mut fresh = Vec::with_capacity(rows.len());
        for ((row, key), number) in rows.iter().zip(keys).zip(numbers) {
            let total = self.totals.entry(row.currency).or_default();
            total.source = total.source.checked_add(row.amounts.payable).ok_or_else(overflow)?;
            let Some(occurrence) = number else {
                self.counts.duplicate += 1;
                continue;
            };
            let sum = self.sums.entry((key.account, row.currency)).or_default();
            let (stored, after) = rounding::store(*sum, &row.amounts).ok_or_else(overflow)?;
            *sum = after;
            total.accepted = total.accepted.checked_add(row.amounts.payable).ok_or_else(overflow)?;
            total.stored = total.stored.checked_add(stored.payable).ok_or_else(overflow)?;
            let settled = row.settled.unwrap_or(self.settled);
            let invoice = self.dictionary.invoice(row, settled);
            fresh.push(Fresh { row, account: key.account, invoice, settled, occurrence, stored });
        }
        Ok(fresh)
    }

    /// Adds what a payment counts to `deltas`.
    fn count(
        &self,
        new: &Fresh<'_>,
        product: entity::ProductId,
        customer: &CustomerHistory,
        month: Month,
        deltas: &mut Deltas,
    ) -> Result<()> {
        let row = new.row;
        let owner: Option<Owner> = self.history.owner_at(customer, row.consumed_at);
        let rules = Rules {
            internal: customer.internal,
            policy: self.history.policy(product, row.month),
            cash_coupon_counts: self.history.cash_coupon_counts,
        };
        let payment = Payment {
            consumed_at: row.consumed_at,
            category: row.category,
            settled: new.settled,
            invoice_paid: new.invoice.is_some_and(|i| i.paid),
            marketplace: row.marketplace.as_deref(),
            parts: new.stored.parts,
        };
        for (reason, amount) in classify(&payment, owner.as_ref(), &rules).ok_or_else(overflow)? {
            let key =
                LineKey::new(row.month, owner.as_ref(), product, row.charging_mode, row.currency, reason);
            deltas.entry((month, customer.id, key)).or_default().add(amount, 1)?;
        }
        Ok(())
    }

    /// Keeps the running sums of this batch's accounts.
    async fn write_sums(&self, tx: &Tx, fresh: &[Fresh<'_>]) -> Result<()> {
        let mut keys: Vec<_> = fresh.iter().map(|f| (f.account, f.row.currency)).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut values: Vec<Value> = Vec::new();
        for (account, currency) in keys {
            let Some(sum) = self.sums.get(&(account, currency)) else { continue };
            values.extend([
                Value::from(self.id.0),
                account.0.into(),
                currency.into(),
                sum.to_string().into(),
            ]);
        }
        let head = "INSERT INTO import_carry (import_id, account_id, currency, carry)";
        let tail = "ON CONFLICT (import_id, account_id, currency) DO UPDATE SET carry = excluded.carry";
        insert_rows(tx.orm(), head, 4, values, tail).await?;
        Ok(())
    }

    async fn write_rejects(&mut self, tx: &Tx, rejects: &[Reject]) -> Result<()> {
        self.counts.rejected += i64::try_from(rejects.len()).unwrap_or(i64::MAX);
        let values = rejects.iter().flat_map(|reject| {
            [
                Value::from(self.id.0),
                i64::try_from(reject.line_no).unwrap_or(i64::MAX).into(),
                Value::String(reject.column.as_deref().map(printable)),
                reject.code.code().into(),
                printable(&reject.detail).into(),
                reject.raw.clone().into(),
            ]
        });
        let head = "INSERT INTO import_reject (import_id, line_no, column_name, code, detail, raw)";
        insert_rows(tx.orm(), head, 6, values.collect(), "ON CONFLICT DO NOTHING").await?;
        Ok(())
    }

    /// Writes counts and totals, renews the lease, and refuses if another worker took over.
    async fn checkpoint(&self, tx: &Tx, read_bytes: i64, now: Timestamp) -> Result<()> {
        let mut totals: Vec<_> = self.totals.iter().collect();
        totals.sort_unstable_by_key(|(currency, _)| **currency);
        let values = totals.into_iter().flat_map(|(currency, total)| {
            [
                Value::from(self.id.0),
                (*currency).into(),
                total.source.to_string().into(),
                total.accepted.to_string().into(),
                total.stored.into(),
            ]
        });
        let head =
            "INSERT INTO import_total (import_id, currency, source_total, accepted_total, stored_micros)";
        let tail = "ON CONFLICT (import_id, currency) DO UPDATE SET source_total = excluded.source_total, \
                    accepted_total = excluded.accepted_total, stored_micros = excluded.stored_micros";
        insert_rows(tx.orm(), head, 5, values.collect(), tail).await?;
        let counts = self.counts;
        let changed = exec(
            tx.orm(),
            "UPDATE bill_import SET rows_read = $1, rows_accepted = $2, rows_duplicate = $3, rows_rejected = $4, \
             rows_unmatched = $5, read_bytes = $6, digest = $7, lease_until = $8, attempts = 1 \
             WHERE id = $9 AND generation = $10 AND state = 'RUNNING'",
            [
                counts.read.into(),
                counts.accepted.into(),
                counts.duplicate.into(),
                counts.rejected.into(),
                counts.unmatched.into(),
                read_bytes.into(),
                self.row_digest().into(),
                now.plus(LEASE).0.into(),
                self.id.0.into(),
                self.generation.into(),
            ],
        )
        .await?
        .rows_affected();
        if changed == 0 { Err(Error::LeaseLost) } else { Ok(()) }
    }
}

/// Text columns of PostgreSQL hold no NUL.
fn printable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

fn overflow() -> Error {
    Error::Invariant("a sum of this import does not fit 64 bits of micros".into())
}

fn read_exact(text: &str) -> Result<Exact> {
    text.parse().map_err(|e| Error::Invariant(format!("a stored sum is no number: {e:?}")))
}

async fn write_unmatched(tx: &Tx, sums: FxHashMap<(Month, CloudAccountId, Currency), LineSum>) -> Result<()> {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(key, _)| *key);
    let values = sums.into_iter().flat_map(|((month, account, currency), sum)| {
        [month.0.into(), account.0.into(), currency.into(), sum.amount.into(), sum.payments.into()]
            as [Value; 5]
    });
    let head = "INSERT INTO unmatched_total (month, account_id, currency, amount, payments)";
    let tail = "ON CONFLICT (month, account_id, currency) DO UPDATE SET \
                amount = unmatched_total.amount + excluded.amount, \
                payments = unmatched_total.payments + excluded.payments";
    insert_rows(tx.orm(), head, 5, values.collect(), tail).await?;
    Ok(())
}

/// Notes which accounts and months an invoice touches, so that its payment finds them again.
async fn write_invoice_accounts(tx: &Tx, fresh: &[Fresh<'_>]) -> Result<()> {
    let mut keys: Vec<_> =
        fresh.iter().filter_map(|f| Some((f.invoice?.id, f.row.month, f.account))).collect();
    keys.sort_unstable();
    keys.dedup();
    let values = keys.into_iter().flat_map(|(invoice, month, account)| {
        [invoice.0.into(), month.0.into(), account.0.into()] as [Value; 3]
    });
    let head = "INSERT INTO invoice_account (invoice_id, month, account_id)";
    insert_rows(tx.orm(), head, 3, values.collect(), "ON CONFLICT DO NOTHING").await?;
    Ok(())
}
