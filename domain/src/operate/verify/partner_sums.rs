//! The kept sums to the partner against the lines they are sums of.

use entity::{AssociationMode, Month, PartnerId};
use rustc_hash::FxHashMap;

use super::Check;
use super::work::Work;
use crate::kernel::error::Result;
use crate::kernel::stream::Reader;
use crate::performance::fact::Currencies;
use crate::performance::partner_sum::is_stale;
use crate::settlement::sums::LineTotal;

const NAME: &str = "sums to the partner = lines";

/// Every kept sum of `month` is what its lines come to, and no other sum is kept. Sums that wait to be built
/// anew are used by nobody: they hold.
pub(super) async fn kept_sums_are_lines(
    work: &mut Work,
    month: Month,
    totals: &[LineTotal],
) -> Result<Check> {
    if is_stale(work.tx(), month).await? {
        return Ok(Check::equal(NAME, "built anew before use", "built anew before use").of(month, None));
    }
    let mut lines: FxHashMap<_, _> = totals
        .iter()
        .filter(|t| !t.is_nothing())
        .map(|t| {
            let mode = t.mode.map_or(0, AssociationMode::code);
            let key =
                (t.bill_to_id.0, t.partner_id.0, t.origin_month.0, mode, t.product_id.0, t.reason.code());
            ((key, t.currency), (t.amount, t.payments))
        })
        .collect();
    let rest = move |reader: &mut Reader| {
        let (mut currencies, mut differs) = (Currencies::default(), None);
        let sql = "SELECT bill_to_id, partner_id, origin_month, mode, product_id, reason, currency, amount, payments \
                   FROM partner_sum WHERE month = $1 AND (amount <> 0 OR payments <> 0)";
        reader.each(sql, &[month.0.into()], |row| {
            let key = (row.int()?, row.int()?, row.int32()?, row.code()?, row.int()?, row.code()?);
            let key = (key, currencies.read(row)?);
            if lines.remove(&key) != Some((row.int()?, row.int()?)) {
                differs = differs.min(Some(key)).or(Some(key));
            }
            Ok(())
        })?;
        Ok(differs.into_iter().chain(lines.into_keys()).min())
    };
    let differs = work.with_reader(rest).await?;
    let found = if differs.is_some() { "at least 1 differs" } else { "0 differ" };
    let example = differs.map(|((bill_to, partner, ..), _)| text((bill_to, partner)));
    Ok(Check::equal(NAME, found, "0 differ").of(month, None).example(example))
}

fn text((bill_to, partner): (i64, i64)) -> String {
    format!("performance of {}, billed to {}", PartnerId(partner), PartnerId(bill_to))
}
