//! The sums of lines that bills rest on.

use entity::{AssociationMode, Currency, Month, PartnerId, ProductId, Reason};
use sea_orm::ConnectionTrait;

use crate::kernel::error::{Error, Result};
use crate::kernel::store::query;
use crate::kernel::stream::Reader;
use crate::performance::fact::Currencies;
use crate::performance::partner_sum;

/// Lines summed over customers and charging modes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTotal {
    /// Who is billed; 0 for nobody.
    pub bill_to_id: PartnerId,
    /// Whose performance it is; 0 for nobody's.
    pub partner_id: PartnerId,
    /// The month it belongs to.
    pub origin_month: Month,
    /// Mode; none for nobody's.
    pub mode: Option<AssociationMode>,
    /// The product.
    pub product_id: ProductId,
    /// The currency.
    pub currency: Currency,
    /// Why it counted or not.
    pub reason: Reason,
    /// Lines summed; 1 for a kept sum.
    pub lines: i64,
    /// Sum in micros.
    pub amount: i64,
    /// Payments.
    pub payments: i64,
}

impl LineTotal {
    /// `true` for performance.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.reason == Reason::Counted && !self.is_nothing()
    }

    /// `true` for what is left when everything was taken away again.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.amount == 0 && self.payments == 0
    }
}

/// The columns of a total's key: its order, and the order of totals.
const KEY: &str = "bill_to_id, partner_id, origin_month, mode, product_id, currency, reason";

/// What sums of `month` for partners after `$2` up to `$3` are read by, in a fixed order: the kept ones, or those of the
/// lines. An overflow of a sum is an error of the database, never a wrap.
fn select(kept: bool) -> String {
    if kept {
        return format!(
            "SELECT {KEY}, CAST(1 AS BIGINT), amount, payments FROM partner_sum \
             WHERE month = $1 AND bill_to_id > $2 AND bill_to_id <= $3 ORDER BY {KEY}"
        );
    }
    format!(
        "SELECT {KEY}, COUNT(*), CAST(SUM(amount) AS BIGINT), CAST(SUM(payments) AS BIGINT) FROM performance_line \
         WHERE month = $1 AND bill_to_id > $2 AND bill_to_id <= $3 GROUP BY {KEY} ORDER BY {KEY}"
    )
}

/// Sums the lines of `month` for partners after `from` up to `to`.
pub async fn line_totals<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    from: i64,
    to: i64,
) -> Result<Vec<LineTotal>> {
    read(connection, &select(false), month, from, to).await
}

/// The same from the kept sums to the partner, or from the lines while the month's sums are not to be used.
pub async fn partner_totals<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    from: i64,
    to: i64,
) -> Result<Vec<LineTotal>> {
    let stale = partner_sum::is_stale(connection, month).await?;
    read(connection, &select(!stale), month, from, to).await
}

/// The same as of a reader's instant: a run reads the sums of every partner, where each row that goes through the pool
/// costs as much as ten.
pub fn read_totals(reader: &mut Reader, month: Month, from: i64, to: i64) -> Result<Vec<LineTotal>> {
    let stale = partner_sum::is_stale_to(reader, month)?;
    let (mut totals, mut currencies) = (Vec::new(), Currencies::default());
    reader.each(&select(!stale), &[month.0.into(), from, to], |row| {
        totals.push(LineTotal {
            bill_to_id: PartnerId(row.int()?),
            partner_id: PartnerId(row.int()?),
            origin_month: Month(row.int32()?),
            mode: AssociationMode::from_code(row.code()?),
            product_id: ProductId(row.int()?),
            currency: currencies.read(row)?,
            reason: reason(row.code()?)?,
            lines: row.int()?,
            amount: row.int()?,
            payments: row.int()?,
        });
        Ok(())
    })?;
    Ok(totals)
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    sql: &str,
    month: Month,
    from: i64,
    to: i64,
) -> Result<Vec<LineTotal>> {
    let rows = query(connection, sql, [month.0.into(), from.into(), to.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(LineTotal {
                bill_to_id: PartnerId(row.try_get_by_index(0)?),
                partner_id: PartnerId(row.try_get_by_index(1)?),
                origin_month: Month(row.try_get_by_index(2)?),
                mode: AssociationMode::from_code(row.try_get_by_index(3)?),
                product_id: ProductId(row.try_get_by_index(4)?),
                currency: row.try_get_by_index(5)?,
                reason: reason(row.try_get_by_index(6)?)?,
                lines: row.try_get_by_index(7)?,
                amount: row.try_get_by_index(8)?,
                payments: row.try_get_by_index(9)?,
            })
        })
        .collect()
}

fn reason(code: i16) -> Result<Reason> {
    Reason::from_code(code).ok_or_else(|| Error::Invariant(format!("reason {code}")))
}

/// How digests of sums begin. Those without were taken of lines, before sums were kept.
const OF_SUMS: &str = "sums:";

/// A digest of sums in their order: equal books have equal digests, whether they were summed from lines or
/// kept. A sum of nothing in no payment is as good as none.
#[must_use]
pub fn digest(totals: &[LineTotal]) -> String {
    let mut hasher = blake3::Hasher::new();
    totals.iter().filter(|total| !total.is_nothing()).for_each(|total| take_in(&mut hasher, total, None));
    format!("{OF_SUMS}{}", hasher.finalize().to_hex())
}

/// The digest of sums of lines, taken as `kept` was: to be compared with it.
#[must_use]
pub fn digest_like(kept: Option<&str>, line_totals: &[LineTotal]) -> String {
    if kept.is_none_or(|kept| kept.starts_with(OF_SUMS)) {
        return digest(line_totals);
    }
    let mut hasher = blake3::Hasher::new();
    line_totals.iter().for_each(|total| take_in(&mut hasher, total, Some(total.lines)));
    hasher.finalize().to_hex().to_string()
}

/// One digest over those of the shards, in their order.
pub fn digest_of_shards<'a>(digests: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for digest in digests {
        hasher.update(digest.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

fn take_in(hasher: &mut blake3::Hasher, total: &LineTotal, lines: Option<i64>) {
    let key = [
        total.bill_to_id.0,
        total.partner_id.0,
        i64::from(total.origin_month.0),
        i64::from(total.mode.map_or(0, AssociationMode::code)),
        total.product_id.0,
        i64::from(total.reason.code()),
    ];
    for number in key.into_iter().chain(lines).chain([total.amount, total.payments]) {
        hasher.update(&number.to_le_bytes());
    }
    hasher.update(total.currency.as_str().as_bytes());
}
