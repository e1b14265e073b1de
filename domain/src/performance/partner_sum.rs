//! Sums of lines to the partner: what months are settled from. They are changed by delta in the transaction
//! that changes lines; where that would be too much at once, the month is marked stale and its sums are
//! built anew ([`rebuild`](super::partner_sum_rebuild)) before they are used.
//!
//! Whoever reads sums looks at the mark first, in the same transaction ([`is_stale`]).

use std::collections::BTreeSet;

use entity::{AssociationMode, Currency, CustomerId, Month, PartnerId, ProductId, Reason};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};

use super::line::{LineKey, LineSum};
use crate::kernel::error::Result;
use crate::kernel::store::{exec, insert_rows, query, query_one};
use crate::kernel::stream::Reader;

/// The columns of a sum in the order of [`SumRow::values`].
pub const COLUMNS: &str =
    "month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason, amount, payments";
/// How many columns these are.
pub const WIDTH: usize = 10;
/// Rows of sums that one transaction changes at most: beyond this building them anew costs less than finding
/// each.
pub const CHANGES_AT_ONCE: usize = 12_000;
/// Magnitude up to which a change is worked in, and up to which [`UPSERT`] adds to a sum, in micros: half of
/// 64 bits, so that adding never overflows. The text of [`UPSERT`] has the same number.
const ADDED_AT_MOST: i128 = (i64::MAX / 2) as i128;
/// What follows `INSERT INTO partner_sum (COLUMNS) VALUES …`. It leaves a sum alone that is too large to add
/// to: when fewer rows were changed than sent, the months must be marked with [`mark_stale`].
pub const UPSERT: &str = "ON CONFLICT (month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason) \
     DO UPDATE SET amount = partner_sum.amount + excluded.amount, \
     payments = partner_sum.payments + excluded.payments \
     WHERE partner_sum.amount BETWEEN -4611686018427387903 AND 4611686018427387903";
/// Marks a month, in one placeholder.
pub const MARK_STALE: &str = "INSERT INTO partner_sum_stale (month) VALUES ($1) ON CONFLICT DO NOTHING";

/// What a sum is about. Its order is the order in which rows are written, so that two writers never wait for
/// each other in a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SumKey {
    /// The posting month.
    pub month: Month,
    /// Who is billed; 0 for nobody.
    pub bill_to_id: PartnerId,
    /// Whose performance it is; 0 for nobody's.
    pub partner_id: PartnerId,
    /// The month it belongs to.
    pub origin_month: Month,
    /// Association mode; `None` for nobody's.
    pub mode: Option<AssociationMode>,
    /// The product.
    pub product_id: ProductId,
    /// The currency.
    pub currency: Currency,
    /// Why it counted, or did not.
    pub reason: Reason,
}

/// A change of one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumRow {
    /// Which sum.
    pub key: SumKey,
    /// What is added to it.
    pub change: LineSum,
}

impl SumRow {
    /// The row as [`COLUMNS`] name it.
    #[must_use]
    pub fn values(&self) -> [Value; WIDTH] {
        let key = &self.key;
        [
            key.month.0.into(),
            key.bill_to_id.0.into(),
            key.partner_id.0.into(),
            key.origin_month.0.into(),
            key.mode.map_or(0, AssociationMode::code).into(),
            key.product_id.0.into(),
            key.currency.into(),
            key.reason.code().into(),
            self.change.amount.into(),
            self.change.payments.into(),
        ]
    }
}

/// Changes of sums, gathered while lines change. PURE.
#[derive(Clone, Debug, Default)]
pub struct Changes(FxHashMap<SumKey, (i128, i64)>);

/// Changes, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows for [`UPSERT`], in their order.
    pub rows: Vec<SumRow>,
    /// Months whose sums must be built anew, because their changes are too many or too large.
    pub stale: BTreeSet<Month>,
}

