//! Where the payments of a line are posted.

use entity::{Columns as _, CustomerId, Month, ProductId, RowReader, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::Value;

use super::line::{KEY_COLUMNS, LineKey};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, join_from_keys, many_placeholders, query};

/// Places read in one statement: far below the databases' limits on values.
const LOOKUP: usize = 500;

/// A customer, a month of origin and a product: their lines are read together.
pub(super) type Of = (CustomerId, Month, ProductId);

/// Where lines are posted, read once for a customer, a month of origin and a product.
#[derive(Debug, Default)]
pub(super) struct Places(FxHashMap<Of, Posted>);

/// The cut-off of a month's final run, and the months in which each line that belongs to it is posted, oldest first.
#[derive(Debug, Default)]
struct Posted {
    cut_off: Option<Timestamp>,
    months: FxHashMap<LineKey, Vec<Month>>,
}

impl Places {
    /// Reads where the lines of `asked` are posted.
    pub(super) async fn load(store: &Store, mut asked: Vec<Of>) -> Result<Self> {
        asked.sort_unstable();
        asked.dedup();
        let (db, mut places) = (store.db(), Self::default());
        for chunk in asked.chunks(LOOKUP) {
            let sql = format!(
                "WITH k (customer, origin, product) AS (VALUES {}) SELECT (SELECT MAX(r.cut_off) FROM settlement_run r \
                 WHERE r.month = k.origin AND r.kind = 'FINAL'), customer_id, month, {KEY_COLUMNS} FROM k \
                 {} performance_line ON customer_id = k.customer AND origin_month = k.origin \
                 AND product_id = k.product ORDER BY month",
                many_placeholders(db, chunk.len(), 3),
                join_from_keys(db)
            );
            let values = chunk.iter().flat_map(|(customer, origin, product)| {
                [customer.0.into(), origin.0.into(), product.0.into()] as [Value; 3]
            });
            for row in query(db, &sql, values).await? {
                let mut row = RowReader::of(&row);
                let (cut_off, customer, month) = (row.take()?, row.take()?, row.take()?);
                let key = LineKey::read(&mut row)?;
                let posted = places.0.entry((customer, key.origin_month, key.product_id)).or_default();
                posted.cut_off = cut_off;
                posted.months.entry(key).or_default().push(month);
            }
        }
        Ok(places)
    }

    /// The month whose line holds a payment of `key` that was taken in at `imported_at`: its own month if it
    /// came before the final run's cut-off and the line is there, else the first later month with the line.
    pub(super) fn of(&self, customer: CustomerId, key: &LineKey, imported_at: Timestamp) -> Option<Month> {
        let origin = key.origin_month;
        let posted = self.0.get(&(customer, origin, key.product_id))?;
        let late = posted.cut_off.is_some_and(|cut_off| imported_at > cut_off);
        let months = posted.months.get(key).map(Vec::as_slice).unwrap_or_default();
        months.iter().copied().find(|month| !late || *month > origin)
    }
}
