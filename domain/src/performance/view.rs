//! A payment as people see it, and how it is read.

use std::borrow::Cow;

use entity::{
    ChargeCategory, Columns, CustomerId, DetailType, ImportId, InvoiceId, RowError, RowReader, Timestamp,
};
use sea_orm::DbBackend;

use super::classify::Parts;
use super::counted::Counted;
use super::refs::PaymentRef;

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
    /// Line of its file; below zero for what takes an earlier payment back.
    pub line_no: i64,
    /// Number of what is said of the charge; even where it only takes back what was said before.
    pub version: i32,
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
        self.counted.parts()
    }
}

/// What a view reads behind the columns of a counted payment.
const VIEW_COLUMNS: &str = "p.month, p.account_id, p.detail_type, p.correction, p.official, p.discount, p.truncated, \
    p.payable, p.region, p.import_id, p.line_no, p.version, p.invoice_id, p.external_id, p.corrects_external_id, a.customer_id, \
    (SELECT b.created_at FROM bill_import b WHERE b.id = p.import_id)";
/// Payments with account and invoice.
pub(crate) const FROM: &str = "consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
    LEFT JOIN invoice i ON i.id = p.invoice_id";
/// The order of pages.
const ORDER: &str = "p.month, p.account_id, p.consumed_at, p.fingerprint, p.occurrence";

/// The statement that reads a page of a customer's payments: those for which `condition` holds, which names `p.month`
/// among others; `customer` is the customer's placeholder. Either database reads an account's payments in the order of
/// the key and stops when
/// the page is full, where PostgreSQL would read and sort all of them unless it is told account by account.
pub(crate) fn page_of_customer(backend: DbBackend, customer: &str, condition: &str, limit: usize) -> String {
    let columns = format!("SELECT {}", PaymentView::list());
    let page = format!("ORDER BY {ORDER} LIMIT {limit}");
    if backend == DbBackend::Postgres {
        format!(
            "{columns} FROM cloud_account a CROSS JOIN LATERAL (SELECT p.* FROM consumption_payment p \
             WHERE {condition} AND p.account_id = a.id {page}) p LEFT JOIN invoice i ON i.id = p.invoice_id \
             WHERE a.customer_id = {customer} {page}"
        )
    } else {
        format!(
            "{columns} FROM {FROM} WHERE {condition} AND a.customer_id = {customer} \
             AND p.account_id IN (SELECT id FROM cloud_account WHERE customer_id = {customer}) {page}"
        )
    }
}

impl Columns for PaymentView {
    fn list() -> Cow<'static, str> {
        format!("{}, {VIEW_COLUMNS}", Counted::list()).into()
    }

    fn read(row: &mut RowReader<'_>) -> Result<Self, RowError> {
        let counted = Counted::read(row)?;
        let payment = counted.payment();
        Ok(Self {
            reference: PaymentRef {
                month: row.take()?,
                account_id: row.take()?,
                consumed_at: counted.consumed_at,
                fingerprint: fingerprint(&counted)?,
                occurrence: counted.occurrence,
            },
            category: payment.category,
            settled: payment.settled,
            detail_type: row.take()?,
            correction: row.take()?,
            official: row.take()?,
            discount: row.take()?,
            truncated: row.take()?,
            payable: row.take()?,
            region: row.take()?,
            import_id: row.take()?,
            line_no: row.take()?,
            version: row.take()?,
            invoice_id: row.take()?,
            external_id: row.take()?,
            corrects_external_id: row.take()?,
            customer_id: row.take()?,
            imported_at: row.take()?,
            counted,
        })
    }
}

fn fingerprint(counted: &Counted) -> Result<[u8; 16], RowError> {
    let bytes = counted.fingerprint.as_slice().try_into();
    bytes.map_err(|_| RowError::Type("a fingerprint is not 16 bytes long".into()))
}
