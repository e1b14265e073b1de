//! Taking in one batch of rows: everything it brings, or nothing, in one transaction.

use entity::{CloudAccountId, Currency, ImportId, Month, bill_import};
use rustc_hash::FxHashMap;
use sea_orm::Value;

use super::dedupe::{RowKey, occurrences};
use super::dictionary::{Dictionary, KnownInvoice};
use super::payment::{NewPayment, insert};
use super::rounding::Stored;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::performance::classify::{Owner, Payment, Rules, classify};
use crate::performance::history::{CustomerHistory, History};
use crate::performance::line::{Deltas, LineKey, LineSum, apply};
use crate::settlement::month::Posting;
use crate::source::{DETAIL_LIMIT, Reject, RejectCode, SourceItem, SourceRow};
use crate::store::{Store, Tx, insert_rows};

/// Times that a batch is begun again because another import brought the same rows meanwhile. Each time at
/// least one batch of the other went in.
const MEETINGS: usize = 64;

/// The state of an import between its batches. What it knows is also in the database, so that a new process
/// goes on behind the last committed batch.
#[derive(Debug)]
pub struct Intake {
    store: Store,
    id: ImportId,
    settled: bool,
    /// What it has come to.
    pub tally: Tally,
    dictionary: Dictionary,
    history: History,
}

/// Rows as the reader gives them: boxed, because an item is either a row or a small reject.
type Rows = Vec<Box<SourceRow>>;

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
        Ok(Self {
            store: store.clone(),
            id: import.id,
            settled: import.settled,
            tally: Tally::open(store, import).await?,
            dictionary: Dictionary::default(),
            history: History::default(),
        })
    }

    /// Takes `items` in; `read_bytes` is how far the file was read. Where another import brings the same rows
    /// at the same time, the database lets one of them in; the other looks again and finds duplicates.
    pub async fn batch(&mut self, items: Vec<SourceItem>, read_bytes: i64) -> Result<()> {
        self.tally.meet(&items);
        let (mut rows, mut rejects) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            match item {
                SourceItem::Row(row) => rows.push(row),
                SourceItem::Reject(reject) => rejects.push(*reject),
            }
        }
        let mut meetings = 0;
        loop {
            match self.attempt(&mut rows, &mut rejects, read_bytes).await {
                Err(Error::Database(error)) if meetings < MEETINGS && is_there_already(&error) => {
                    meetings += 1;
                    // The names learnt in the transaction that failed are gone with it.
                    self.tally = self.tally.again(&self.store).await?;
                    self.dictionary = Dictionary::default();
                    self.history = History::default();
                }
                other => return other,
            }
        }
    }

    /// One transaction: everything `rows` and `rejects` bring, or nothing.
    async fn attempt(&mut self, rows: &mut Rows, rejects: &mut Vec<Reject>, read_bytes: i64) -> Result<()> {
        self.tally.counts.read += i64::try_from(rows.len() + rejects.len()).unwrap_or(i64::MAX);
        let now = self.store.clock.now();
        let store = self.store.clone();
        let tx = store.begin().await?;
        tx.lock_history(false).await?;
        if self.history.refresh(tx.orm()).await? {
            self.dictionary.forget_invoices();
        }
        self.dictionary.learn(tx.orm(), &store, rows, self.settled, now).await?;
        *rows = self.refuse_mixed_invoices(std::mem::take(rows), rejects);
        self.write(&tx, rows).await?;
        self.write_rejects(&tx, rejects).await?;
        self.tally.checkpoint(&tx, read_bytes, now).await?;
        crate::crash::point("import.checkpoint");
        tx.commit().await
    }

    /// An invoice has one currency: a row in another one is refused.
    fn refuse_mixed_invoices(&self, rows: Rows, rejects: &mut Vec<Reject>) -> Rows {
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
                    self.tally.counts.unmatched += 1;
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
        apply(tx.orm(), deltas).await?;
        write_unmatched(tx, unmatched).await?;
        write_invoice_accounts(tx, &fresh).await?;
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
            self.tally.source(row.currency, row.amounts.payable)?;
            let Some(occurrence) = number else {
                self.tally.counts.duplicate += 1;
                continue;
            };
            let stored = self.tally.accept(key.account, row.currency, &row.amounts)?;
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
            cash_coupon_counts: self.history.cash_coupon_counts(row.month),
        };
        let payment = Payment {
            consumed_at: row.consumed_at,
            category: row.category,
            settled: new.settled,
            invoice_paid: new.invoice.is_some_and(|i| i.paid),
            marketplace: row.marketplace.as_deref(),
            parts: new.stored.parts,
        };
        for (reason, amount) in classify(&payment, owner.as_ref(), &rules)
            .ok_or_else(|| Error::Invariant("the parts of a payment do not fit".into()))?
        {
            let key =
                LineKey::new(row.month, owner.as_ref(), product, row.charging_mode, row.currency, reason);
            deltas.entry((month, customer.id, key)).or_default().add(amount, 1)?;
        }
        Ok(())
    }

    async fn write_rejects(&mut self, tx: &Tx, rejects: &[Reject]) -> Result<()> {
        self.tally.counts.rejected += i64::try_from(rejects.len()).unwrap_or(i64::MAX);
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
}

/// A row that another transaction wrote since this one looked.
fn is_there_already(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// Text columns of PostgreSQL hold no NUL.
fn printable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
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
