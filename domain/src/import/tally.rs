//! What an import has come to so far: the counts and totals of its receipt, its running sums, and the digest
//! of its rows. Committed with every batch, so that a new process goes on behind the last one.

use entity::{CloudAccountId, Currency, ImportId, Timestamp, bill_import};
use rustc_hash::FxHashMap;
use sea_orm::Value;

use super::claim::LEASE;
use super::rounding::{self, Stored};
use crate::error::{Error, Result};
use crate::exact::Exact;
use crate::source::{Amounts, SourceItem};
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

/// The tally of one import.
#[derive(Debug)]
pub struct Tally {
    id: ImportId,
    generation: i32,
    /// Counts so far.
    pub counts: Counts,
    row_digest: blake3::Hash,
    sums: FxHashMap<(CloudAccountId, Currency), Exact>,
    touched: Vec<(CloudAccountId, Currency)>,
    totals: FxHashMap<Currency, Total>,
}

impl Tally {
    /// Goes on where `import` stands.
    pub async fn open(store: &Store, import: &bill_import::Model) -> Result<Self> {
        let mut tally = Self {
            id: import.id,
            generation: import.generation,
            counts: Counts {
                read: import.rows_read,
                accepted: import.rows_accepted,
                duplicate: import.rows_duplicate,
                rejected: import.rows_rejected,
                unmatched: import.rows_unmatched,
            },
            row_digest: blake3::hash(&[]),
            sums: FxHashMap::default(),
            touched: Vec::new(),
            totals: FxHashMap::default(),
        };
        let sql = "SELECT account_id, currency, carry FROM import_carry WHERE import_id = $1";
        for row in query(store.db(), sql, [import.id.0.into()]).await? {
            let key = (CloudAccountId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
            tally.sums.insert(key, read_exact(&row.try_get_by_index::<String>(2)?)?);
        }
        let sql = "SELECT currency, source_total, accepted_total, stored_micros FROM import_total WHERE import_id = $1";
        for row in query(store.db(), sql, [import.id.0.into()]).await? {
            let total = Total {
                source: read_exact(&row.try_get_by_index::<String>(1)?)?,
                accepted: read_exact(&row.try_get_by_index::<String>(2)?)?,
                stored: row.try_get_by_index(3)?,
            };
            tally.totals.insert(row.try_get_by_index(0)?, total);
        }
        Ok(tally)
    }

    /// The tally as it was committed last, after a transaction that failed; rows met stay met.
    pub async fn again(&self, store: &Store) -> Result<Self> {
        let import = super::ingest::load(store, self.id).await?;
        if import.generation != self.generation {
            return Err(Error::LeaseLost);
        }
        Ok(Self { row_digest: self.row_digest, ..Self::open(store, &import).await? })
    }

    /// The digest over every row met so far, to compare with the one of an earlier attempt.
    #[must_use]
    pub fn row_digest(&self) -> String {
        format!("rows:{}", self.row_digest.to_hex())
    }

    /// Takes rows into the digest, one by one: it does not depend on how they come in batches.
    pub fn meet(&mut self, items: &[SourceItem]) {
        for item in items {
            let mut hasher = blake3::Hasher::new();
            hasher.update(self.row_digest.as_bytes());
            match item {
                SourceItem::Row(row) => hasher.update(&row.fingerprint),
                SourceItem::Reject(reject) => hasher.update(&reject.line_no.to_le_bytes()),
            };
            self.row_digest = hasher.finalize();
        }
    }

    /// Counts a valid row into the source total.
    pub fn source(&mut self, currency: Currency, payable: Exact) -> Result<()> {
        let total = self.totals.entry(currency).or_default();
        total.source = total.source.checked_add(payable).ok_or_else(overflow)?;
        Ok(())
    }

    /// Rounds the amounts of an accepted row and counts it.
    pub fn accept(
        &mut self,
        account: CloudAccountId,
        currency: Currency,
        amounts: &Amounts,
    ) -> Result<Stored> {
        let sum = self.sums.entry((account, currency)).or_default();
        let (stored, after) = rounding::store(*sum, amounts).ok_or_else(overflow)?;
        *sum = after;
        self.touched.push((account, currency));
        let total = self.totals.entry(currency).or_default();
        total.accepted = total.accepted.checked_add(amounts.payable).ok_or_else(overflow)?;
        total.stored = total.stored.checked_add(stored.payable).ok_or_else(overflow)?;
        self.counts.accepted += 1;
        Ok(stored)
    }

    /// Writes what changed, renews the lease, and refuses if another worker took over.
    pub async fn checkpoint(&mut self, tx: &Tx, read_bytes: i64, now: Timestamp) -> Result<()> {
        self.write_sums(tx).await?;
        self.write_totals(tx).await?;
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

    /// Keeps the running sums of the accounts that were touched.
    async fn write_sums(&mut self, tx: &Tx) -> Result<()> {
        self.touched.sort_unstable();
        self.touched.dedup();
        let mut values: Vec<Value> = Vec::with_capacity(self.touched.len() * 4);
        for (account, currency) in self.touched.drain(..) {
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

    async fn write_totals(&self, tx: &Tx) -> Result<()> {
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
        Ok(())
    }
}

fn overflow() -> Error {
    Error::Invariant("a sum of this import does not fit 64 bits of micros".into())
}

fn read_exact(text: &str) -> Result<Exact> {
    text.parse().map_err(|e| Error::Invariant(format!("a stored sum is no number: {e:?}")))
}
