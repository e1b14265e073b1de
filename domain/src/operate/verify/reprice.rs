//! Formal bills priced once more: every line must stand as its performance, policy and rate make it.

use std::collections::BTreeMap;

use entity::{Currency, IncentiveBillId, Month, PartnerId};
use rustc_hash::FxHashMap;
use sea_orm::ConnectionTrait;

use super::Check;
use crate::kernel::error::Result;
use crate::kernel::store::query;
use crate::settlement::catalogue::Catalogue;
use crate::settlement::price::{PricedLine, pico_text};
use crate::settlement::pricer::{BilledBefore, price_bill};
use crate::settlement::sums::LineTotal;

/// The part of a line that is compared: kind, origin, partner, mode, class and policy of products, rate, basis, exact,
/// amount.
fn text(line: &PricedLine, partner: PartnerId) -> String {
    let group = line.group.as_ref();
    let rate = line.rate.map(|(policy, seq, ppm)| format!("{}/{seq}/{ppm}", policy.0));
    format!(
        "{} {} {} {} {} {} {} {} {} {}",
        line.kind.name(),
        line.origin_month.0,
        group.map_or(partner, |g| g.partner_id).0,
        group.map_or(0, |g| g.mode.code()),
        group.map_or("", |g| g.product_class.as_str()),
        group.map_or(-1, |g| g.policy.code()),
        rate.unwrap_or_default(),
        line.basis,
        pico_text(line.exact),
        line.amount
    )
}

/// Every formal bill of `month` = the lines of its partner priced anew.
pub(super) async fn bills_are_priced_right<C: ConnectionTrait>(
    connection: &C,
    month: Month,
    totals: &[LineTotal],
) -> Result<Check> {
    let catalogue = Catalogue::load(connection).await?;
    let before = BilledBefore::load(connection, month, -1, i64::MAX, totals).await?;
    let mut stored = stored(connection, month).await?;
    let mut by_bill: BTreeMap<(PartnerId, Currency), Vec<&LineTotal>> = BTreeMap::new();
    for total in totals.iter().filter(|t| t.counts()) {
        by_bill.entry((total.bill_to_id, total.currency)).or_default().push(total);
    }
    let sql = "SELECT id, partner_id, currency FROM incentive_bill WHERE month = $1 AND state <> 'ESTIMATED' ORDER BY id";
    let (mut bills, mut wrong, mut example) = (0, 0, None);
    for row in query(connection, sql, [month.0.into()]).await? {
        let id = IncentiveBillId(row.try_get_by_index(0)?);
        let (partner, currency) = (PartnerId(row.try_get_by_index(1)?), row.try_get_by_index(2)?);
        let totals = by_bill.get(&(partner, currency)).map(Vec::as_slice).unwrap_or_default();
        let priced = price_bill(&catalogue, &before, month, partner, currency, totals);
        let lines = priced.map(|p| p.lines).unwrap_or_default();
        let expected: Vec<String> = lines.iter().map(|line| text(line, partner)).collect();
        let found = stored.remove(&id).unwrap_or_default();
        bills += 1;
        if found != expected {
            wrong += 1;
            let at = found
                .iter()
                .zip(&expected)
                .position(|(a, b)| a != b)
                .unwrap_or(found.len().min(expected.len()));
            example = example
                .or_else(|| Some(format!("{id}, line {}: not what its performance and rate make", at + 1)));
        }
    }
    let mut check =
        Check::equal("formal bills = priced anew", format!("{bills} bills"), format!("{wrong} differ"));
    check.holds = wrong == 0;
    Ok(check.of(month, None).example(example))
}

/// The lines of the bills of a month.
async fn stored<C: ConnectionTrait>(
    connection: &C,
    month: Month,
) -> Result<FxHashMap<IncentiveBillId, Vec<String>>> {
    let sql = "SELECT l.kind, l.origin_month, l.partner_id, l.mode, l.product_class, l.policy_id, l.rate_seq, \
               l.rate_ppm, l.basis, l.exact, l.amount, l.bill_id, l.product_policy FROM incentive_bill b \
               JOIN incentive_bill_line l ON l.bill_id = b.id WHERE b.month = $1 ORDER BY l.bill_id, l.line_no";
    let mut bills: FxHashMap<IncentiveBillId, Vec<String>> = FxHashMap::default();
    for row in query(connection, sql, [month.0.into()]).await? {
        let lines = bills.entry(IncentiveBillId(row.try_get_by_index(11)?)).or_default();
        let policy: Option<i64> = row.try_get_by_index(5)?;
        let seq: Option<i16> = row.try_get_by_index(6)?;
        let ppm: i32 = row.try_get_by_index(7)?;
        let rate = policy.zip(seq).map(|(policy, seq)| format!("{policy}/{seq}/{ppm}"));
        lines.push(format!(
            "{} {} {} {} {} {} {} {} {} {}",
            row.try_get_by_index::<String>(0)?,
            row.try_get_by_index::<i32>(1)?,
            row.try_get_by_index::<i64>(2)?,
            row.try_get_by_index::<Option<i16>>(3)?.unwrap_or(0),
            row.try_get_by_index::<Option<String>>(4)?.unwrap_or_default(),
            row.try_get_by_index::<Option<i16>>(12)?.unwrap_or(-1),
            rate.unwrap_or_default(),
            row.try_get_by_index::<i64>(8)?,
            row.try_get_by_index::<String>(9)?,
            row.try_get_by_index::<i64>(10)?
        ));
    }
    Ok(bills)
}
