//! Performance summed up by what the caller asks for, in one statement.

use entity::{AssociationMode, Currency, CustomerId, Month, PartnerId, ProductId, Reason, RowReader};
use sea_orm::DbBackend;

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query};
use crate::reading::list::listing::Listing;
use crate::reading::list::page::{Key, Order};
use crate::reading::list::predicate::Predicate;

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
    /// All of them, in the order in which [`read`] takes them.
    const ALL: [Self; 6] =
        [Self::Partner, Self::Customer, Self::Product, Self::Mode, Self::Reason, Self::OriginMonth];

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

const SUMS: &str = "CAST(SUM(CASE WHEN reason = 0 THEN amount ELSE 0 END) AS BIGINT), \
    CAST(SUM(CASE WHEN reason = 0 THEN 0 ELSE amount END) AS BIGINT), \
    COUNT(*), CAST(SUM(payments) AS BIGINT)";

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
    let selected =
        Dimension::ALL.map(|d| if dimensions.contains(&d) { d.key().column } else { "NULL" }).join(", ");
    let listing =
        Listing::new(format!("{selected}, currency, {SUMS}"), "performance_line", scope.lines(1), read)
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
    let read = |row: &mut RowReader<'_>| Ok((row.take()?, read_sums(row)?));
    rows.iter().map(|row| read(&mut RowReader::of(row))).collect()
}

/// Reads every dimension, those that were not grouped by as NULL, and what is summed up.
fn read(row: &mut RowReader<'_>) -> Result<PerformanceSum> {
    Ok(PerformanceSum {
        partner_id: row.take::<Option<PartnerId>>()?.filter(|id| id.0 != 0),
        customer_id: row.take()?,
        product_id: row.take()?,
        mode: row.take::<Option<i16>>()?.and_then(AssociationMode::from_code),
        reason: row.take()?,
        origin_month: row.take()?,
        ..read_sums(row)?
    })
}

fn read_sums(row: &mut RowReader<'_>) -> Result<PerformanceSum> {
    Ok(PerformanceSum {
        currency: row.take()?,
        counted: row.take()?,
        not_counted: row.take()?,
        lines: row.take()?,
        payments: row.take()?,
        ..PerformanceSum::default()
    })
}
