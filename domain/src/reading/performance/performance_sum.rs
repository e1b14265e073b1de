//! Performance summed up by what the caller asks for, in one statement.

use std::borrow::Cow;

use entity::{
    AssociationMode, ChargingMode, Currency, CustomerId, Month, PartnerId, ProductId, Reason, RowReader,
};
use sea_orm::DbBackend;

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::{Store, query};
use crate::reading::list::grouped_sql::{Group, Grouped, read_columns};
use crate::reading::list::page::Key;
use crate::reading::list::predicate::Predicate;

/// The class of a product that is joined.
pub(crate) const PRODUCT: &str = "product.class";

/// The quarter of a column of months, e.g. 20263 for the third of 2026. PURE.
pub(crate) fn quarter(month: &str) -> Group {
    let sql = format!("({month} / 100 * 10 + ({month} % 100 + 2) / 3)");
    Group { sql: Cow::Owned(sql), ..Group::by(Key::int("quarter"), "") }
}

/// A dimension by which sums can be grouped. Currencies are always kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The partner whose performance it is.
    Partner,
    /// The business region of that partner.
    Region,
    /// The customer that paid.
    Customer,
    /// The product that was paid for.
    Product,
    /// The class of the product.
    ProductClass,
    /// The mode of the association.
    Mode,
    /// The way in which the product was charged.
    ChargingMode,
    /// Why it counted, or not.
    Reason,
    /// The month in which it is posted.
    Month,
    /// The quarter of that month.
    Quarter,
    /// The month it belongs to.
    OriginMonth,
}

impl Dimension {
    /// All of them, in the order in which [`read`] takes them.
    const ALL: [Self; 11] = [
        Self::Partner,
        Self::Region,
        Self::Customer,
        Self::Product,
        Self::ProductClass,
        Self::Mode,
        Self::ChargingMode,
        Self::Reason,
        Self::Month,
        Self::Quarter,
        Self::OriginMonth,
    ];

    fn group(self) -> Group {
        match self {
            Self::Partner => Group::by(Key::int("partner_id"), "partner_id"),
            Self::Region => Group {
                join: "LEFT JOIN partner ON partner.id = performance_line.partner_id",
                ..Group::by(Key::text("region"), "COALESCE(partner.region, '')")
            },
            Self::Customer => Group::by(Key::int("customer_id"), "customer_id"),
            Self::Product => Group::by(Key::int("product_id"), "product_id"),
            Self::ProductClass => Group {
                join: "JOIN product ON product.id = performance_line.product_id",
                ..Group::by(Key::text("product_class"), PRODUCT)
            },
            Self::Mode => Group::by(Key::int("mode"), "mode"),
            Self::ChargingMode => Group::by(Key::int("charging_mode"), "charging_mode"),
            Self::Reason => Group::by(Key::int("reason"), "reason"),
            Self::Month => Group::by(Key::int("month"), "month"),
            Self::Quarter => quarter("month"),
            Self::OriginMonth => Group::by(Key::int("origin_month"), "origin_month"),
        }
    }
}

/// One group. Members that were not grouped by are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerformanceSum {
    /// Whose performance; `None` also for nobody's.
    pub partner_id: Option<PartnerId>,
    /// The business region of that partner; empty for nobody's.
    pub region: Option<String>,
    /// The customer that paid.
    pub customer_id: Option<CustomerId>,
    /// The product that was paid for.
    pub product_id: Option<ProductId>,
    /// The class of the product.
    pub product_class: Option<String>,
    /// Association mode; `None` also for nobody's.
    pub mode: Option<AssociationMode>,
    /// The way in which the product was charged.
    pub charging_mode: Option<ChargingMode>,
    /// Why it counted, or not.
    pub reason: Option<Reason>,
    /// The month in which it is posted.
    pub month: Option<Month>,
    /// The quarter of that month.
    pub quarter: Option<i32>,
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

/// The sums a caller sees, by what it names. Dimensions count once, in their declared order, so that the same question
/// has the same cursors.
#[must_use]
pub fn sums(scope: Scope, by: &[Dimension]) -> Grouped<PerformanceSum> {
    let asked = Dimension::ALL.into_iter().filter(|dimension| by.contains(dimension));
    let mut groups: Vec<Group> = asked.map(Dimension::group).collect();
    groups.push(Group::by(Key::text("currency"), "currency"));
    let all = Dimension::ALL.map(|dimension| dimension.group().key);
    let columns =
        format!("{}, currency, counted, not_counted, line_count, payment_count", read_columns(&all, &groups));
    Grouped::new("performance_line", scope.lines(1).into(), groups, SUMS, columns, read)
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
        region: row.take()?,
        customer_id: row.take()?,
        product_id: row.take()?,
        product_class: row.take()?,
        mode: row.take::<Option<i16>>()?.and_then(AssociationMode::from_code),
        charging_mode: row.take()?,
        reason: row.take()?,
        month: row.take()?,
        quarter: row.take()?,
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
