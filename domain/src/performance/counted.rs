//! A payment as far as counting needs it, for what explains and lists payments.

use entity::{ChargeCategory, ChargingMode, Columns, Currency, ProductId, Timestamp};

use super::classify::{Parts, Payment};

/// A payment as far as counting needs it, with its place in the order of the account: payment `p` of invoice `i`.
#[derive(Clone, Debug, Columns)]
#[columns(table = "p")]
pub struct Counted {
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: Vec<u8>,
    /// Number among equal rows.
    pub occurrence: i32,
    category: ChargeCategory,
    settled: bool,
    #[columns(sql = "i.paid_at IS NOT NULL")]
    invoice_paid: bool,
    marketplace: Option<String>,
    #[columns(row)]
    parts: Parts,
    /// Share of credits in it, in micros: how much of it they paid, or how much of this credit was used.
    #[columns(sql = "CAST(0 AS BIGINT)")]
    pub credited: i64,
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
            undecided: false,
            parts: self.parts.paid_by_credits(self.category, self.credited),
        }
    }

    /// Parts of the payment, as the bill says.
    #[must_use]
    pub const fn parts(&self) -> Parts {
        self.parts
    }
}
