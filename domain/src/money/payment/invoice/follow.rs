//! What a transition of a request means for its invoices, in the same transaction.

use entity::{PaymentOperation, Timestamp, payment_request};

use crate::kernel::error::Result;
use crate::kernel::store::{Tx, exec};

/// Moves the invoices of a request along with it.
pub(in crate::money::payment) async fn follow(
    tx: &Tx,
    now: Timestamp,
    request: &payment_request::Model,
    operation: PaymentOperation,
) -> Result<()> {
    let (set, from) = match operation {
        PaymentOperation::SignForInvoices => {
            ("state = 'SIGNED_FOR', signed_for_at = $2", "state = 'REGISTERED'")
        }
        PaymentOperation::PassInvoices => ("state = 'PASSED'", "state = 'SIGNED_FOR' AND $2 >= 0"),
        PaymentOperation::RequestAgain => {
            ("state = 'WITHDRAWN'", "state IN ('REGISTERED', 'SIGNED_FOR', 'PASSED') AND $2 >= 0")
        }
        _ => return Ok(()),
    };
    let sql =
        format!("UPDATE partner_invoice SET {set}, version = version + 1 WHERE request_id = $1 AND {from}");
    exec(tx.orm(), &sql, [request.id.0.into(), now.0.into()]).await?;
    Ok(())
}
