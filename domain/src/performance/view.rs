//! A payment as people see it, and how it is read.

use entity::{ChargeCategory, CloudAccountId, CustomerId, DetailType, ImportId, InvoiceId, Month, Timestamp};
use sea_orm::{DbBackend, QueryResult};

use super::classify::Parts;
use super::counted::{Counted, PAYMENT_COLUMNS, read_payment};
use super::refs::PaymentRef;
use crate::kernel::error::{Error, Result};

/// A payment as people see it.
#[derive(Clone, Debug)]
pub struct PaymentView {
    /// Its id.
    pub reference: PaymentRef,
    /// What counting needs.
    pub counted: Counted,
    /// Kind of charge.
    pub category: ChargeCategory,
    /// Kind of bill detail.
    pub detail_type: DetailType,
    /// It corrects an earlier charge.
    pub correction: bool,
    /// List price, what was taken off, cut-off fractions, what was to pay: micros.
    pub official: i64,
    /// Micros.
    pub discount: i64,
    /// Micros.
    pub truncated: i64,
    /// Micros.
    pub payable: i64,
    /// Region as in the bill.
    pub region: String,
    /// Import that brought it.
    pub import_id: ImportId,
    /// When that import was begun.
    pub imported_at: Timestamp,
    /// Line of its file.
    pub line_no: i64,
    /// The bill says it is paid.
    pub settled: bool,
    /// Its invoice.
    pub invoice_id: Option<InvoiceId>,
    /// Id in the source.
    pub external_id: Option<String>,
    /// Id in the source of what it corrects.
    pub corrects_external_id: Option<String>,
    /// Whose account it is.
    pub customer_id: Option<CustomerId>,
}

impl PaymentView {
    /// How it was paid.
    #[must_use]
    pub fn parts(&self) -> Parts {
        self.counted.payment().parts
    }
}

/// The columns that [`read_view`] reads, before those of a counted payment.
pub(crate) const VIEW_COLUMNS: &str = "p.month, p.account_id, p.detail_type, p.correction, p.official, p.discount, p.truncated, \
    p.payable, p.region, p.import_id, p.line_no, p.invoice_id, p.external_id, p.corrects_external_id, a.customer_id, \
    (SELECT b.created_at FROM bill_import b WHERE b.id = p.import_id)";
/// Payments with account and invoice.
pub(crate) const FROM: &str = "consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
    LEFT JOIN invoice i ON i.id = p.invoice_id";
/// The order of pages.
const ORDER: &str = "p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence";

/// The statement that reads a page of a customer's payments: those for which `condition` holds, which says `p.month = $1`
/// among others; the customer is `$2`. Either database reads an account's payments in the order of the key and stops when
/// the page is full, where PostgreSQL would read and sort all of them unless it is told account by account.
pub(crate) fn page_of_customer(backend: DbBackend, condition: &str, limit: usize) -> String {
    let columns = format!("SELECT {VIEW_COLUMNS}, {PAYMENT_COLUMNS}");
    let page = format!("ORDER BY {ORDER} LIMIT {limit}");
    if backend == DbBackend::Postgres {
        format!(
            "{columns} FROM cloud_account a CROSS JOIN LATERAL (SELECT p.* FROM consumption_payment p \
             WHERE {condition} AND p.account_id = a.id {page}) p LEFT JOIN invoice i ON i.id = p.invoice_id \
             WHERE a.customer_id = $2 {page}"
        )
    } else {
        format!(
            "{columns} FROM {FROM} WHERE {condition} AND a.customer_id = $2 \
             AND p.account_id IN (SELECT id FROM cloud_account WHERE customer_id = $2) {page}"
        )
    }
}

/// Reads a row that selected [`VIEW_COLUMNS`] and the columns of a counted payment.
pub(crate) fn read_view(row: &QueryResult) -> Result<PaymentView> {
    let counted = read_payment(row, 16)?;
    let detail: i16 = row.try_get_by_index(2)?;
    let fingerprint = counted
        .fingerprint
        .as_slice()
        .try_into()
        .map_err(|_| Error::Invariant("a fingerprint is not 16 bytes long".into()))?;
    let payment = counted.payment();
    let (category, settled) = (payment.category, payment.settled);
    Ok(PaymentView {
        reference: PaymentRef {
            month: Month(row.try_get_by_index(0)?),
            account_id: CloudAccountId(row.try_get_by_index(1)?),
            consumed_at: counted.consumed_at,
            fingerprint,
            occurrence: counted.occurrence,
        },
        category,
        settled,
        detail_type: DetailType::from_code(detail)
            .ok_or_else(|| Error::Invariant(format!("detail type {detail}")))?,
        correction: row.try_get_by_index(3)?,
        official: row.try_get_by_index(4)?,
        discount: row.try_get_by_index(5)?,
        truncated: row.try_get_by_index(6)?,
        payable: row.try_get_by_index(7)?,
        region: row.try_get_by_index(8)?,
        import_id: ImportId(row.try_get_by_index(9)?),
        line_no: row.try_get_by_index(10)?,
        invoice_id: row.try_get_by_index::<Option<i64>>(11)?.map(InvoiceId),
        external_id: row.try_get_by_index(12)?,
        corrects_external_id: row.try_get_by_index(13)?,
        customer_id: row.try_get_by_index::<Option<i64>>(14)?.map(CustomerId),
        imported_at: Timestamp(row.try_get_by_index(15)?),
        counted,
    })
}
