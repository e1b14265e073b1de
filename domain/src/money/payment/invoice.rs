//! Invoices of a partner for its payment requests. A request may have several, an invoice is for one request only; a
//! partner uses a number once for ever; together they come to the amount of the request to the smallest unit
//! (assumption 25).

pub mod follow;
pub mod register;
pub mod reject;

use entity::{PartnerInvoiceState, payment_request};

use crate::kernel::amount::money;
use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Tx, query_one};

/// What the invoices of a request come to, in micros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// Of those that are neither rejected nor withdrawn.
    pub(super) live: i64,
    /// Of those that were signed for.
    pub(super) signed: i64,
}

/// Reads what the invoices of a held request come to.
pub(super) async fn totals(tx: &Tx, request: &payment_request::Model) -> Result<Totals> {
    let sum = |states: &[PartnerInvoiceState]| {
        let names: Vec<_> = states.iter().map(|state| format!("'{}'", state.name())).collect();
        format!(
            "CAST(COALESCE(SUM(CASE WHEN state IN ({}) THEN total ELSE 0 END), 0) AS BIGINT)",
            names.join(", ")
        )
    };
    use PartnerInvoiceState::{Passed, Registered, SignedFor};
    let sql = format!(
        "SELECT {}, {} FROM partner_invoice WHERE request_id = $1",
        sum(&[Registered, SignedFor, Passed]),
        sum(&[SignedFor, Passed])
    );
    let Some(row) = query_one(tx.orm(), &sql, [request.id.0.into()]).await? else {
        return Ok(Totals::default());
    };
    Ok(Totals { live: row.try_get_by_index(0)?, signed: row.try_get_by_index(1)? })
}

/// Refuses unless the invoices come to the amount: all that live to be signed for, all signed for to be passed. PURE.
pub(super) fn complete(request: &payment_request::Model, totals: Totals) -> Result<(), Refusal> {
    let have = match request.state {
        entity::PaymentState::PendingInvoice => totals.live,
        _ => totals.signed.min(totals.live),
    };
    if have == request.amount && totals.live == request.amount {
        return Ok(());
    }
    let detail = format!("{} / {}", money(have, request.currency), money(request.amount, request.currency));
    Err(Refusal::at("operation", Code::InvoicesIncomplete, detail))
}
