//! Claims follow the payment requests that hold what they brought.

use entity::{PaymentRequestId, PceClaimOperation, pce_claim};
use sea_orm::FromQueryResult;

use super::machine::Claims;
use crate::kernel::error::Result;
use crate::kernel::machine::{Move, Turn, step};
use crate::kernel::store::{placeholders, query};
use crate::kernel::write::Context;

/// The claims that requests hold or held are moved by what happened to the requests.
pub(crate) async fn follow(
    turn: Turn<'_>,
    requests: &[PaymentRequestId],
    operation: PceClaimOperation,
) -> Result<()> {
    if requests.is_empty() {
        return Ok(());
    }
    let list = placeholders(1, requests.len());
    let sql = turn.tx.holding(&format!(
        "SELECT * FROM pce_claim WHERE id IN (SELECT e.claim_id FROM payment_request_item i \
         JOIN incentive_entitlement e ON e.id = i.source_id \
         WHERE i.request_id IN {list} AND i.source = 'ENTITLEMENT' AND e.claim_id IS NOT NULL) ORDER BY id"
    ));
    let context = Context::system("payment");
    for row in query(turn.tx.orm(), &sql, requests.iter().map(|id| id.0.into())).await? {
        let claim = pce_claim::Model::from_query_result(&row, "")?;
        step::<Claims>(turn.by(&context), claim, Move::plain(operation)).await?;
    }
    Ok(())
}
