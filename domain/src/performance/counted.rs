//! A payment as far as counting needs it, for what explains and lists payments.

use entity::{ChargeCategory, ChargingMode, Currency, ProductId, Timestamp};

use super::classify::{Parts, Payment};
use crate::kernel::error::{Error, Result};

/// The columns that [`read_payment`] reads, in order.
pub const PAYMENT_COLUMNS: &str = "p.consumed_at, p.fingerprint, p.occurrence, p.category, p.settled, \
    i.paid_at IS NOT NULL, p.marketplace, p.cash, p.credit, p.voucher, p.cash_coupon, p.stored_value_card, p.bonus, \
    p.debt, p.write_off, p.product_id, p.charging_mode, p.currency";

/// A payment as far as counting needs it, with its place in the order of the account.
#[derive(Clone, Debug)]
pub struct Counted {
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: Vec<u8>,
    /// Number among equal rows.
    pub occurrence: i32,
    category: ChargeCategory,
    settled: bool,
    invoice_paid: bool,
    marketplace: Option<String>,
    parts: Parts,
    /// The product.
    pub product_id: ProductId,
    /// How it was charged.
    pub charging_mode: ChargingMode,
    /// The currency.
    pub currency: Currency,
}

impl Counted {
    /// As the rules see it.
    #[must_use]
    pub fn payment(&self) -> Payment<'_> {
        Payment {
            consumed_at: self.consumed_at,
            category: self.category,
            settled: self.settled,
            invoice_paid: self.invoice_paid,
            marketplace: self.marketplace.as_deref(),
            parts: self.parts,
        }
    }
}

/// Reads a row that selected [`PAYMENT_COLUMNS`] beginning at column `first`.
pub fn read_payment(row: &sea_orm::QueryResult, first: usize) -> Result<Counted> {
    let at = |n: usize| first + n;
    let category: i16 = row.try_get_by_index(at(3))?;
    let charging: i16 = row.try_get_by_index(at(16))?;
    Ok(Counted {
        consumed_at: Timestamp(row.try_get_by_index(at(0))?),
        fingerprint: row.try_get_by_index(at(1))?,
        occurrence: row.try_get_by_index(at(2))?,
        category: ChargeCategory::from_code(category)
            .ok_or_else(|| Error::Invariant(format!("charge category {category}")))?,
        settled: row.try_get_by_index(at(4))?,
        invoice_paid: row.try_get_by_index(at(5))?,
        marketplace: row.try_get_by_index(at(6))?,
        parts: Parts {
            cash: row.try_get_by_index(at(7))?,
            credit: row.try_get_by_index(at(8))?,
            voucher: row.try_get_by_index(at(9))?,
            cash_coupon: row.try_get_by_index(at(10))?,
            stored_value_card: row.try_get_by_index(at(11))?,
            bonus: row.try_get_by_index(at(12))?,
            debt: row.try_get_by_index(at(13))?,
            write_off: row.try_get_by_index(at(14))?,
        },
        product_id: ProductId(row.try_get_by_index(at(15))?),
        charging_mode: ChargingMode::from_code(charging)
            .ok_or_else(|| Error::Invariant(format!("charging mode {charging}")))?,
        currency: row.try_get_by_index(at(17))?,
    })
}
