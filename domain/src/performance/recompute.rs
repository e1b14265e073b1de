//! Recomputation of customers' months from their payments: after an association, account, invoice or internal
//! flag changed. What closed months say stays; the difference is posted in the open month.
//!
//! What is written is the difference between what payments amount to and what is kept, both as of one instant, and
//! it is added. So imports go on meanwhile: a payment that is not seen at that instant brings its own lines, by
//! the history that is known now, because whoever changes history waits for imports and recomputations to end.

use entity::{CloudAccountId, CustomerId, Month};
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::history::History;
use super::line_deltas::{Deltas, apply};
use super::rebuild::{Pairs, rebuild};
use crate::kernel::error::Result;
use crate::kernel::store::{Store, Tx, exec, placeholders, query};
use crate::kernel::stream::Reader;
use crate::programme::month::Posting;

/// Customers of a month recomputed in one transaction: a few tenths of a second, for which SQLite's only writer
/// is held, and a few MB of lines.
const BATCH: usize = 2_000;
/// Keys of one statement.
const KEYS: usize = 500;

/// What is kept between batches: a connection, and who had whom.
#[derive(Debug, Default)]
pub struct Recomputer {
    reader: Option<Reader>,
    history: History,
}

impl Recomputer {
    /// Recomputes some dirty customers in one transaction. Returns how many; 0 means that none is left.
    /// Several workers recompute different customers at the same time.
    pub async fn some(&mut self, store: &Store) -> Result<usize> {
        let tx = store.begin().await?;
        tx.lock_history(false).await?;
        let dirty = claim(&tx).await?;
        if dirty.is_empty() {
            return Ok(0);
        }
        self.history.refresh(tx.orm()).await?;
        let mut posting = Posting::load(tx.orm()).await?;
        let mut deltas = Deltas::default();
        let mut moved = Vec::new();
        for of_month in dirty.chunk_by(|a, b| a.0 == b.0) {
            let Some((origin, _)) = of_month.first().copied() else { continue };
            let customers: Vec<CustomerId> = of_month.iter().map(|(_, customer)| *customer).collect();
            let month = posting.resolve(tx.orm(), origin).await?;
            let pairs = self.compare(store, &tx, origin, customers).await?;
            for ((customer, key), pair) in pairs {
                if let Some(missing) = pair.missing()? {
                    deltas.insert((month, customer, key), missing);
                    moved.push((month, customer));
                }
            }
        }
        apply(tx.orm(), deltas).await?;
        forget_empty_lines(tx.orm(), moved).await?;
        forget_dirty(tx.orm(), &dirty).await?;
        crate::kernel::crash::point("recompute.batch");
        tx.commit().await?;
        Ok(dirty.len())
    }

    /// Recomputes until no customer is dirty.
    pub async fn all(&mut self, store: &Store) -> Result<usize> {
        let mut total = 0;
        loop {
            match self.some(store).await? {
                0 => return Ok(total),
                some => total += some,
            }
        }
    }

    /// The lines of some customers by their payments and as they are kept.
    async fn compare(
        &mut self,
        store: &Store,
        tx: &Tx,
        origin: Month,
        customers: Vec<CustomerId>,
    ) -> Result<Pairs> {
        self.history.load_customers(tx.orm(), customers.iter().copied()).await?;
        let mut accounts: Vec<CloudAccountId> = Vec::with_capacity(customers.len());
        for some in customers.chunks(KEYS) {
            let sql =
                format!("SELECT id FROM cloud_account WHERE customer_id IN {}", placeholders(1, some.len()));
            for row in query(tx.orm(), &sql, some.iter().map(|c| c.0.into())).await? {
                accounts.push(CloudAccountId(row.try_get_by_index(0)?));
            }
        }
        accounts.sort_unstable();
        self.history.load_accounts(tx.orm(), accounts.iter().copied()).await?;
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => Reader::take(store, None).await?,
        };
        let history = std::mem::take(&mut self.history);
        let (reader, (history, pairs)) = reader
            .with(move |reader| {
                // The instant is one behind the claim: nobody else changes these customers' lines but by
                // payments that come in.
                reader.renew()?;
                let pairs = rebuild(reader, &history, origin, &customers, &accounts)?;
                Ok((history, pairs))
            })
            .await?;
        (self.reader, self.history) = (Some(reader), history);
        Ok(pairs)
    }
}

