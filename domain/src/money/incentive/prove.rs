//! Issued bills against what can be requested of them.

use sea_orm::ConnectionTrait;

use crate::kernel::check::Check;
use crate::kernel::error::Result;
use crate::kernel::store::query;

/// Every issued bill = what can be requested of it + what was released before it; what is frozen = FROZEN in the
/// ledger.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    let bills = "SELECT b.id, b.amount, CAST( \
        COALESCE((SELECT SUM(e.amount) FROM incentive_entitlement e WHERE e.bill_id = b.id AND e.kind = 'EARNED'), 0) + \
        COALESCE((SELECT SUM(f.remaining) FROM incentive_freeze f WHERE f.netted_by = b.id), 0) AS BIGINT) \
        FROM incentive_bill b WHERE b.state = 'ISSUED' ORDER BY b.id";
    let frozen = "SELECT partner_id, CAST(SUM(frozen) AS BIGINT), CAST(SUM(posted) AS BIGINT) FROM ( \
        SELECT partner_id, currency, remaining AS frozen, 0 AS posted FROM incentive_freeze WHERE state = 'FROZEN' \
        UNION ALL SELECT partner_id, currency, 0, amount FROM ledger_entry WHERE account = 'FROZEN') both_sides \
        GROUP BY partner_id, currency ORDER BY partner_id, currency";
    let released = "SELECT f.bill_id, CAST(SUM(f.remaining) AS BIGINT), CAST(COALESCE((SELECT SUM(e.amount) \
        FROM incentive_entitlement e WHERE e.bill_id = f.bill_id AND e.kind = 'RELEASED'), 0) AS BIGINT) \
        FROM incentive_freeze f WHERE f.state = 'RELEASED' GROUP BY f.bill_id ORDER BY f.bill_id";
    Ok(vec![
        rows(connection, "issued bills = entitlements + released before", bills, |id| {
            entity::IncentiveBillId(id).to_string()
        })
        .await?,
        rows(connection, "frozen parts of bills = ledger", frozen, |id| entity::PartnerId(id).to_string())
            .await?,
        rows(connection, "released parts of bills can be requested", released, |id| {
            entity::IncentiveBillId(id).to_string()
        })
        .await?,
    ])
}

/// Rows of key, left and right: as many as there are = as many as agree.
async fn rows<C: ConnectionTrait>(
    connection: &C,
    name: &'static str,
    sql: &str,
    named: impl Fn(i64) -> String,
) -> Result<Check> {
    let rows = query(connection, sql, []).await?;
    let (mut right, mut example) = (0_usize, None);
    for row in &rows {
        let (id, a, b): (i64, i64, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if a == b {
            right += 1;
        } else {
            example.get_or_insert_with(|| format!("{}: {a} micros against {b}", named(id)));
        }
    }
    Ok(Check::equal(name, rows.len().to_string(), right.to_string()).example(example))
}