impl Changes {
    /// Adds the change of a line that is posted in `month`.
    pub fn add(&mut self, month: Month, line: &LineKey, change: LineSum) {
        let key = SumKey {
            month,
            bill_to_id: line.bill_to_id,
            partner_id: line.partner_id,
            origin_month: line.origin_month,
            mode: line.mode,
            product_id: line.product_id,
            currency: line.currency,
            reason: line.reason,
        };
        let sum = self.0.entry(key).or_default();
        sum.0 += i128::from(change.amount);
        sum.1 += change.payments;
    }

    /// The changes that changes of lines come to.
    pub fn of<'a>(lines: impl IntoIterator<Item = (&'a (Month, CustomerId, LineKey), &'a LineSum)>) -> Self {
        let mut changes = Self::default();
        for ((month, _, line), change) in lines {
            changes.add(*month, line, *change);
        }
        changes
    }

    /// Sorts out what is written as rows and which months are to be marked. What comes to nothing is neither.
    #[must_use]
    pub fn written(self) -> Written {
        let mut written = Written::default();
        let mut counts: FxHashMap<Month, usize> = FxHashMap::default();
        for (key, (amount, payments)) in self.0 {
            match i64::try_from(amount) {
                Ok(0) if payments == 0 => {}
                Ok(small) if amount.abs() <= ADDED_AT_MOST => {
                    *counts.entry(key.month).or_default() += 1;
                    written.rows.push(SumRow { key, change: LineSum { amount: small, payments } });
                }
                _ => {
                    written.stale.insert(key.month);
                }
            }
        }
        written
            .stale
            .extend(counts.into_iter().filter(|(_, n)| *n > CHANGES_AT_ONCE).map(|(month, _)| month));
        written.rows.retain(|row| !written.stale.contains(&row.key.month));
        written.rows.sort_unstable_by_key(|row| row.key);
        written
    }
}

/// Works changes of lines into the sums, in the transaction that changed the lines.
pub async fn keep<C: ConnectionTrait>(connection: &C, changes: Changes) -> Result<()> {
    let Written { mut rows, mut stale } = changes.written();
    if rows.is_empty() && stale.is_empty() {
        return Ok(());
    }
    // Sums that are built anew anyway need no change.
    let marked = stale_months(connection).await?;
    rows.retain(|row| !marked.contains(&row.key.month));
    stale.retain(|month| !marked.contains(month));
    let head = format!("INSERT INTO partner_sum ({COLUMNS})");
    let values = rows.iter().flat_map(SumRow::values).collect();
    let changed = insert_rows(connection, &head, WIDTH, values, UPSERT).await?;
    if changed < rows.len() as u64 {
        stale.extend(rows.iter().map(|row| row.key.month));
    }
    mark_stale(connection, &Vec::from_iter(stale)).await
}

/// Marks months whose sums must be built anew before they are used.
pub async fn mark_stale<C: ConnectionTrait>(connection: &C, months: &[Month]) -> Result<()> {
    for month in months {
        exec(connection, MARK_STALE, [month.0.into()]).await?;
    }
    Ok(())
}

/// The months whose sums must not be used.
pub async fn stale_months<C: ConnectionTrait>(connection: &C) -> Result<BTreeSet<Month>> {
    let rows = query(connection, "SELECT month FROM partner_sum_stale", []).await?;
    rows.iter().map(|row| Ok(Month(row.try_get_by_index(0)?))).collect()
}

/// `true` if the sums of `month` must not be used: its lines are to be summed instead.
pub async fn is_stale<C: ConnectionTrait>(connection: &C, month: Month) -> Result<bool> {
    let sql = "SELECT 1 FROM partner_sum_stale WHERE month = $1";
    Ok(query_one(connection, sql, [month.0.into()]).await?.is_some())
}

/// The same as of a reader's instant.
pub fn is_stale_to(reader: &mut Reader, month: Month) -> Result<bool> {
    let sql = "SELECT month FROM partner_sum_stale WHERE month = $1";
    Ok(reader.each(sql, &[month.0.into()], |_| Ok(()))? > 0)
}

/// Which table the sums of `month` are read from: the lines have the same columns.
pub async fn source<C: ConnectionTrait>(connection: &C, month: Month) -> Result<&'static str> {
    Ok(if is_stale(connection, month).await? { "performance_line" } else { "partner_sum" })
}

#[cfg(test)]
mod tests;
