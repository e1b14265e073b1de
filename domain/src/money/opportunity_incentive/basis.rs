//! What customers paid in cash, month by month, in the accounts that opportunities are linked to.

use entity::{CloudAccountId, Currency, Month, OpportunityId, PartnerId};
use sea_orm::{ConnectionTrait, Value};

use crate::kernel::error::Result;
use crate::kernel::store::{placeholders_behind, query};

/// Cash that was really paid: at once, or with its invoice.
pub(crate) const PAID: &str = "CASE WHEN p.settled OR i.paid_at IS NOT NULL THEN p.cash ELSE 0 END";

/// Only what was consumed while the customer was the partner's, whose key is the value of that number.
pub(crate) fn while_of(partner: usize) -> String {
    format!(
        "EXISTS (SELECT 1 FROM cloud_account a JOIN association s ON s.customer_id = a.customer_id \
         WHERE a.id = p.account_id AND s.partner_id = ${partner} AND p.consumed_at >= s.valid_from \
         AND p.consumed_at < s.valid_to)"
    )
}

/// `count` months from `first`. PURE.
#[must_use]
pub fn months(first: Month, count: i32) -> Vec<Month> {
    (0..count).map(|by| first.plus(by)).collect()
}

/// The cash paid in `accounts` for what was consumed in `months` while the customer was the partner's, in micros.
pub(super) async fn cash<C: ConnectionTrait>(
    connection: &C,
    partner: PartnerId,
    accounts: &[CloudAccountId],
    months: &[Month],
    currency: Currency,
) -> Result<i64> {
    if accounts.is_empty() || months.is_empty() {
        return Ok(0);
    }
    let sql = format!(
        "SELECT CAST(COALESCE(SUM({PAID}), 0) AS BIGINT) FROM consumption_payment p \
         LEFT JOIN invoice i ON i.id = p.invoice_id WHERE p.currency = $1 AND {} AND p.month IN {} AND p.account_id IN {}",
        while_of(2),
        placeholders_behind(2, months.len()),
        placeholders_behind(2 + months.len(), accounts.len())
    );
    let values = [Value::from(currency), partner.0.into()]
        .into_iter()
        .chain(months.iter().map(|month| month.0.into()))
        .chain(accounts.iter().map(|id| id.0.into()));
    let rows = query(connection, &sql, values).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?)
}

/// The accounts an opportunity is linked to.
pub(super) async fn accounts<C: ConnectionTrait>(
    connection: &C,
    opportunity: OpportunityId,
) -> Result<Vec<CloudAccountId>> {
    let sql = "SELECT account_id FROM opportunity_account WHERE opportunity_id = $1 ORDER BY account_id";
    let rows = query(connection, sql, [opportunity.0.into()]).await?;
    rows.iter().map(|row| Ok(CloudAccountId(row.try_get_by_index(0)?))).collect()
}

/// The orders an opportunity is linked to.
pub(super) async fn orders<C: ConnectionTrait>(
    connection: &C,
    opportunity: OpportunityId,
) -> Result<Vec<String>> {
    let sql = "SELECT order_no FROM opportunity_order WHERE opportunity_id = $1 ORDER BY order_no";
    let rows = query(connection, sql, [opportunity.0.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}
