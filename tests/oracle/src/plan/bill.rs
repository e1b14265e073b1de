//! Bills of plans: files and their rows.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::time::{Instant, Month};

/// A point at which a process ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// The point, by its name in `domain/src/kernel/crash.rs`.
    pub point: String,
    /// The process ends when it passes the point for this time, counted from one.
    pub nth: i64,
}

/// Formats of bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    /// FOCUS 1.2 as CSV.
    Focus,
    /// The same, compressed.
    FocusGzip,
    /// FOCUS 1.3 as CSV: host and service provider instead of the provider.
    Focus13,
    /// The vendor's own bill as CSV.
    Native,
    /// The same, compressed.
    NativeGzip,
}

impl Format {
    /// Whether it is the vendor's own.
    #[must_use]
    pub const fn native(self) -> bool {
        matches!(self, Self::Native | Self::NativeGzip)
    }

    /// Whether it is compressed.
    #[must_use]
    pub const fn gzip(self) -> bool {
        matches!(self, Self::FocusGzip | Self::NativeGzip)
    }
}

/// A bill as it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The format it is written in.
    pub format: Format,
    /// Whether it is paid, where its rows do not say so.
    pub settled: bool,
    /// Chooses the order of columns and how numbers and times are spelled: it changes nothing.
    pub spelling: u64,
    /// The process that takes it in ends on the way, and another one goes on.
    pub crash: Option<Crash>,
    /// The rows of the bill.
    pub rows: Vec<Row>,
}

/// Kinds of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Use of a resource.
    Usage,
    /// Purchase of something.
    Purchase,
    /// A credit the vendor grants.
    Credit,
    /// A correction of the vendor.
    Adjustment,
    /// Tax on charges.
    Tax,
}

/// Ways of charging a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Charging {
    /// Bought for a period.
    Subscription,
    /// Charged by usage.
    PayPerUse,
    /// A reserved instance.
    Reserved,
    /// A savings plan.
    SavingsPlan,
}

/// Faults of rows that are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// Its amount is no number.
    Amount,
    /// It names no account.
    Account,
    /// Its time is no time.
    Time,
    /// Its currency is none.
    Currency,
    /// Its amounts do not add up; of native rows only.
    Identity,
}

/// The parts of a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    /// Paid in money.
    pub cash: Amount,
    /// Bought on credit.
    pub credit: Amount,
    /// Paid by voucher.
    pub voucher: Amount,
    /// Paid by coupon.
    pub cash_coupon: Amount,
    /// Paid by card.
    pub stored_value_card: Amount,
    /// Paid from bonus.
    pub bonus: Amount,
    /// Owed as debt.
    pub debt: Amount,
    /// Written off altogether.
    pub write_off: Amount,
}

impl Parts {
    /// All of it in money.
    #[must_use]
    pub fn cash(amount: Amount) -> Self {
        Self { cash: amount, ..Self::default() }
    }

    /// The parts in the order of the native columns.
    #[must_use]
    pub const fn list(&self) -> [Amount; 8] {
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

    /// The amount that is to be paid.
    #[must_use]
    pub fn payable(&self) -> Amount {
        Amount(self.list().iter().map(|part| part.0).sum())
    }
}

/// A row of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Name of the account's provider.
    pub provider: String,
    /// Number of the account.
    pub account: String,
    /// The instant of consumption.
    pub at: Instant,
    /// The bill cycle of a native row; none for the month of consumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Month>,
    /// Code of the product.
    pub product: String,
    /// Class of the product.
    pub class: String,
    /// The currency of the amounts.
    pub currency: String,
    /// Kind of charge.
    pub category: Category,
    /// The way it is charged.
    pub charging: Charging,
    /// The parts of what is paid. FOCUS knows cash only, and vouchers for credits.
    pub parts: Parts,
    /// The seller of a marketplace item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// Number of the invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Whether it is paid, of native rows only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<bool>,
    /// The resource: tells charges apart that are otherwise the same.
    pub resource: String,
    /// The fault for which it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}
