//! What rows name: accounts, products and invoices, by their keys. Unknown ones are made.

use entity::{CloudAccountId, Currency, InvoiceId, ProductId, Timestamp};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use crate::error::{Error, Result};
use crate::source::SourceRow;
use crate::store::{Store, insert_rows, join_from_keys, many_placeholders, query};

/// Names kept of each kind: beyond this the cache begins anew (about 30 MB).
const CACHE_LIMIT: usize = 200_000;
/// Names of one look-up statement.
const LOOKUP: usize = 500;

/// Provider and number, or provider and code.
type Name = (String, String);

/// An invoice as rows need it.
#[derive(Clone, Copy, Debug)]
pub struct KnownInvoice {
    /// Key.
    pub id: InvoiceId,
    /// Its one currency.
    pub currency: Currency,
    /// Whether it was marked paid.
    pub paid: bool,
}

/// The names seen so far in an import.
#[derive(Debug, Default)]
pub struct Dictionary {
    accounts: FxHashMap<Name, CloudAccountId>,
    products: FxHashMap<Name, ProductId>,
    invoices: FxHashMap<Name, KnownInvoice>,
}

/// The number under which rows that are not all paid are grouped when they name no invoice: account and month.
#[must_use]
pub fn invoice_no(row: &SourceRow, settled: bool) -> Option<String> {
    let all_paid = settled && row.amounts.credit.is_zero() && row.amounts.debt.is_zero();
    match &row.invoice_no {
        Some(number) => Some(number.clone()),
        None if all_paid => None,
        None => Some(format!("{}/{}", row.account_no, row.month)),
    }
}

impl Dictionary {
    /// Forgets invoices: one may have been marked paid.
    pub fn forget_invoices(&mut self) {
        self.invoices.clear();
    }

