//! What a plan is made of. Things are named by their number: partner 0, customer 2, the third association of a
//! customer. A step that names what is not there does nothing, so that every part of a plan is a plan.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::time::{Instant, Month};

/// A business history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it shows, in a sentence.
    pub what: String,
    /// The seed it was made from; 0 if it was written by hand.
    pub seed: u64,
    /// IANA name of the programme's time zone.
    pub zone: String,
    /// When it begins.
    pub begins: Instant,
    /// Months of cooling-off.
    pub cooling_off_months: i32,
    /// Beyond this many times the usual a bill is parked, in ppm; 0 parks nothing.
    pub park_factor_ppm: i32,
    /// Micros below which nothing is parked.
    pub park_floor: i64,
    /// Only what runs see is compared: what waits to be recomputed is left waiting.
    pub lazy: bool,
    /// The partners.
    pub partners: Vec<Partner>,
    /// The customers; `true` for the vendor's own.
    pub customers: Vec<bool>,
    /// What happens.
    pub steps: Vec<Step>,
}

/// Kinds of partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Without resellers.
    SolutionProvider,
    /// Tier 1.
    Distributor,
    /// Tier 2.
    Reseller,
}

/// A partner; its name is `P` and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// What it is.
    pub kind: Kind,
    /// Name of its tier.
    pub tier: String,
    /// Whether a distributor may have customers.
    pub may_own: bool,
    /// The name under which it sells.
    pub sells_as: Option<String>,
}

/// Modes of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mode {
    /// The customer trades with the vendor.
    Consulting,
    /// The customer trades with the partner.
    Resale,
}

/// What a product's policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Policy {
    /// Counts and earns.
    Ordinary,
    /// The same; rates may ask for it.
    Specific,
    /// Neither.
    NoPerformance,
    /// Counts and earns nothing.
    PerformanceOnly,
}

/// One rate of an incentive policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Only of this class.
    pub class: Option<String>,
    /// Only of products of the policy SPECIFIC.
    pub specific: bool,
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// Only of partners of this kind.
    pub kind: Option<Kind>,
    /// Only of partners of this tier.
    pub tier: Option<String>,
    /// Parts per million.
    pub ppm: i32,
    /// Micros of performance below which nothing is earned; 0 is no minimum.
    pub minimum: i64,
    /// Most micros that are earned.
    pub cap: Option<i64>,
}

/// Kinds of settlement run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Run {
    /// A forecast.
    Estimate,
    /// The draft.
    Draft,
    /// The books.
    Final,
}

/// Something happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The clock moves on; never back.
    Until(Instant),
    /// A reseller joins a distributor.
    Link {
        /// The reseller.
        reseller: usize,
        /// The distributor.
        distributor: usize,
        /// From when on.
        from: Instant,
    },
    /// An account becomes a customer's.
    Account {
        /// Who provides it.
        provider: String,
        /// Its number.
        number: String,
        /// Whose it is.
        customer: usize,
    },
    /// A customer comes to a partner.
    Associate {
        /// The customer.
        customer: usize,
        /// The partner.
        partner: usize,
        /// The mode.
        mode: Mode,
        /// First instant.
        from: Instant,
        /// First instant after; none if it stays.
        to: Option<Instant>,
    },
    /// A customer changes partner or mode.
    Transfer {
        /// The customer.
        customer: usize,
        /// The partner it comes to.
        partner: usize,
        /// The mode from then on.
        mode: Mode,
        /// From when on.
        at: Instant,
    },
    /// The association of a customer of that number, oldest first, ends.
    End {
        /// The customer.
        customer: usize,
        /// Which of its associations.
        nth: usize,
        /// First instant after.
        at: Instant,
    },
    /// The association of a customer of that number was entered wrongly.
    Correct {
        /// The customer.
        customer: usize,
        /// Which of its associations.
        nth: usize,
        /// The right partner.
        partner: Option<usize>,
        /// The right mode.
        mode: Option<Mode>,
        /// The right first instant.
        from: Option<Instant>,
    },
    /// A product's policy from a month on.
    ProductPolicy {
        /// Who provides it.
        provider: String,
        /// The product.
        product: String,
        /// First month.
        month: Month,
        /// The policy.
        policy: Policy,
    },
    /// Rates from a month on.
    IncentivePolicy {
        /// First month.
        from: Month,
        /// In the order of matching.
        rates: Vec<Rate>,
    },
    /// Whether cash coupons count as cash from now on.
    CashCoupons(bool),
    /// A bill comes in.
    Import(File),
    /// An invoice is marked paid.
    Pay {
        /// Who issued it.
        provider: String,
        /// Its number.
        invoice: String,
    },
    /// A month is settled.
    Settle {
        /// The month.
        month: Month,
        /// How.
        run: Run,
        /// The process ends on the way, and another one goes on.
        crash: Option<Crash>,
    },
    /// Finance releases what is parked in a month, confirms what waits and issues it.
    Issue {
        /// The month.
        month: Month,
    },
}

/// Where a process ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// The point, by its name in `domain/src/kernel/crash.rs`.
    pub point: String,
    /// When it is passed for the how manieth time.
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

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// How it is written.
    pub format: Format,
    /// Whether it is paid, where its rows do not say so.
    pub settled: bool,
    /// Chooses the order of columns and how numbers and times are spelled: it changes nothing.
    pub spelling: u64,
    /// The process that takes it in ends on the way, and another one goes on.
    pub crash: Option<Crash>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Kinds of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Use of a resource.
    Usage,
    /// A purchase.
    Purchase,
    /// What the vendor grants.
    Credit,
    /// What the vendor corrects.
    Adjustment,
    /// Tax.
    Tax,
}

/// How a resource is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Charging {
    /// Bought for a period.
    Subscription,
    /// By usage.
    PayPerUse,
    /// Reserved.
    Reserved,
    /// A savings plan.
    SavingsPlan,
}

/// What is wrong with a row that is refused.
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

/// How a payment is made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    /// Money.
    pub cash: Amount,
    /// Bought on credit.
    pub credit: Amount,
    /// Vouchers.
    pub voucher: Amount,
    /// Cash coupons.
    pub cash_coupon: Amount,
    /// Stored-value cards.
    pub stored_value_card: Amount,
    /// Bonus money.
    pub bonus: Amount,
    /// Owed.
    pub debt: Amount,
    /// Written off.
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

    /// What is to be paid, in billionths.
    #[must_use]
    pub fn payable(&self) -> Amount {
        Amount(self.list().iter().map(|part| part.0).sum())
    }
}

/// A row of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Who provides the account.
    pub provider: String,
    /// The account.
    pub account: String,
    /// When it was consumed.
    pub at: Instant,
    /// The bill cycle of a native row; none for the month of consumption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Month>,
    /// The product.
    pub product: String,
    /// Its class.
    pub class: String,
    /// The currency.
    pub currency: String,
    /// Kind of charge.
    pub category: Category,
    /// How it is charged.
    pub charging: Charging,
    /// What is paid, and how. FOCUS knows cash only, and vouchers for credits.
    pub parts: Parts,
    /// Who sells it, of a marketplace item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// The invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Whether it is paid, of native rows only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<bool>,
    /// The resource: tells charges apart that are otherwise the same.
    pub resource: String,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
}
