//! What an import need not look up because nothing was there when it began. That is a guess: should another import be
//! faster, the database refuses the same key twice, and the batch is prepared again without guessing.

use entity::{CustomerId, Month};
use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::DbBackend;

use super::entry::Entry;
use crate::kernel::bulk::Bulk;
use crate::kernel::error::Result;
use crate::kernel::store::{Store, query_one};

/// Customers whose lines are remembered; beyond this they are looked up.
const REMEMBERED: usize = 250_000;

/// What was empty when it was first looked at.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    payments: FxHashMap<Month, bool>,
    lines: FxHashMap<Month, bool>,
    /// Customers whose lines this import wrote: since it began, or only with its batch before.
    written: FxHashSet<(Month, CustomerId)>,
}

impl Fresh {
    /// Whether there was no payment of the months of a batch, so that none of its rows can be in already.
    pub(super) async fn has_no_payments(&mut self, store: &Store, batch: &[Entry]) -> Result<bool> {
        let mut all = true;
        for of_month in batch.chunk_by(|a, b| a.place.month == b.place.month) {
            let Some(month) = of_month.first().map(|entry| entry.place.month) else { continue };
            all = is_empty(store, &mut self.payments, ("consumption_payment", "account_id"), month).await?
                && all;
        }
        Ok(all)
    }

    /// Of some customers and months, those without any line. Lines of theirs are written without looking whether
    /// they are there. SQLite looks by the way: it is not asked.
    pub(super) async fn without_lines(
        &mut self,
        store: &Store,
        probe: &mut Bulk,
        touched: &FxHashSet<(Month, CustomerId)>,
    ) -> Result<FxHashSet<(Month, CustomerId)>> {
        let mut new = FxHashSet::default();
        if store.backend() != DbBackend::Postgres {
            return Ok(new);
        }
        let mut asked: FxHashMap<Month, Vec<CustomerId>> = FxHashMap::default();
        for (month, customer) in touched.difference(&self.written) {
            asked.entry(*month).or_default().push(*customer);
        }
        for (month, customers) in asked {
            let known = if is_empty(store, &mut self.lines, ("performance_line", "bill_to_id"), month).await?
            {
                FxHashSet::default()
            } else {
                with_lines(probe, month, &customers).await?
            };
            new.extend(customers.into_iter().filter(|c| !known.contains(&c.0)).map(|c| (month, c)));
        }
        Ok(new)
    }

    /// A batch writes lines of these: they may not be seen yet when the next one is prepared.
    pub(super) fn written(&mut self, touched: FxHashSet<(Month, CustomerId)>) {
        if self.written.len() + touched.len() > REMEMBERED {
            self.written.clear();
            self.lines.values_mut().for_each(|empty| *empty = false);
        }
        self.written.extend(touched);
    }
}

/// Whether `table` had nothing of `month` when it was first asked. `second` is what follows the month in its key: asked
/// for the first row of that order, PostgreSQL looks at the key instead of reading the table until it meets one.
async fn is_empty(
    store: &Store,
    asked: &mut FxHashMap<Month, bool>,
    (table, second): (&str, &str),
    month: Month,
) -> Result<bool> {
    if let Some(empty) = asked.get(&month) {
        return Ok(*empty);
    }
    let sql = format!("SELECT 1 FROM {table} WHERE month = $1 ORDER BY month, {second} LIMIT 1");
    let empty = query_one(store.db(), &sql, [month.0.into()]).await?.is_none();
    asked.insert(month, empty);
    Ok(empty)
}

/// Which of some customers have lines in a month.
async fn with_lines(probe: &mut Bulk, month: Month, customers: &[CustomerId]) -> Result<FxHashSet<i64>> {
    let list: Vec<String> = customers.iter().map(|customer| customer.0.to_string()).collect();
    let sql = format!(
        "SELECT DISTINCT customer_id FROM performance_line WHERE month = {} \
         AND customer_id = ANY ('{{{}}}'::BIGINT[])",
        month.0,
        list.join(",")
    );
    Ok(probe.numbers(sql).await?.into_iter().collect())
}
