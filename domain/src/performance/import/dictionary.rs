//! What rows name: accounts, products and invoices, by their keys. Unknown ones are made, each look-up in a
//! transaction of its own: names of a file that fails later stay known, and mean nothing by themselves.

use entity::{CloudAccountId, Currency, InvoiceId, ProductId, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{QueryResult, Value};

use super::products::Products;
use super::sellers::Sellers;
use crate::kernel::error::{Error, Result};
use crate::kernel::store::{Store, insert_rows, join_from_keys, many_placeholders, query};
use crate::source::SourceRow;

/// Names kept of each kind: beyond this the cache begins anew (about 15 MB).
const CACHE_LIMIT: usize = 150_000;
/// Names of one look-up statement.
const LOOKUP: usize = 500;

/// Provider and number, or provider and code.
type Name = (String, String);

/// Values by provider and name, found without building a key.
#[derive(Debug)]
struct Names<T> {
    by_provider: FxHashMap<String, FxHashMap<Box<str>, T>>,
    length: usize,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { by_provider: FxHashMap::default(), length: 0 }
    }
}

impl<T: Copy> Names<T> {
    fn get(&self, provider: &str, name: &str) -> Option<T> {
        self.by_provider.get(provider)?.get(name).copied()
    }

    fn insert(&mut self, (provider, name): Name, value: T) {
        self.length += 1;
        self.by_provider.entry(provider).or_default().insert(name.into(), value);
    }

    /// The names that are not known yet, each once, in order.
    fn missing<'a>(&self, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Name> {
        let unknown = names.filter(|(provider, name)| self.get(provider, name).is_none());
        let mut names: Vec<Name> = unknown.map(|(p, n)| (p.to_owned(), n.to_owned())).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The names seen so far in an import.
#[derive(Debug, Default)]
pub struct Dictionary {
    accounts: Names<CloudAccountId>,
    products: Products,
    sellers: Sellers,
    invoices: Names<(InvoiceId, Currency)>,
}

/// The number under which rows that are not all paid are grouped when they name no invoice: account, month and
/// currency, so that a number that we make up refuses no row for its currency.
#[must_use]
pub fn invoice_no(row: &SourceRow, settled: bool) -> Option<String> {
    let all_paid = settled && row.amounts.credit.is_zero() && row.amounts.debt.is_zero();
    match &row.invoice_no {
        Some(number) => Some(number.clone()),
        None if all_paid => None,
        None => Some(format!("{}/{}/{}", row.account_no, row.month, row.currency)),
    }
}

impl Dictionary {
    /// Makes sure that everything `rows` name is known.
    pub async fn learn(&mut self, store: &Store, rows: &[Box<SourceRow>], settled: bool) -> Result<()> {
        if [self.accounts.length, self.products.length, self.invoices.length].iter().any(|n| *n > CACHE_LIMIT)
        {
            *self = Self::default();
        }
        let now = store.clock.now();
        self.learn_accounts(store, rows, now).await?;
        self.products.learn(store, rows, now).await?;
        self.sellers.learn(store, rows, now).await?;
        self.learn_invoices(store, rows, settled, now).await
    }

    /// The account of a learnt row.
    pub fn account(&self, row: &SourceRow) -> Result<CloudAccountId> {
        found(self.accounts.get(&row.provider, &row.account_no))
    }

    /// The product of a learnt row.
    pub fn product(&self, row: &SourceRow) -> Result<ProductId> {
        found(self.products.of(row))
    }

    /// The seller of a learnt row as the partner that sells under the name writes it.
    #[must_use]
    pub fn seller(&self, row: &SourceRow) -> Option<String> {
        self.sellers.as_partner(row.marketplace.as_deref()?).cloned()
    }

    /// The invoice of a learnt row, if it has one, and the invoice's one currency.
    #[must_use]
    pub fn invoice(&self, row: &SourceRow, settled: bool) -> Option<(InvoiceId, Currency)> {
        self.invoices.get(&row.provider, &invoice_no(row, settled)?)
    }

