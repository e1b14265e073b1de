//! Performance lines, the kept answer: what a line is about, and what it says.

use std::borrow::Cow;

use entity::{
    AssociationMode, ChargingMode, Columns, Currency, Month, PartnerId, ProductId, Reason, RowError,
    RowReader,
};

use super::classify::Owner;
use crate::kernel::error::{Error, Result};

/// The columns of a line's key besides month and customer, in the order in which one is read.
pub const KEY_COLUMNS: &str =
    "origin_month, partner_id, bill_to_id, mode, product_id, charging_mode, currency, reason";

/// What follows `INSERT INTO performance_line …`: what is there already is added to.
pub const UPSERT: &str = "ON CONFLICT (month, bill_to_id, partner_id, customer_id, origin_month, mode, product_id, \
    charging_mode, currency, reason) DO UPDATE SET \
    amount = performance_line.amount + excluded.amount, \
    payments = performance_line.payments + excluded.payments";

/// What a line is about: origin month × partner × mode × product × charging mode × currency × reason.
/// Whoever nobody's partner is, is partner 0 in mode 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey {
    /// The month the performance belongs to.
    pub origin_month: Month,
    /// Whose performance it is; 0 for nobody's.
    pub partner_id: PartnerId,
    /// Who is billed for it; 0 for nobody.
    pub bill_to_id: PartnerId,
    /// Association mode; `None` for nobody's.
    pub mode: Option<AssociationMode>,
    /// The product.
    pub product_id: ProductId,
    /// How it was charged.
    pub charging_mode: ChargingMode,
    /// The currency.
    pub currency: Currency,
    /// Why it counted, or did not.
    pub reason: Reason,
}

/// What a line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Columns)]
#[columns(table = "performance_line")]
pub struct LineSum {
    /// Sum of the amounts in micros.
    pub amount: i64,
    /// How many payments take part.
    pub payments: i64,
}

impl LineSum {
    /// Adds; an overflow is an error, never a wrap.
    pub fn add(&mut self, amount: i64, payments: i64) -> Result<()> {
        self.amount = self.amount.checked_add(amount).ok_or_else(overflow)?;
        self.payments = self.payments.checked_add(payments).ok_or_else(overflow)?;
        Ok(())
    }
}

impl LineSum {
    /// Takes away; an overflow is an error, never a wrap.
    pub fn take(&mut self, other: Self) -> Result<()> {
        self.amount = self.amount.checked_sub(other.amount).ok_or_else(overflow)?;
        self.payments = self.payments.checked_sub(other.payments).ok_or_else(overflow)?;
        Ok(())
    }
}

fn overflow() -> Error {
    Error::Invariant("a sum of performance does not fit 64 bits of micros".into())
}

impl LineKey {
    /// The key of an allotted amount.
    #[must_use]
    pub fn new(
        origin_month: Month,
        owner: Option<&Owner>,
        product_id: ProductId,
        charging_mode: ChargingMode,
        currency: Currency,
        reason: Reason,
    ) -> Self {
        Self {
            origin_month,
            partner_id: owner.map_or(PartnerId(0), |o| o.partner_id),
            bill_to_id: owner.map_or(PartnerId(0), |o| o.bill_to_id),
            mode: owner.map(|o| o.mode),
            product_id,
            charging_mode,
            currency,
            reason,
        }
    }
}

impl Columns for LineKey {
    fn list() -> Cow<'static, str> {
        KEY_COLUMNS.into()
    }

    fn read(row: &mut RowReader<'_>) -> Result<Self, RowError> {
        Ok(Self {
            origin_month: row.take()?,
            partner_id: row.take()?,
            bill_to_id: row.take()?,
            mode: AssociationMode::from_code(row.take()?),
            product_id: row.take()?,
            charging_mode: row.take()?,
            currency: row.take()?,
            reason: row.take()?,
        })
    }
}
