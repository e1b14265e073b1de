//! The parts of a plan. Things are named by their number: partner 0, customer 2, the third association of a
//! customer. A step that names what is not there does nothing, so that every part of a plan is a plan.

mod bill;

use serde::{Deserialize, Serialize};

pub use self::bill::{Category, Charging, Crash, Fault, File, Format, Parts, Row};
use crate::time::{Instant, Month};

/// A business history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// A sentence that says what it shows.
    pub what: String,
    /// The seed it was made from; 0 if it was written by hand.
    pub seed: u64,
    /// IANA name of the programme's time zone.
    pub zone: String,
    /// The instant at which it begins.
    pub begins: Instant,
    /// Beyond this many times the usual a bill is parked, in ppm; 0 parks nothing.
    pub park_factor_ppm: i32,
    /// Micros below which nothing is parked.
    pub park_floor: i64,
    /// Only what runs see is compared: what waits to be recomputed is left waiting.
    pub lazy: bool,
    /// The partners there are.
    pub partners: Vec<Partner>,
    /// The customers; `true` for the vendor's own.
    pub customers: Vec<bool>,
    /// The steps in their order.
    pub steps: Vec<Step>,
}

/// Kinds of partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A partner without resellers.
    SolutionProvider,
    /// A partner of tier 1.
    Distributor,
    /// A partner of tier 2.
    Reseller,
}

/// A partner; its name is `P` and its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// The kind of partner.
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

/// The policies of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Policy {
    /// Counts and earns.
    Ordinary,
    /// The same; rates may ask for it.
    Specific,
    /// Counts and earns nothing of it.
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
    /// Micros of performance below which nothing is earned.
    pub minimum: Option<i64>,
    /// Most micros that are earned.
    pub cap: Option<i64>,
}

/// Kinds of settlement run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Run {
    /// A forecast of bills.
    Estimate,
    /// The draft of bills.
    Draft,
    /// The books of the month.
    Final,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The clock moves on; never back.
    Until(Instant),
    /// A reseller joins a distributor.
    Link {
        /// Number of the reseller.
        reseller: usize,
        /// Number of the distributor.
        distributor: usize,
        /// From when on.
        from: Instant,
    },
    /// An account becomes a customer's.
    Account {
        /// Name of the provider.
        provider: String,
        /// The number it bears.
        number: String,
        /// Number of its customer.
        customer: usize,
    },
    /// A customer comes to a partner.
    Associate {
        /// Number of the customer.
        customer: usize,
        /// Number of the partner.
        partner: usize,
        /// The mode of the association.
        mode: Mode,
        /// The first instant.
        from: Instant,
        /// First instant after; none if it stays.
        to: Option<Instant>,
    },
    /// A customer changes partner or mode.
    Transfer {
        /// Number of the customer.
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
        /// Number of the customer.
        customer: usize,
        /// Number of the association, oldest first.
        nth: usize,
        /// First instant after.
        at: Instant,
    },
    /// The association of a customer of that number was entered wrongly.
    Correct {
        /// Number of the customer.
        customer: usize,
        /// Number of the association, oldest first.
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
        /// Name of the provider.
        provider: String,
        /// Code of the product.
        product: String,
        /// Class of the product.
        class: String,
        /// The first month.
        month: Month,
        /// The policy from then on.
        policy: Policy,
    },
    /// Somebody decides whose a name is under which something is sold.
    Seller {
        /// The name as bills write it.
        name: String,
        /// Whether it is the vendor itself.
        vendor: bool,
    },
    /// Rates from a month on.
    IncentivePolicy {
        /// The first month.
        from: Month,
        /// In the order of matching.
        rates: Vec<Rate>,
    },
    /// Customers that come from another partner from an instant on cool off for so many months.
    CoolingOff {
        /// The first instant.
        from: Instant,
        /// Number of months; 0 for none.
        months: i32,
        /// All of them, not only the long tail.
        all: bool,
    },
    /// Whether a customer is one of the long tail.
    LongTail {
        /// Number of the customer.
        customer: usize,
        /// Whether it is.
        is: bool,
    },
    /// Whether cash coupons count as cash from now on.
    CashCoupons(bool),
    /// A bill comes in.
    Import(File),
    /// An invoice is marked paid.
    Pay {
        /// Name of the issuer.
        provider: String,
        /// The number it bears.
        invoice: String,
    },
    /// A month is settled.
    Settle {
        /// The month in question.
        month: Month,
        /// The kind of run.
        run: Run,
        /// The process ends on the way, and another one goes on.
        crash: Option<Crash>,
    },
    /// Finance releases what is parked in a month, confirms what waits and issues it.
    Issue {
        /// The month in question.
        month: Month,
    },
}
