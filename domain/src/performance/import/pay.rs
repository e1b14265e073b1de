//! Marking an invoice paid: its unpaid amounts count from then on.

use entity::{CustomerId, InvoiceId, Month, Timestamp, invoice};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal, Result};
use crate::kernel::store::{Store, exec, query};
use crate::kernel::text::cleaned;
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::marks::bump;

/// Which invoice, and when it was paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MarkPaid {
    /// The provider that issued it.
    pub provider: String,
    /// Its number. Unpaid rows without one are under `account/YYYY-MM/CUR`.
    pub invoice_no: String,
    /// When it was paid; now if not given.
    pub paid_at: Option<Timestamp>,
}

/// Marks an invoice paid and its customers' months for recomputation.
pub async fn mark_paid(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    mut input: MarkPaid,
) -> Result<InvoiceId> {
    // As bills are read.
    input.provider = cleaned(input.provider);
    input.invoice_no = cleaned(input.invoice_no);
    let write = match Write::begin(store, context, "invoiceMarkPaid", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    tx.lock_history(true).await?;
    let invoice = invoice::Entity::find()
        .filter(invoice::Column::Provider.eq(&input.provider))
        .filter(invoice::Column::InvoiceNo.eq(&input.invoice_no))
        .one(tx.orm())
        .await?
        .ok_or_else(|| Refusal::at("invoiceNo", Code::NotFound, &input.invoice_no))?;
    if invoice.paid_at.is_some() {
        return Err(Refusal::at("invoiceNo", Code::WrongState, "PAID").into());
    }
    let paid_at = input.paid_at.unwrap_or(write.now);
    if paid_at > write.now {
        return Err(Refusal::at("paidAt", Code::Invalid, "an invoice cannot be paid in the future").into());
    }
    let sql = "UPDATE invoice SET paid_at = $1, version = version + 1 WHERE id = $2";
    exec(tx.orm(), sql, [paid_at.0.into(), invoice.id.0.into()]).await?;
    let sql = "SELECT DISTINCT a.customer_id, ia.month FROM invoice_account ia \
               JOIN cloud_account a ON a.id = ia.account_id \
               WHERE ia.invoice_id = $1 AND a.customer_id IS NOT NULL";
    for row in query(tx.orm(), sql, [invoice.id.0.into()]).await? {
        let (customer, month) = (CustomerId(row.try_get_by_index(0)?), Month(row.try_get_by_index(1)?));
        let sql = "INSERT INTO dirty_customer (customer_id, month, marked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        exec(tx.orm(), sql, [customer.0.into(), month.0.into(), write.now.0.into()]).await?;
    }
    bump(tx.orm()).await?;
    write.finish(store, &invoice.id.to_string(), None, &input, &invoice.id).await?;
    Ok(invoice.id)
}
