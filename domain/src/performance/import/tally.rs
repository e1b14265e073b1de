//! What an import has come to so far: the counts and totals of its receipt and the running sums of the account
//! at hand. Committed with every batch, so that a new process goes on behind the last one.

use entity::{CloudAccountId, Currency, ImportId, Month, Timestamp, bill_import};
use rustc_hash::FxHashMap;

use super::claim::LEASE;
use super::entry::Place;
use super::rounding::{self, Stored};
use crate::kernel::bulk::Bulk;
use crate::kernel::error::{Error, Result};
use crate::kernel::exact::Exact;
use crate::kernel::store::{Store, query};
use crate::source::Amounts;

/// Counts of a receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Rows that went through posting.
    pub posted: i64,
    /// Rows stored as payments.
    pub accepted: i64,
    /// Rows that say something else of a charge that was in.
    pub updated: i64,
    /// Rows that an earlier import had brought, and that say the same.
    pub unchanged: i64,
    /// Charges that were in and are not in a file that is the whole truth.
    pub removed: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Accepted rows whose account belongs to nobody.
    pub unmatched: i64,
    /// Accepted rows whose seller nobody decided about.
    pub unclassified: i64,
}

/// Totals of a receipt in one currency.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    source: Exact,
    accepted: Exact,
    stored: i64,
}

/// The tally of one import.
#[derive(Clone, Debug)]
pub struct Tally {
    id: ImportId,
    generation: i32,
    /// Counts so far.
    pub counts: Counts,
    /// The account whose rows are at hand, and its exact sums by currency.
    at: Option<(Month, CloudAccountId)>,
    /// The last row of the batches before.
    pub behind: Option<Place>,
    sums: Vec<(Currency, Exact)>,
    totals: FxHashMap<Currency, Total>,
}

impl Tally {
    /// Goes on where `import` stands; what was read is counted by the caller.
    pub async fn open(store: &Store, import: &bill_import::Model) -> Result<Self> {
        let mut tally = Self {
            id: import.id,
            generation: import.generation,
            counts: Counts {
                read: 0,
                posted: import.rows_posted,
                accepted: import.rows_accepted,
                updated: import.rows_updated,
                unchanged: import.rows_unchanged,
                removed: import.rows_removed,
                rejected: 0,
                unmatched: import.rows_unmatched,
                unclassified: import.rows_unclassified,
            },
            at: None,
            behind: None,
            sums: Vec::new(),
            totals: FxHashMap::default(),
        };
        let sql = "SELECT currency, carry FROM import_carry WHERE import_id = $1";
        for row in query(store.db(), sql, [import.id.0.into()]).await? {
            tally.sums.push((row.try_get_by_index(0)?, read_exact(&row.try_get_by_index::<String>(1)?)?));
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

    /// Says which row was posted last: the kept running sums are those of its account.
    pub fn go_on_behind(&mut self, last: Option<Place>) {
        self.behind = last;
        self.at = last.map(|place| (place.month, place.account));
    }

    /// Counts a valid row into the source total.
    pub fn source(&mut self, currency: Currency, payable: Exact) -> Result<()> {
        let total = self.totals.entry(currency).or_default();
        total.source = total.source.checked_add(payable).ok_or_else(overflow)?;
        Ok(())
    }

    /// Rounds the amounts of a row that is stored, and adds them. Rows come by month and account.
    pub fn accept(&mut self, place: &Place, currency: Currency, amounts: &Amounts) -> Result<Stored> {
        if self.at != Some((place.month, place.account)) {
            self.at = Some((place.month, place.account));
            self.sums.clear();
        }
        let index = self.sums.iter().position(|(c, _)| *c == currency);
        let before = index.and_then(|i| self.sums.get(i)).map_or(Exact::ZERO, |(_, sum)| *sum);
        let (stored, after) = rounding::store(before, amounts).ok_or_else(overflow)?;
        match index.and_then(|i| self.sums.get_mut(i)) {
            Some((_, sum)) => *sum = after,
            None => self.sums.push((currency, after)),
        }
        let total = self.totals.entry(currency).or_default();
        total.accepted = total.accepted.checked_add(amounts.payable).ok_or_else(overflow)?;
        total.stored = total.stored.checked_add(stored.payable).ok_or_else(overflow)?;
        Ok(stored)
    }

    /// Takes a payment that is taken back out of what the import adds.
    pub fn take_back(&mut self, currency: Currency, payable: i64) -> Result<()> {
        let total = self.totals.entry(currency).or_default();
        total.accepted = total.accepted.checked_sub(Exact::from_micros(payable)).ok_or_else(overflow)?;
        total.stored = total.stored.checked_sub(payable).ok_or_else(overflow)?;
        Ok(())
    }

    /// Writes where the import stands, renews the lease, and refuses if another worker took over.
    pub async fn checkpoint(&self, bulk: &mut Bulk, now: Timestamp) -> Result<()> {
        let (id, c) = (self.id.0, self.counts);
        let changed = bulk
            .execute(format!(
                "UPDATE bill_import SET rows_posted = {}, rows_accepted = {}, rows_updated = {}, \
                 rows_unchanged = {}, rows_removed = {}, rows_unclassified = {}, rows_unmatched = {}, lease_until = {}, attempts = 1 \
                 WHERE id = {id} AND generation = {} AND state = 'RUNNING'",
                c.posted,
                c.accepted,
                c.updated,
                c.unchanged,
                c.removed,
                c.unclassified,
                c.unmatched,
                now.plus(LEASE).0,
                self.generation
            ))
            .await?;
        if changed == 0 {
            return Err(Error::LeaseLost);
        }
        bulk.execute(format!("DELETE FROM import_carry WHERE import_id = {id}")).await?;
        let account = self.at.map_or(0, |(_, account)| account.0);
        for (currency, sum) in &self.sums {
            let head = "INSERT INTO import_carry (import_id, account_id, currency, carry)";
            bulk.execute(format!("{head} VALUES ({id}, {account}, '{currency}', '{sum}')")).await?;
        }
        for (currency, total) in &self.totals {
            bulk.execute(format!(
                "INSERT INTO import_total (import_id, currency, source_total, accepted_total, stored_micros) \
                 VALUES ({id}, '{currency}', '{}', '{}', {}) ON CONFLICT (import_id, currency) DO UPDATE SET \
                 source_total = excluded.source_total, accepted_total = excluded.accepted_total, \
                 stored_micros = excluded.stored_micros",
                total.source, total.accepted, total.stored
            ))
            .await?;
        }
        Ok(())
    }
}

fn overflow() -> Error {
    Error::Invariant("a sum of this import does not fit 64 bits of micros".into())
}

fn read_exact(text: &str) -> Result<Exact> {
    text.parse().map_err(|e| Error::Invariant(format!("a stored sum is no number: {e:?}")))
}