    /// Makes sure that everything `rows` name is known.
    pub async fn learn<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        store: &Store,
        rows: &[Box<SourceRow>],
        settled: bool,
        now: Timestamp,
    ) -> Result<()> {
        for cache_size in [self.accounts.len(), self.products.len(), self.invoices.len()] {
            if cache_size > CACHE_LIMIT {
                *self = Self::default();
            }
        }
        self.learn_accounts(connection, store, rows, now).await?;
        self.learn_products(connection, store, rows, now).await?;
        self.learn_invoices(connection, store, rows, settled, now).await
    }

    /// The account of a learnt row.
    pub fn account(&self, row: &SourceRow) -> Result<CloudAccountId> {
        found(self.accounts.get(&(row.provider.clone(), row.account_no.clone())).copied())
    }

    /// The product of a learnt row.
    pub fn product(&self, row: &SourceRow) -> Result<ProductId> {
        found(self.products.get(&(row.provider.clone(), row.product_code.clone())).copied())
    }

    /// The invoice of a learnt row, if it has one.
    #[must_use]
    pub fn invoice(&self, row: &SourceRow, settled: bool) -> Option<KnownInvoice> {
        self.invoices.get(&(row.provider.clone(), invoice_no(row, settled)?)).copied()
    }

    async fn learn_accounts<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        store: &Store,
        rows: &[Box<SourceRow>],
        now: Timestamp,
    ) -> Result<()> {
        let names = missing(rows.iter().map(|r| (r.provider.clone(), r.account_no.clone())), &self.accounts);
        let values = names.iter().flat_map(|(provider, number)| {
            let id = store.ids.next(now);
            [id.into(), provider.as_str().into(), number.as_str().into(), now.0.into()] as [Value; 4]
        });
        let head = "INSERT INTO cloud_account (id, provider, account_no, created_at)";
        insert_rows(connection, head, 4, values.collect(), "ON CONFLICT DO NOTHING").await?;
        for row in by_name(connection, "t.id", "cloud_account", "account_no", &names).await? {
            self.accounts.insert(name(&row)?, CloudAccountId(row.try_get_by_index(2)?));
        }
        Ok(())
    }

    async fn learn_products<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        store: &Store,
        rows: &[Box<SourceRow>],
        now: Timestamp,
    ) -> Result<()> {
        let names =
            missing(rows.iter().map(|r| (r.provider.clone(), r.product_code.clone())), &self.products);
        let mut values: Vec<Value> = Vec::with_capacity(names.len() * 6);
        for (provider, code) in &names {
            let row = rows.iter().find(|r| r.provider == *provider && r.product_code == *code);
            let (product, class) =
                row.map_or(("", ""), |r| (r.product_name.as_str(), r.product_class.as_str()));
            values.extend([
                Value::from(store.ids.next(now)),
                provider.as_str().into(),
                code.as_str().into(),
                product.into(),
                class.into(),
                now.0.into(),
            ]);
        }
        let head = "INSERT INTO product (id, provider, code, name, class, created_at)";
        insert_rows(connection, head, 6, values, "ON CONFLICT DO NOTHING").await?;
        for row in by_name(connection, "t.id", "product", "code", &names).await? {
            self.products.insert(name(&row)?, ProductId(row.try_get_by_index(2)?));
        }
        Ok(())
    }

    async fn learn_invoices<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        store: &Store,
        rows: &[Box<SourceRow>],
        settled: bool,
        now: Timestamp,
    ) -> Result<()> {
        let named = |r: &SourceRow| Some((r.provider.clone(), invoice_no(r, r.settled.unwrap_or(settled))?));
        let names = missing(rows.iter().filter_map(|r| named(r)), &self.invoices);
        let mut values: Vec<Value> = Vec::with_capacity(names.len() * 6);
        for wanted in &names {
            // The first row of an invoice decides its currency.
            let Some(row) = rows.iter().find(|r| named(r).as_ref() == Some(wanted)) else { continue };
            values.extend([
                Value::from(store.ids.next(now)),
                wanted.0.as_str().into(),
                wanted.1.as_str().into(),
                row.currency.into(),
                now.0.into(),
                1.into(),
            ]);
        }
        let head = "INSERT INTO invoice (id, provider, invoice_no, currency, created_at, version)";
        insert_rows(connection, head, 6, values, "ON CONFLICT DO NOTHING").await?;
        for row in by_name(connection, "t.id, t.currency, t.paid_at", "invoice", "invoice_no", &names).await?
        {
            let paid: Option<i64> = row.try_get_by_index(4)?;
            let invoice = KnownInvoice {
                id: InvoiceId(row.try_get_by_index(2)?),
                currency: row.try_get_by_index(3)?,
                paid: paid.is_some(),
            };
            self.invoices.insert(name(&row)?, invoice);
        }
        Ok(())
    }
}

fn found<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::Invariant("a row names something that was not learnt".into()))
}

/// The names that are not known yet, each once, in order.
fn missing<T>(names: impl Iterator<Item = Name>, known: &FxHashMap<Name, T>) -> Vec<Name> {
    let mut names: Vec<Name> = names.filter(|name| !known.contains_key(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn name(row: &sea_orm::QueryResult) -> Result<Name> {
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}

async fn by_name<C: ConnectionTrait>(
    connection: &C,
    columns: &str,
    table: &str,
    name_column: &str,
    names: &[Name],
) -> Result<Vec<sea_orm::QueryResult>> {
    let mut rows = Vec::with_capacity(names.len());
    for chunk in names.chunks(LOOKUP) {
        let sql = format!(
            "WITH k (provider, name) AS (VALUES {}) SELECT t.provider, t.{name_column}, {columns} \
             FROM k {} {table} t ON t.provider = k.provider AND t.{name_column} = k.name",
            many_placeholders(connection, chunk.len(), 2),
            join_from_keys(connection)
        );
        let values = chunk.iter().flat_map(|(a, b)| [a.as_str().into(), b.as_str().into()] as [Value; 2]);
        rows.extend(query(connection, &sql, values).await?);
    }
    Ok(rows)
}
