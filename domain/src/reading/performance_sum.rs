//! Performance summed up by what the caller asks for, in one statement.

use entity::{AssociationMode, Currency, CustomerId, Month, PartnerId, ProductId, Reason};
use sea_orm::{DbBackend, QueryResult};

use super::listing::Listing;
use super::page::{Key, Order};
use super::predicate::Predicate;
use crate::kernel::error::{Error, Result};
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query};

/// What sums can be grouped by. Currencies are always kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Whose performance it is.
    Partner,
    /// The customer.
    Customer,
    /// The product.
    Product,
    /// Association mode.
    Mode,
    /// Why it counted, or not.
    Reason,
    /// The month it belongs to.
    OriginMonth,
}

impl Dimension {
    const fn key(self) -> Key {
        match self {
            Self::Partner => Key::int("partner_id"),
            Self::Customer => Key::int("customer_id"),
            Self::Product => Key::int("product_id"),
            Self::Mode => Key::int("mode"),
            Self::Reason => Key::int("reason"),
            Self::OriginMonth => Key::int("origin_month"),
        }
    }
}

/// One group. Members that were not grouped by are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerformanceSum {
    /// Whose performance; `None` also for nobody's.
    pub partner_id: Option<PartnerId>,
    /// The customer.
    pub customer_id: Option<CustomerId>,
    /// The product.
    pub product_id: Option<ProductId>,
    /// Association mode; `None` also for nobody's.
    pub mode: Option<AssociationMode>,
    /// Why it counted, or not.
    pub reason: Option<Reason>,
    /// The month it belongs to.
    pub origin_month: Option<Month>,
    /// The currency; always there after reading.
    pub currency: Option<Currency>,
    /// What counted, in micros.
    pub counted: i64,
    /// What did not count, in micros.
    pub not_counted: i64,
    /// Lines summed up.
    pub lines: i64,
    /// Payments behind them; a payment with two reasons is in two lines.
    pub payments: i64,
}

const SUMS: &str = "CAST(SUM(CASE WHEN reason = 0 THEN amount ELSE 0 END) AS BIGINT) AS counted, \
    CAST(SUM(CASE WHEN reason = 0 THEN 0 ELSE amount END) AS BIGINT) AS not_counted, \
    COUNT(*) AS line_count, CAST(SUM(payments) AS BIGINT) AS payment_count";

/// The sums a caller sees, and their order. Dimensions count once, in their declared order, so that the same
/// question has the same cursors.
#[must_use]
pub fn list(scope: Scope, by: &[Dimension]) -> (Listing<PerformanceSum>, Order) {
    let mut dimensions = by.to_vec();
    dimensions.sort_unstable();
    dimensions.dedup();
    let mut keys: Vec<Key> = dimensions.iter().map(|d| d.key()).collect();
    keys.push(Key::text("currency"));
    let columns = keys.iter().map(|k| k.column).collect::<Vec<_>>().join(", ");
    let name = format!("performanceSums:{columns}");
    let listing = Listing::new(format!("{columns}, {SUMS}"), "performance_line", scope.lines(1), read)
        .grouped_by(columns);
    (listing, Order { name, keys, descending: false })
}

/// The performance of `partners` in `month`, by currency: their own lines, or all that is billed to them.
pub async fn of_partners(
    store: &Store,
    scope: Scope,
    partners: &[PartnerId],
    month: Month,
    rolled_up: bool,
) -> Result<Vec<(PartnerId, PerformanceSum)>> {
    let owner = if rolled_up { "bill_to_id" } else { "partner_id" };
    let sums = by_owner(store, scope, owner, partners.iter().map(|id| id.0).collect(), month).await?;
    Ok(sums.into_iter().map(|(id, sum)| (PartnerId(id), sum)).collect())
}

/// The performance of `customers` in `month`, by currency, as far as the caller sees it.
pub async fn of_customers(
    store: &Store,
    scope: Scope,
    customers: &[CustomerId],
    month: Month,
) -> Result<Vec<(CustomerId, PerformanceSum)>> {
    let sums =
        by_owner(store, scope, "customer_id", customers.iter().map(|id| id.0).collect(), month).await?;
    Ok(sums.into_iter().map(|(id, sum)| (CustomerId(id), sum)).collect())
}

async fn by_owner(
    store: &Store,
    scope: Scope,
    owner: &'static str,
    ids: Vec<i64>,
    month: Month,
) -> Result<Vec<(i64, PerformanceSum)>> {
    let seen: Predicate = scope.lines(1).into();
    let (condition, values) = seen
        .and(Predicate::key_in(owner, ids.into_iter().map(Into::into).collect()))
        .and(Predicate::compare("month", "=", month.0))
        .into_sql();
    // Without statistics SQLite takes many owners for most of the month, and reads all of it.
    let hint = match (store.backend(), owner) {
        (DbBackend::Sqlite, "customer_id") => "INDEXED BY performance_line_by_customer",
        (DbBackend::Sqlite, "partner_id") => "INDEXED BY performance_line_by_partner",
        _ => "",
    };
    let sql = format!(
        "SELECT {owner}, currency, {SUMS} FROM performance_line {hint} WHERE {condition} \
         GROUP BY {owner}, currency ORDER BY {owner}, currency"
    );
    let rows = query(store.db(), &sql, values).await?;
    let read = |row: &QueryResult| {
        let sum = PerformanceSum {
            currency: Some(row.try_get_by_index(1)?),
            counted: row.try_get_by_index(2)?,
            not_counted: row.try_get_by_index(3)?,
            lines: row.try_get_by_index(4)?,
            payments: row.try_get_by_index(5)?,
            ..PerformanceSum::default()
        };
        Ok((row.try_get_by_index(0)?, sum))
    };
    rows.iter().map(read).collect()
}

/// Reads whatever of the columns was selected.
fn read(row: &QueryResult) -> Result<PerformanceSum> {
    let names = row.column_names();
    let has = |name: &str| names.iter().any(|n| n == name);
    let mut sum = PerformanceSum {
        currency: Some(row.try_get("", "currency")?),
        counted: row.try_get("", "counted")?,
        not_counted: row.try_get("", "not_counted")?,
        lines: row.try_get("", "line_count")?,
        payments: row.try_get("", "payment_count")?,
        ..PerformanceSum::default()
    };
    if has("partner_id") {
        sum.partner_id = Some(PartnerId(row.try_get("", "partner_id")?)).filter(|id| id.0 != 0);
    }
    if has("customer_id") {
        sum.customer_id = Some(CustomerId(row.try_get("", "customer_id")?));
    }
    if has("product_id") {
        sum.product_id = Some(ProductId(row.try_get("", "product_id")?));
    }
    if has("mode") {
        sum.mode = AssociationMode::from_code(row.try_get("", "mode")?);
    }
    if has("reason") {
        let code: i16 = row.try_get("", "reason")?;
        let reason = Reason::from_code(code).ok_or_else(|| Error::Invariant(format!("reason {code}")))?;
        sum.reason = Some(reason);
    }
    if has("origin_month") {
        sum.origin_month = Some(Month(row.try_get("", "origin_month")?));
    }
    Ok(sum)
}
