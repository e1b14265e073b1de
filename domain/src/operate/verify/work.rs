//! One verification at work: its instant, what it knows, and the passes over payments and lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::{Currency, CustomerId, Month};
use futures_util::future::try_join_all;
use rustc_hash::FxHashSet;
use sea_orm::DatabaseTransaction;

use super::Check;
use super::fingerprint::{Balance, Secret};
use super::gather::{self, Lines, Payments, Waiting};
use super::instant::Instant;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, query};
use crate::kernel::stream::Reader;
use crate::performance::fact::Part;
use crate::performance::history::History;

/// One verification, from its start to its findings.
pub(super) struct Work {
    instant: Instant,
    history: Arc<History>,
    waiting: Waiting,
    secret: Secret,
}

impl Work {
    /// Takes hold of an instant and learns who had whom.
    pub(super) async fn begin(store: &Store) -> Result<Self> {
        let mut instant = Instant::take(store).await?;
        let mut history = History::default();
        history.refresh(&instant.tx).await?;
        let first = instant.readers.pop().ok_or_else(lost)?;
        let (first, history) = first
            .with(move |reader| {
                history.load_everybody(reader)?;
                Ok(history)
            })
            .await?;
        instant.readers.push(first);
        let mut waiting = FxHashSet::default();
        for row in query(&instant.tx, "SELECT customer_id, month FROM dirty_customer", []).await? {
            waiting.insert((CustomerId(row.try_get_by_index(0)?), Month(row.try_get_by_index(1)?)));
        }
        let secret = Secret::new(&store.ids.token());
        Ok(Self { instant, history: Arc::new(history), waiting: Arc::new(waiting), secret })
    }

    /// For small results.
    pub(super) fn tx(&self) -> &DatabaseTransaction {
        &self.instant.tx
    }

    /// The associations of customers with partners, as of the verification's instant.
    pub(super) fn history(&self) -> Arc<History> {
        Arc::clone(&self.history)
    }

    /// `true` if the customer waits to be computed anew for this month of origin.
    pub(super) fn waits(&self, customer: CustomerId, origin: Month) -> bool {
        self.waiting.contains(&(customer, origin))
    }

    /// Says how much was left out; nothing if nothing waits.
    pub(super) fn waiting_check(&self) -> Option<Check> {
        let waiting = self.waiting.len();
        let text = format!("{waiting} customers of a month");
        (waiting > 0).then(|| Check::equal("changes that wait are left out", text.clone(), text))
    }

    /// Reads the payments.
    pub(super) async fn payments(&mut self, month: Option<Month>) -> Result<Payments> {
        let (history, waiting, secret) = (self.history(), Arc::clone(&self.waiting), self.secret);
        let pass = move |reader: &mut Reader, part| {
            gather::payments(reader, &history, &waiting, Balance::new(secret), month, part)
        };
        let mut parts = self.in_parts(pass).await?.into_iter();
        let mut all = parts.next().ok_or_else(lost)?;
        parts.for_each(|part| all.merge(part));
        Ok(all)
    }

    /// Reads the lines posted in `month`; with `corrections`, also its corrections in later months.
    pub(super) async fn lines(&mut self, month: Month, corrections: bool) -> Result<Lines> {
        let (waiting, secret) = (Arc::clone(&self.waiting), self.secret);
        let pass = move |reader: &mut Reader, part| {
            gather::lines(reader, &waiting, Balance::new(secret), month, corrections, part)
        };
        let mut parts = self.in_parts(pass).await?.into_iter();
        let mut all = parts.next().ok_or_else(lost)?;
        parts.try_for_each(|part| all.merge(part))?;
        Ok(all)
    }

    /// Runs `pass` with every reader at once, each over its part.
    async fn in_parts<T: Send + 'static>(
        &mut self,
        pass: impl Fn(&mut Reader, Part) -> Result<T> + Clone + Send + 'static,
    ) -> Result<Vec<T>> {
        let readers = std::mem::take(&mut self.instant.readers);
        let of = u32::try_from(readers.len()).unwrap_or(1);
        let passes = readers.into_iter().zip(0..).map(|(reader, index)| {
            let pass = pass.clone();
            reader.with(move |reader| pass(reader, Part { index, of }))
        });
        let (readers, parts) = try_join_all(passes).await?.into_iter().unzip();
        self.instant.readers = readers;
        Ok(parts)
    }

    /// Runs `look` with one reader.
    pub(super) async fn with_reader<T: Send + 'static>(
        &mut self,
        look: impl FnOnce(&mut Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let reader = self.instant.readers.pop().ok_or_else(lost)?;
        let (reader, found) = reader.with(look).await?;
        self.instant.readers.push(reader);
        Ok(found)
    }
}

fn lost() -> Error {
    Error::Invariant("a verification lost its reader".into())
}

/// Sums over all lines by month of origin, wherever posted.
#[derive(Debug, Default)]
pub(super) struct Books {
    /// Amounts that counted and that did not.
    pub(super) sums: BTreeMap<(Month, Currency), (i128, i128)>,
    /// Number of lines of each month.
    pub(super) lines: BTreeMap<Month, u64>,
}

impl Books {
    /// Adds the lines of a month of posting, and takes them from what payments say.
    pub(super) fn add(&mut self, balance: &mut Balance, lines: Lines) {
        balance.merge(lines.balance);
        for (key, (counted, not)) in lines.sums {
            let sum = self.sums.entry(key).or_default();
            *sum = (sum.0 + counted, sum.1 + not);
        }
        for (month, lines) in lines.lines {
            *self.lines.entry(month).or_default() += lines;
        }
    }
}
