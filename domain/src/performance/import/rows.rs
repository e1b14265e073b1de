//! The rows that a batch writes.

use std::sync::Arc;

use entity::{AssociationMode, CloudAccountId, Currency, CustomerId, ImportId, InvoiceId, Month};

use super::entry::Entry;
use super::fate::Put;
use super::rounding::Stored;
use crate::kernel::bulk::{Cells, Row};
use crate::kernel::error::Result;
use crate::performance::line::{self, LineKey, LineSum};
use crate::performance::partner_sum;

/// The immutable fact of one payment.
#[derive(Debug)]
pub struct PaymentRow {
    /// Its import.
    pub import: ImportId,
    /// The batch it is in.
    pub batch: Arc<Vec<Entry>>,
    /// Where in it.
    pub at: usize,
    /// Its place, and how it is paid.
    pub put: Put,
    /// Its rounded amounts.
    pub stored: Stored,
}

impl Row for PaymentRow {
    const TABLE: &'static str = "consumption_payment";
    const COLUMNS: &'static str = "month, account_id, consumed_at, fingerprint, occurrence, charge, version, content, import_id, line_no, \
        settled, charging_mode, detail_type, category, correction, product_id, region, currency, official, \
        discount, truncated, payable, cash, credit, voucher, cash_coupon, stored_value_card, bonus, debt, write_off, \
        invoice_id, marketplace, external_id, corrects_external_id";
    const WIDTH: usize = 34;
    const CONFLICT: &'static str = "";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        let (row, put, stored, parts) = (&self.batch[self.at], &self.put, &self.stored, &self.stored.parts);
        cells.i32(row.place.month.0)?;
        cells.i64(row.place.account.0)?;
        cells.i64(row.place.consumed_at.0)?;
        cells.bytes(&row.place.fingerprint)?;
        cells.i32(put.seat.occurrence)?;
        cells.i32(put.seat.charge)?;
        cells.i32(put.seat.version)?;
        cells.i64(row.content)?;
        cells.i64(self.import.0)?;
        cells.i64(i64::try_from(row.place.line_no).unwrap_or(i64::MAX))?;
        cells.bool(put.settled)?;
        cells.i16(row.charging_mode.code())?;
        cells.i16(row.detail_type.code())?;
        cells.i16(row.category.code())?;
        cells.bool(row.correction)?;
        cells.i64(row.product.0)?;
        cells.text(Some(&row.region))?;
        cells.text(Some(row.currency.as_str()))?;
        for amount in [
            stored.official,
            stored.discount,
            stored.truncated,
            stored.payable,
            parts.cash,
            parts.credit,
            parts.voucher,
            parts.cash_coupon,
            parts.stored_value_card,
            parts.bonus,
            parts.debt,
            parts.write_off,
        ] {
            cells.i64(amount)?;
        }
        cells.maybe_i64(put.invoice.map(|i| i.0))?;
        cells.text(row.marketplace.as_deref())?;
        cells.text(row.external_id.as_deref())?;
        cells.text(row.corrects_external_id.as_deref())
    }
}

/// What a batch adds to a performance line.
#[derive(Debug)]
pub struct LineRow {
    /// Month it is posted in.
    pub month: Month,
    /// Whose consumption.
    pub customer: CustomerId,
    /// The rest of the key.
    pub key: LineKey,
    /// What is added.
    pub sum: LineSum,
}

impl Row for LineRow {
    const TABLE: &'static str = "performance_line";
    const COLUMNS: &'static str = "month, bill_to_id, partner_id, customer_id, origin_month, mode, product_id, \
        charging_mode, currency, reason, amount, payments";
    const WIDTH: usize = 12;
    const CONFLICT: &'static str = line::UPSERT;

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        let key = &self.key;
        cells.i32(self.month.0)?;
        cells.i64(key.bill_to_id.0)?;
        cells.i64(key.partner_id.0)?;
        cells.i64(self.customer.0)?;
        cells.i32(key.origin_month.0)?;
        cells.i16(key.mode.map_or(0, AssociationMode::code))?;
        cells.i64(key.product_id.0)?;
        cells.i16(key.charging_mode.code())?;
        cells.text(Some(key.currency.as_str()))?;
        cells.i16(key.reason.code())?;
        cells.i64(self.sum.amount)?;
        cells.i64(self.sum.payments)
    }
}

/// A performance line of a customer who had none in its month: nothing is there to be added to.
#[derive(Debug)]
pub struct NewLineRow(pub LineRow);

impl Row for NewLineRow {
    const TABLE: &'static str = LineRow::TABLE;
    const COLUMNS: &'static str = LineRow::COLUMNS;
    const WIDTH: usize = LineRow::WIDTH;
    const CONFLICT: &'static str = "";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        self.0.cells(cells)
    }
}

/// What a batch adds to a sum to the partner.
#[derive(Debug)]
pub struct SumRow(pub partner_sum::SumRow);

impl Row for SumRow {
    const TABLE: &'static str = "partner_sum";
    const COLUMNS: &'static str = partner_sum::COLUMNS;
    const WIDTH: usize = partner_sum::WIDTH;
    const CONFLICT: &'static str = partner_sum::UPSERT;

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        let partner_sum::SumRow { key, change } = &self.0;
        cells.i32(key.month.0)?;
        cells.i64(key.bill_to_id.0)?;
        cells.i64(key.partner_id.0)?;
        cells.i32(key.origin_month.0)?;
        cells.i16(key.mode.map_or(0, AssociationMode::code))?;
        cells.i64(key.product_id.0)?;
        cells.text(Some(key.currency.as_str()))?;
        cells.i16(key.reason.code())?;
        cells.i64(change.amount)?;
        cells.i64(change.payments)
    }
}

/// What a batch adds to the payments of an account that belongs to nobody.
#[derive(Debug)]
pub struct UnmatchedRow {
    /// Month, account and currency.
    pub key: (Month, CloudAccountId, Currency),
    /// What is added.
    pub sum: LineSum,
}

impl Row for UnmatchedRow {
    const TABLE: &'static str = "unmatched_total";
    const COLUMNS: &'static str = "month, account_id, currency, amount, payments";
    const WIDTH: usize = 5;
    const CONFLICT: &'static str = "ON CONFLICT (month, account_id, currency) DO UPDATE SET \
        amount = unmatched_total.amount + excluded.amount, \
        payments = unmatched_total.payments + excluded.payments";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        cells.i32(self.key.0.0)?;
        cells.i64(self.key.1.0)?;
        cells.text(Some(self.key.2.as_str()))?;
        cells.i64(self.sum.amount)?;
        cells.i64(self.sum.payments)
    }
}

/// Which accounts and months an invoice touches, so that its payment finds them again.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvoiceAccountRow(pub InvoiceId, pub Month, pub CloudAccountId);

impl Row for InvoiceAccountRow {
    const TABLE: &'static str = "invoice_account";
    const COLUMNS: &'static str = "invoice_id, month, account_id";
    const WIDTH: usize = 3;
    const CONFLICT: &'static str = "ON CONFLICT DO NOTHING";

    fn cells(&self, cells: &mut impl Cells) -> Result<()> {
        cells.i64(self.0.0)?;
        cells.i32(self.1.0)?;
        cells.i64(self.2.0)
    }
}
