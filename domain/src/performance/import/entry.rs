//! A row of a bill on its way from the file to the books: what it names is looked up, nothing is rounded yet.

use entity::{
    ChargeCategory, ChargingMode, CloudAccountId, Currency, DetailType, InvoiceId, Month, ProductId,
    Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Error, Result};
use crate::kernel::exact::Exact;
use crate::source::{Amounts, SourceRow};

/// Where a row stands in the order of posting. All but the line number is what identifies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Month of the row.
    pub month: Month,
    /// Account of the row.
    pub account: CloudAccountId,
    /// When it was consumed.
    pub consumed_at: Timestamp,
    /// Identity of the row's content.
    pub fingerprint: [u8; 16],
    /// Where it stood in the file.
    pub line_no: u64,
}

impl Place {
    /// `true` for equal rows of one file.
    #[must_use]
    pub fn is_same_row(&self, other: &Self) -> bool {
        Self { line_no: 0, ..*self } == Self { line_no: 0, ..*other }
    }
}

/// A row ready for posting.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place.
    pub place: Place,
    /// Its number among equal rows of the file, from 1.
    pub occurrence: i32,
    /// Digest of what it says of its charge.
    pub content: i64,
    /// Its product.
    pub product: ProductId,
    /// Its invoice.
    pub invoice: Option<InvoiceId>,
    /// The invoice is none of the bill's: rows without a number are grouped under it until they are paid.
    pub invoice_is_made_up: bool,
    /// Whether it is paid.
    pub settled: bool,
    /// How the resource is charged.
    pub charging_mode: ChargingMode,
    /// What kind of bill detail it is.
    pub detail_type: DetailType,
    /// The highest-level kind of the charge.
    pub category: ChargeCategory,
    /// Whether it corrects a charge of an earlier bill.
    pub correction: bool,
    /// The region; empty where there is none.
    pub region: Box<str>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The seller of a marketplace line.
    pub marketplace: Option<Box<str>>,
    /// The source's own id of the line.
    pub external_id: Option<Box<str>>,
    /// The source's id of the line this one corrects.
    pub corrects_external_id: Option<Box<str>>,
    /// The amounts.
    pub amounts: Amounts,
}

/// What is written to the spool besides the place.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    content: i64,
    invoice_is_made_up: bool,
    product: i64,
    invoice: Option<i64>,
    settled: bool,
    charging_mode: i16,
    detail_type: i16,
    category: i16,
    correction: bool,
    region: &'a str,
    currency: u8,
    marketplace: Option<&'a str>,
    external_id: Option<&'a str>,
    corrects_external_id: Option<&'a str>,
    amounts: [Exact; 11],
}

/// Packs rows for the spool, and unpacks them.
#[derive(Clone, Debug, Default)]
pub struct Packer {
    /// Currencies met, by their number in packed rows: ISO 4217 has fewer than 256.
    currencies: Vec<Currency>,
}

impl Packer {
    /// Appends `row` to `out`.
    pub fn pack(
        &mut self,
        row: &SourceRow,
        product: ProductId,
        invoice: Option<InvoiceId>,
        settled: bool,
        out: &mut Vec<u8>,
    ) -> Result<()> {
        let a = &row.amounts;
        let packed = Packed {
            content: row.content,
            invoice_is_made_up: row.invoice_no.is_none(),
            product: product.0,
            invoice: invoice.map(|i| i.0),
            settled,
            charging_mode: row.charging_mode.code(),
            detail_type: row.detail_type.code(),
            category: row.category.code(),
            correction: row.correction,
            region: &row.region,
            currency: self.number(row.currency)?,
            marketplace: row.marketplace.as_deref(),
            external_id: row.external_id.as_deref(),
            corrects_external_id: row.corrects_external_id.as_deref(),
            amounts: [
                a.official,
                a.truncated,
                a.payable,
                a.cash,
                a.credit,
                a.voucher,
                a.cash_coupon,
                a.stored_value_card,
                a.bonus,
                a.debt,
                a.write_off,
            ],
        };
        postcard::to_io(&packed, out).map(|_| ()).map_err(damaged)
    }

    fn number(&mut self, currency: Currency) -> Result<u8> {
        let known = self.currencies.iter().position(|c| *c == currency);
        let number = known.unwrap_or_else(|| {
            self.currencies.push(currency);
            self.currencies.len() - 1
        });
        u8::try_from(number).map_err(damaged)
    }

    /// Reads a packed row back.
    pub fn unpack(&self, place: Place, occurrence: i32, bytes: &[u8]) -> Result<Entry> {
        let packed: Packed<'_> = postcard::from_bytes(bytes).map_err(damaged)?;
        let unknown = || Error::Invariant("the spool of an import is damaged: an unknown code".into());
        let [
            official,
            truncated,
            payable,
            cash,
            credit,
            voucher,
            cash_coupon,
            stored_value_card,
            bonus,
            debt,
            write_off,
        ] = packed.amounts;
        Ok(Entry {
            place,
            occurrence,
            content: packed.content,
            invoice_is_made_up: packed.invoice_is_made_up,
            product: ProductId(packed.product),
            invoice: packed.invoice.map(InvoiceId),
            settled: packed.settled,
            charging_mode: ChargingMode::from_code(packed.charging_mode).ok_or_else(unknown)?,
            detail_type: DetailType::from_code(packed.detail_type).ok_or_else(unknown)?,
            category: ChargeCategory::from_code(packed.category).ok_or_else(unknown)?,
            correction: packed.correction,
            region: packed.region.into(),
            currency: *self.currencies.get(usize::from(packed.currency)).ok_or_else(unknown)?,
            marketplace: packed.marketplace.map(Into::into),
            external_id: packed.external_id.map(Into::into),
            corrects_external_id: packed.corrects_external_id.map(Into::into),
            amounts: Amounts {
                official,
                // What was taken off is what the rounded amounts leave: the source's own figure is not used.
                discount: Exact::ZERO,
                truncated,
                payable,
                cash,
                credit,
                voucher,
                cash_coupon,
                stored_value_card,
                bonus,
                debt,
                write_off,
            },
        })
    }
}

fn damaged(error: impl std::fmt::Display) -> Error {
    Error::Invariant(format!("the spool of an import is damaged: {error}"))
}
