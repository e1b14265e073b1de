//! Taking a file into the spool: names become keys, bad rows are set aside, nothing is in the books yet.

use entity::{ImportFile, JsonText, bill_import};
use sea_orm::Value;
use tokio::sync::mpsc;

use super::claim::{LEASE, renew};
use super::dictionary::Dictionary;
use super::entry::{Packer, Place};
use super::ingest::{Progress, Stop};
use super::reading::Message;
use super::spool::Spool;
use super::tally::Counts;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, exec, insert_rows};
use crate::source::{DETAIL_LIMIT, Reject, RejectCode, SourceItem, SourceRow};

/// How long nothing may come from the reading thread before the lease is renewed without a batch.
const RENEW_AFTER: std::time::Duration = std::time::Duration::from_secs(15);
/// Rows read between two notes of how far reading is.
const NOTE_ROWS: i64 = 100_000;

/// A file being read.
pub(super) struct Taking<'a> {
    store: &'a Store,
    import: &'a bill_import::Model,
    dictionary: Dictionary,
    packer: Packer,
    spool: Spool,
    progress: Progress,
    noted: i64,
    /// The files of an import of several.
    files: JsonText<Vec<ImportFile>>,
}

/// A file that was read.
pub(super) struct Taken {
    pub(super) spool: Spool,
    pub(super) packer: Packer,
    pub(super) progress: Progress,
    pub(super) digest: String,
}

impl<'a> Taking<'a> {
    /// Begins.
    pub(super) fn new(store: &'a Store, import: &'a bill_import::Model) -> Self {
        Self {
            store,
            import,
            dictionary: Dictionary::default(),
            packer: Packer::default(),
            spool: Spool::default(),
            progress: Progress {
                counts: Counts { posted: import.rows_posted, ..Counts::default() },
                read_bytes: 0,
            },
            noted: 0,
            files: JsonText::default(),
        }
    }

    /// Takes every row into the spool.
    pub(super) async fn all(
        mut self,
        mut messages: mpsc::Receiver<Message>,
        progress: &mut (impl FnMut(Progress) + Send),
    ) -> std::result::Result<Taken, Stop> {
        let (store, id, generation) = (self.store, self.import.id, self.import.generation);
        loop {
            store.stopping.check()?;
            let message = match tokio::time::timeout(RENEW_AFTER, messages.recv()).await {
                Ok(Some(message)) => message,
                Ok(None) => break,
                // Hashing a large file takes long without a batch: the import is still ours.
                Err(_) => {
                    renew(store, id, generation).await?;
                    continue;
                }
            };
            match message {
                Message::Format(format) => {
                    let sql = "UPDATE bill_import SET format = $1 WHERE id = $2";
                    exec(store.db(), sql, [format.into(), id.0.into()]).await?;
                }
                Message::Batch(items, read_bytes) => {
                    self.progress.read_bytes = read_bytes;
                    self.batch(items).await?;
                    progress(self.progress);
                }
                Message::Part(file) => {
                    self.files.0.push(file);
                    let sql = "UPDATE bill_import SET files = $1 WHERE id = $2";
                    exec(store.db(), sql, [self.files.text().into(), id.0.into()]).await?;
                }
                Message::Refused(name, error) => {
                    let message = error.message(crate::Lang::En);
                    return Err(Stop::File {
                        code: error.code().to_owned(),
                        detail: name.map_or(message.clone(), |name| format!("{name}: {message}")),
                    });
                }
                Message::Finished(digest) => {
                    let Self { spool, packer, progress, .. } = self;
                    return Ok(Taken { spool, packer, progress, digest });
                }
            }
        }
        Err(Error::Invariant("the reading thread ended without a word".into()).into())
    }

    async fn batch(&mut self, items: Vec<SourceItem>) -> Result<()> {
        let (mut rows, mut rejects) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            match item {
                SourceItem::Row(row) => rows.push(row),
                SourceItem::Reject(reject) => rejects.push(*reject),
            }
        }
        self.progress.counts.read += i64::try_from(rows.len() + rejects.len()).unwrap_or(i64::MAX);
        self.dictionary.learn(self.store, &rows, self.import.settled).await?;
        for row in rows {
            self.take(*row, &mut rejects)?;
        }
        self.progress.counts.rejected += i64::try_from(rejects.len()).unwrap_or(i64::MAX);
        if rejects.is_empty() && self.progress.counts.read - self.noted < NOTE_ROWS {
            return Ok(());
        }
        self.noted = self.progress.counts.read;
        self.note(&rejects).await
    }

    /// Puts a row into the spool. An invoice has one currency: a row in another one is refused.
    fn take(&mut self, mut row: SourceRow, rejects: &mut Vec<Reject>) -> Result<()> {
        if let Some(seller) = self.dictionary.seller(&row) {
            row.marketplace = Some(seller);
        }
        let settled = row.settled.unwrap_or(self.import.settled);
        let invoice = match self.dictionary.invoice(&row, settled) {
            Some((_, currency)) if currency != row.currency => {
                rejects.push(mixed(row, currency));
                return Ok(());
            }
            invoice => invoice.map(|(id, _)| id),
        };
        let place = Place {
            month: row.month,
            account: self.dictionary.account(&row)?,
            consumed_at: row.consumed_at,
            fingerprint: row.fingerprint,
            line_no: row.line_no,
        };
        let product = self.dictionary.product(&row)?;
        let packer = &mut self.packer;
        self.spool.push(place, |out| packer.pack(&row, product, invoice, settled, out))
    }

    /// Writes rejects and how far reading is.
    async fn note(&self, rejects: &[Reject]) -> Result<()> {
        let (id, counts) = (self.import.id, self.progress.counts);
        let tx = self.store.begin().await?;
        let sql = "UPDATE bill_import SET rows_read = $1, rows_rejected = $2, read_bytes = $3, lease_until = $4 \
                   WHERE id = $5 AND generation = $6 AND state = 'RUNNING'";
        let values = [
            counts.read.into(),
            counts.rejected.into(),
            self.progress.read_bytes.into(),
            self.store.clock.now().plus(LEASE).0.into(),
            id.0.into(),
            self.import.generation.into(),
        ];
        if exec(tx.orm(), sql, values).await?.rows_affected() == 0 {
            return Err(Error::LeaseLost);
        }
        let values = rejects.iter().flat_map(|reject| {
            [
                Value::from(id.0),
                i64::try_from(reject.line_no).unwrap_or(i64::MAX).into(),
                Value::String(reject.column.as_deref().map(printable)),
                reject.code.code().into(),
                printable(&reject.detail).into(),
                reject.raw.clone().into(),
            ]
        });
        let head = "INSERT INTO import_reject (import_id, line_no, column_name, code, detail, raw)";
        insert_rows(tx.orm(), head, 6, values.collect(), "ON CONFLICT DO NOTHING").await?;
        tx.commit().await
    }
}

fn mixed(row: SourceRow, currency: entity::Currency) -> Reject {
    let number = row.invoice_no.as_deref().unwrap_or_default();
    let mut detail = format!("{number}: {} / {currency}", row.currency);
    while detail.len() > DETAIL_LIMIT {
        detail.pop();
    }
    Reject {
        line_no: row.line_no,
        column: Some("InvoiceId".into()),
        code: RejectCode::InvoiceCurrency,
        detail,
        raw: row.raw.to_vec(),
    }
}

/// Text columns of PostgreSQL hold no NUL.
fn printable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}
