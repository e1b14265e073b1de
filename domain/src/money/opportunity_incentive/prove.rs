//! Claims against what can be requested of them and against the ledger.

use std::collections::BTreeMap;

use entity::PceClaimId;
use sea_orm::ConnectionTrait;

use super::confirm::POSTED;
use super::machine::is_owed;
use crate::kernel::check::Check;
use crate::kernel::error::Result;
use crate::kernel::store::query;

/// Every claim that was confirmed = what can be requested of it = what was posted of it; of others there is nothing.
pub async fn prove<C: ConnectionTrait>(connection: &C) -> Result<Vec<Check>> {
    let owed: Vec<String> = entity::PceClaimState::ALL
        .iter()
        .filter(|state| is_owed(**state))
        .map(|state| format!("'{}'", state.name()))
        .collect();
    let claims = format!("SELECT id, amount FROM pce_claim WHERE state IN ({}) ORDER BY id", owed.join(", "));
    let claims =
        sums(connection, &claims, |row| Ok(PceClaimId(row.try_get_by_index(0)?).to_string())).await?;
    let entitled = "SELECT claim_id, CAST(SUM(amount) AS BIGINT) FROM incentive_entitlement \
                    WHERE claim_id IS NOT NULL GROUP BY claim_id ORDER BY claim_id";
    let entitled =
        sums(connection, entitled, |row| Ok(PceClaimId(row.try_get_by_index(0)?).to_string())).await?;
    let posted = format!(
        "SELECT t.entity, CAST(SUM(l.amount) AS BIGINT) FROM ledger_transaction t JOIN ledger_entry l \
         ON l.partner_id = t.partner_id AND l.seq = t.seq AND l.account = 'PAYABLE' \
         WHERE t.kind = '{POSTED}' GROUP BY t.entity"
    );
    let posted = sums(connection, &posted, |row| Ok(row.try_get_by_index(0)?)).await?;
    Ok(vec![
        compared("confirmed claims = entitlements", &claims, &entitled),
        compared("confirmed claims = ledger", &claims, &posted),
    ])
}

/// Amounts by the text of a claim's id.
async fn sums<C: ConnectionTrait>(
    connection: &C,
    sql: &str,
    named: impl Fn(&sea_orm::QueryResult) -> Result<String>,
) -> Result<BTreeMap<String, i64>> {
    let rows = query(connection, sql, []).await?;
    rows.iter().map(|row| Ok((named(row)?, row.try_get_by_index(1)?))).collect()
}

/// Both sides agree claim by claim. PURE.
fn compared(name: &'static str, left: &BTreeMap<String, i64>, right: &BTreeMap<String, i64>) -> Check {
    let of = |side: &BTreeMap<String, i64>, id: &str| side.get(id).copied().unwrap_or_default();
    let differs = |id: &&String| of(left, id) != of(right, id);
    let example = left.keys().chain(right.keys()).find(differs);
    let example = example.map(|id| format!("{id}: {} micros against {}", of(left, id), of(right, id)));
    let total =
        |side: &BTreeMap<String, i64>| side.values().map(|n| i128::from(*n)).sum::<i128>().to_string();
    let mut check = Check::equal(name, total(left), total(right));
    check.holds &= example.is_none();
    check.example(example)
}