    async fn learn_accounts(&mut self, store: &Store, rows: &[Box<SourceRow>], now: Timestamp) -> Result<()> {
        let names = self.accounts.missing(rows.iter().map(|r| (&*r.provider, &*r.account_no)));
        let table = Table {
            name: "cloud_account",
            by: "account_no",
            read: "t.id",
            head: "INSERT INTO cloud_account (id, provider, account_no, created_at)",
            width: 4,
        };
        let new = |(provider, number): &Name| {
            vec![
                Value::from(store.ids.next(now)),
                provider.as_str().into(),
                number.as_str().into(),
                now.0.into(),
            ]
        };
        for row in table.find_or_make(store, &names, new).await? {
            self.accounts.insert(name(&row)?, CloudAccountId(row.try_get_by_index(2)?));
        }
        Ok(())
    }

    async fn learn_invoices(
        &mut self,
        store: &Store,
        rows: &[Box<SourceRow>],
        settled: bool,
        now: Timestamp,
    ) -> Result<()> {
        // The first row of an invoice decides its currency.
        let mut currencies: FxHashMap<Name, Currency> = FxHashMap::default();
        for row in rows {
            let Some(number) = invoice_no(row, row.settled.unwrap_or(settled)) else { continue };
            if self.invoices.get(&row.provider, &number).is_none() {
                currencies.entry((row.provider.to_string(), number)).or_insert(row.currency);
            }
        }
        let mut names: Vec<Name> = currencies.keys().cloned().collect();
        names.sort_unstable();
        let table = Table {
            name: "invoice",
            by: "invoice_no",
            read: "t.id, t.currency",
            head: "INSERT INTO invoice (id, provider, invoice_no, currency, created_at, version)",
            width: 6,
        };
        let new = |wanted: &Name| {
            let currency = currencies.get(wanted).copied();
            vec![
                Value::from(store.ids.next(now)),
                wanted.0.as_str().into(),
                wanted.1.as_str().into(),
                currency.map_or(Value::String(None), Value::from),
                now.0.into(),
                1.into(),
            ]
        };
        for row in table.find_or_make(store, &names, new).await? {
            let invoice = (InvoiceId(row.try_get_by_index(2)?), row.try_get_by_index(3)?);
            self.invoices.insert(name(&row)?, invoice);
        }
        Ok(())
    }
}

/// A table of names.
struct Table {
    name: &'static str,
    by: &'static str,
    read: &'static str,
    head: &'static str,
    width: usize,
}

impl Table {
    /// Looks `names` up and makes those that are missing. Rows are provider, name and what `read` says.
    async fn find_or_make(
        &self,
        store: &Store,
        names: &[Name],
        new: impl Fn(&Name) -> Vec<Value>,
    ) -> Result<Vec<QueryResult>> {
        let mut rows = self.find(store, names).await?;
        if rows.len() == names.len() {
            return Ok(rows);
        }
        let mut known: Names<()> = Names::default();
        for row in &rows {
            known.insert(name(row)?, ());
        }
        let missing = known.missing(names.iter().map(|(p, n)| (p.as_str(), n.as_str())));
        let tx = store.begin().await?;
        let values = missing.iter().flat_map(new).collect();
        insert_rows(tx.orm(), self.head, self.width, values, "ON CONFLICT DO NOTHING").await?;
        tx.commit().await?;
        rows.extend(self.find(store, &missing).await?);
        Ok(rows)
    }

    async fn find(&self, store: &Store, names: &[Name]) -> Result<Vec<QueryResult>> {
        let (connection, mut rows) = (store.db(), Vec::with_capacity(names.len()));
        for chunk in names.chunks(LOOKUP) {
            let sql = format!(
                "WITH k (provider, name) AS (VALUES {}) SELECT t.provider, t.{}, {} \
                 FROM k {} {} t ON t.provider = k.provider AND t.{} = k.name",
                many_placeholders(connection, chunk.len(), 2),
                self.by,
                self.read,
                join_from_keys(connection),
                self.name,
                self.by
            );
            let values = chunk.iter().flat_map(|(a, b)| [a.as_str().into(), b.as_str().into()] as [Value; 2]);
            rows.extend(query(connection, &sql, values).await?);
        }
        Ok(rows)
    }
}

fn found<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::Invariant("a row names something that was not learnt".into()))
}

fn name(row: &QueryResult) -> Result<Name> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}
