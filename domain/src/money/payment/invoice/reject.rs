//! Refusing one invoice of a request that is reviewed: the request waits until the partner replaced it.

use entity::{PartnerInvoiceId, PartnerInvoiceState, PaymentOperation, partner_invoice, payment_request};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::machine::{Move, Turn, hold, step};
use crate::kernel::store::{Store, Tx, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::money::payment::machine::Requests;

/// Which invoice is refused, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reject {
    /// The invoice.
    pub invoice_id: PartnerInvoiceId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Refuses the invoice and moves its request to INVOICE_REJECTED. The other invoices stay signed for.
pub async fn reject(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Reject,
) -> Result<PartnerInvoiceId> {
    let write = match Write::begin(store, context, "partnerInvoiceReject", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    let missing = || Refusal::at("id", Code::NotFound, input.invoice_id.to_string());
    let invoice =
        partner_invoice::Entity::find_by_id(input.invoice_id).one(tx.orm()).await?.ok_or_else(missing)?;
    let request = hold::<Requests>(tx, invoice.request_id).await?.ok_or_else(missing)?;
    if invoice.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, invoice.version.to_string()).into());
    }
    if invoice.state != PartnerInvoiceState::SignedFor {
        return Err(Refusal::at("id", Code::WrongState, invoice.state.name()).into());
    }
    let sql =
        "UPDATE partner_invoice SET state = 'REJECTED', reason = $1, version = version + 1 WHERE id = $2";
    exec(tx.orm(), sql, [input.reason.trim().into(), invoice.id.0.into()]).await?;
    let reason = Some(input.reason.as_str());
    let how = Move::because(PaymentOperation::RejectInvoices, reason);
    step::<Requests>(Turn::of(&write, store, context), request, how).await?;
    let id = invoice.id;
    write.finish(store, &id.to_string(), reason, &input, &id).await?;
    Ok(id)
}

/// Refuses all invoices of a request that were signed for, passed or not, for one reason.
pub(in crate::money::payment) async fn all(
    tx: &Tx,
    request: &payment_request::Model,
    reason: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE partner_invoice SET state = 'REJECTED', reason = $1, version = version + 1 \
               WHERE request_id = $2 AND state IN ('SIGNED_FOR', 'PASSED')";
    let reason = reason.map(|reason| reason.trim().to_owned());
    exec(tx.orm(), sql, [reason.into(), request.id.0.into()]).await?;
    Ok(())
}