/// Takes customers that nobody else is at, in the order of their months. If all that is left is with others, waits for the first.
async fn claim(tx: &Tx) -> Result<Vec<(Month, CustomerId)>> {
    let sql = |end: &str| {
        format!(
            "SELECT month, customer_id FROM dirty_customer ORDER BY customer_id, month LIMIT {BATCH}{end}"
        )
    };
    let ends: &[&str] = match tx.orm().get_database_backend() {
        DbBackend::Postgres => &[" FOR UPDATE SKIP LOCKED", " FOR UPDATE"],
        _ => &[""],
    };
    for end in ends {
        let rows = query(tx.orm(), &sql(end), []).await?;
        if !rows.is_empty() {
            let read = |row: &sea_orm::QueryResult| {
                Ok((Month(row.try_get_by_index(0)?), CustomerId(row.try_get_by_index(1)?)))
            };
            let mut dirty: Vec<_> = rows.iter().map(read).collect::<Result<_>>()?;
            dirty.sort_unstable();
            return Ok(dirty);
        }
    }
    Ok(Vec::new())
}

/// Lines of no amount in no payment are no lines.
async fn forget_empty_lines<C: ConnectionTrait>(
    connection: &C,
    mut of: Vec<(Month, CustomerId)>,
) -> Result<()> {
    of.sort_unstable();
    of.dedup();
    for list in lists(&of) {
        // The plus keeps SQLite, which guesses without statistics, from reading the whole month.
        let sql = format!(
            "DELETE FROM performance_line WHERE customer_id IN {} AND +month = {} AND amount = 0 AND payments = 0",
            list.customers, list.month
        );
        exec(connection, &sql, list.values).await?;
    }
    Ok(())
}

async fn forget_dirty<C: ConnectionTrait>(connection: &C, dirty: &[(Month, CustomerId)]) -> Result<()> {
    for list in lists(dirty) {
        let sql = format!(
            "DELETE FROM dirty_customer WHERE customer_id IN {} AND month = {}",
            list.customers, list.month
        );
        exec(connection, &sql, list.values).await?;
    }
    Ok(())
}

/// Customers of one month as a statement names them.
struct List {
    /// Placeholders of the customers.
    customers: String,
    /// That of the month.
    month: String,
    values: Vec<Value>,
}

/// Cuts what is in the order of months into lists that statements take.
fn lists(of: &[(Month, CustomerId)]) -> Vec<List> {
    let cut = of.chunk_by(|a, b| a.0 == b.0).flat_map(|of_month| of_month.chunks(KEYS));
    let list = |some: &[(Month, CustomerId)]| {
        let mut values: Vec<Value> = some.iter().map(|(_, customer)| customer.0.into()).collect();
        values.extend(some.first().map(|(month, _)| Value::from(month.0)));
        List { customers: placeholders(1, some.len()), month: format!("${}", values.len()), values }
    };
    cut.map(list).collect()
}

/// Recomputes some dirty customers in one transaction. Returns how many; 0 means that none is left.
pub async fn recompute_some(store: &Store) -> Result<usize> {
    Recomputer::default().some(store).await
}

/// Recomputes until no customer is dirty.
pub async fn recompute_all(store: &Store) -> Result<usize> {
    Recomputer::default().all(store).await
}

/// Marks every customer that has payments or lines of `origin` dirty: a full rebuild of a month, which any number
/// of workers share. Returns how many were marked. Under the history lock, because others mark too.
pub async fn mark_all_dirty(store: &Store, origin: Month) -> Result<u64> {
    let tx = store.begin().await?;
    tx.lock_history(true).await?;
    let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) \
               SELECT c.customer_id, $1, $2 FROM \
               (SELECT a.customer_id FROM cloud_account a WHERE a.customer_id IS NOT NULL AND \
               (SELECT 1 FROM consumption_payment p WHERE p.month = $1 AND p.account_id = a.id LIMIT 1) = 1 \
               UNION SELECT l.customer_id FROM performance_line l JOIN customer k ON k.id = l.customer_id \
               WHERE l.month >= $1 AND l.origin_month = $1) c WHERE 1 = 1 ON CONFLICT DO NOTHING";
    let marked = exec(tx.orm(), sql, [origin.0.into(), store.clock.now().0.into()]).await?.rows_affected();
    tx.commit().await?;
    Ok(marked)
}
