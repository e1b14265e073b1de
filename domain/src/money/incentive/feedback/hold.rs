//! Open feedback holds up the confirmation of its bill. What it does to the month is in the month's checklist.

use entity::{BillFeedbackId, incentive_bill};
use sea_orm::ConnectionTrait;

use crate::kernel::error::Result;
use crate::kernel::store::query_one;

/// SQL: no feedback on the bill of the row of `incentive_bill` is open.
pub(crate) const NONE_OPEN: &str = "NOT EXISTS (SELECT 1 FROM bill_feedback f WHERE f.partner_id = incentive_bill.partner_id \
     AND f.month = incentive_bill.month AND f.currency = incentive_bill.currency AND f.state = 'OPEN')";

/// Open feedback on `bill`, the oldest.
pub async fn open_on<C: ConnectionTrait>(
    connection: &C,
    bill: &incentive_bill::Model,
) -> Result<Option<BillFeedbackId>> {
    let sql = "SELECT id FROM bill_feedback WHERE partner_id = $1 AND month = $2 AND currency = $3 AND state = 'OPEN' \
               ORDER BY id LIMIT 1";
    let values = [bill.partner_id.0.into(), bill.month.0.into(), bill.currency.into()];
    let row = query_one(connection, sql, values).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.map(BillFeedbackId))
}
