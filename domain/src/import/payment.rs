//! The payment fact as it is written.

use entity::{CloudAccountId, ImportId, InvoiceId, ProductId};
use sea_orm::{ConnectionTrait, Value};

use super::rounding::Stored;
use crate::error::Result;
use crate::source::SourceRow;
use crate::store::insert_rows;

/// Columns of a payment, in the order of [`NewPayment::values`].
const COLUMNS: &str = "month, account_id, consumed_at, fingerprint, occurrence, import_id, line_no, settled, \
    charging_mode, detail_type, category, correction, product_id, region, currency, official, discount, truncated, \
    payable, cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off, invoice_id, marketplace, \
    external_id, corrects_external_id";
/// How many.
const WIDTH: usize = 31;

/// A row of a bill that becomes a payment.
#[derive(Debug)]
pub struct NewPayment<'a> {
    /// The row.
    pub row: &'a SourceRow,
    /// Its account.
    pub account: CloudAccountId,
    /// Its product.
    pub product: ProductId,
    /// Its invoice.
    pub invoice: Option<InvoiceId>,
    /// Its number among equal rows.
    pub occurrence: i32,
    /// Whether it is paid.
    pub settled: bool,
    /// Its amounts.
    pub stored: Stored,
}

impl NewPayment<'_> {
    fn values(&self, import: ImportId) -> [Value; WIDTH] {
        let (row, stored) = (self.row, &self.stored);
        let text = |t: &Option<String>| Value::String(t.clone());
        [
            row.month.0.into(),
            self.account.0.into(),
            row.consumed_at.0.into(),
            row.fingerprint.to_vec().into(),
            self.occurrence.into(),
            import.0.into(),
            i64::try_from(row.line_no).unwrap_or(i64::MAX).into(),
            self.settled.into(),
            row.charging_mode.code().into(),
            row.detail_type.code().into(),
            row.category.code().into(),
            row.correction.into(),
            self.product.0.into(),
            row.region.as_str().into(),
            row.currency.into(),
            stored.official.into(),
            stored.discount.into(),
            stored.truncated.into(),
            stored.payable.into(),
            stored.parts.cash.into(),
            stored.parts.credit.into(),
            stored.parts.voucher.into(),
            stored.parts.cash_coupon.into(),
            stored.parts.stored_value_card.into(),
            stored.parts.bonus.into(),
            stored.parts.debt.into(),
            stored.parts.write_off.into(),
            self.invoice.map(|i| i.0).into(),
            text(&row.marketplace),
            text(&row.external_id),
            text(&row.corrects_external_id),
        ]
    }
}

/// Writes `payments`; a row that exists is an error, because duplicates were sorted out before.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    import: ImportId,
    payments: &[NewPayment<'_>],
) -> Result<()> {
    let mut order: Vec<&NewPayment<'_>> = payments.iter().collect();
    order.sort_unstable_by_key(|p| (p.row.month, p.account, p.row.consumed_at, p.row.fingerprint, p.occurrence));
    let values = order.iter().flat_map(|p| p.values(import)).collect();
    insert_rows(connection, &format!("INSERT INTO consumption_payment ({COLUMNS})"), WIDTH, values, "").await?;
    Ok(())
}
