//! What a bill says about one payment.

use std::sync::Arc;

use entity::{ChargeCategory, ChargingMode, Currency, DetailType, Month, Timestamp};

use super::raw::Raw;
use crate::kernel::exact::Exact;

/// One payment as its source states it. Nothing is rounded and nobody is looked up yet. Texts that rows
/// share are shared: equal ones are mostly, and not always, the same piece of memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// CSV: the physical line where the record starts (the header is line 1). Parquet: the row, from 1.
    pub line_no: u64,
    /// Digest of the charge's natural key: equal for the same charge in another file, whatever the order of columns
    /// and the way numbers and times are written there, and whatever else is said of it.
    pub fingerprint: [u8; 16],
    /// Digest of what the line says of the charge: equal where a re-export changed nothing that counts.
    pub content: i64,
    /// Who provides the cloud in which the account lives.
    pub provider: Arc<str>,
    /// The account that consumed, in the provider's words.
    pub account_no: Arc<str>,
    /// The account's display name.
    pub account_name: Option<Arc<str>>,
    /// The month of the bill.
    pub month: Month,
    /// When it was consumed: decides which partner had the customer.
    pub consumed_at: Timestamp,
    /// How the resource is charged.
    pub charging_mode: ChargingMode,
    /// What kind of bill detail it is.
    pub detail_type: DetailType,
    /// The highest-level kind of the charge.
    pub category: ChargeCategory,
    /// `true` when it corrects a charge of an earlier bill.
    pub correction: bool,
    /// The seller (service partner or publisher) of a marketplace line.
    pub marketplace: Option<String>,
    /// The bill says in a column of its own that this is a seller; else it is a publisher that may be the vendor itself.
    pub names_seller: bool,
    /// The product's code.
    pub product_code: Arc<str>,
    /// The product's display name.
    pub product_name: Arc<str>,
    /// The product's class.
    pub product_class: Arc<str>,
    /// The region; empty where there is none.
    pub region: Arc<str>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What is invoiced, and paid, together.
    pub invoice_no: Option<String>,
    /// The source's own id of the line.
    pub external_id: Option<String>,
    /// The source's id of the line this one corrects.
    pub corrects_external_id: Option<String>,
    /// Whether it is paid, where the source says so.
    pub settled: Option<bool>,
    /// The amounts.
    pub amounts: Amounts,
    /// The record itself, kept only of rows with an invoice, which may be refused later for what other rows
    /// of the invoice say.
    pub raw: Raw,
}

/// The amounts of a payment. Two identities hold exactly in every [`SourceRow`]:
/// official = discount + truncated + payable, and payable = the sum of the eight parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// List price.
    pub official: Exact,
    /// Discount on the list price.
    pub discount: Exact,
    /// What was cut off below the smallest unit charged.
    pub truncated: Exact,
    /// What is to be paid.
    pub payable: Exact,
    /// Paid in cash.
    pub cash: Exact,
    /// Paid from the credit line: not paid yet.
    pub credit: Exact,
    /// Paid by voucher.
    pub voucher: Exact,
    /// Paid by cash coupon.
    pub cash_coupon: Exact,
    /// Paid by stored-value card.
    pub stored_value_card: Exact,
    /// Paid from bonus money.
    pub bonus: Exact,
    /// Owed.
    pub debt: Exact,
    /// Written off by the vendor.
    pub write_off: Exact,
}

impl Amounts {
    /// The eight parts `payable` is made of.
    #[must_use]
    pub const fn parts(&self) -> [Exact; 8] {
        [
            self.cash,
            self.credit,
            self.voucher,
            self.cash_coupon,
            self.stored_value_card,
            self.bonus,
            self.debt,
            self.write_off,
        ]
    }

    /// `true` when official = discount + truncated + payable.
    #[must_use]
    pub fn price_adds_up(&self) -> bool {
        sum(&[self.discount, self.truncated, self.payable]) == Some(self.official)
    }

    /// `true` when payable = the sum of the parts.
    #[must_use]
    pub fn parts_add_up(&self) -> bool {
        sum(&self.parts()) == Some(self.payable)
    }
}

fn sum(amounts: &[Exact]) -> Option<Exact> {
    amounts.iter().try_fold(Exact::ZERO, |sum, amount| sum.checked_add(*amount))
}
