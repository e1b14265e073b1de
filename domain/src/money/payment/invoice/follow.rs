//! Invoices move along with their request, in the same transaction.

use entity::payment_request;

use crate::kernel::error::Result;
use crate::kernel::machine::Turn;
use crate::kernel::store::exec;
use crate::money::payment::machine::Effect;

/// Moves the invoices of a request along with it.
pub(in crate::money::payment) async fn follow(
    turn: Turn<'_>,
    request: &payment_request::Model,
    effect: Effect,
) -> Result<()> {
    let (set, from) = match effect {
        Effect::SignInvoices => ("state = 'SIGNED_FOR', signed_for_at = $2", "state = 'REGISTERED'"),
        Effect::PassInvoices => ("state = 'PASSED'", "state = 'SIGNED_FOR' AND $2 >= 0"),
        Effect::WithdrawInvoices => {
            ("state = 'WITHDRAWN'", "state IN ('REGISTERED', 'SIGNED_FOR', 'PASSED') AND $2 >= 0")
        }
        _ => return Ok(()),
    };
    let sql =
        format!("UPDATE partner_invoice SET {set}, version = version + 1 WHERE request_id = $1 AND {from}");
    exec(turn.tx.orm(), &sql, [request.id.0.into(), turn.now.0.into()]).await?;
    Ok(())
}
