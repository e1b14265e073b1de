//! The enums of the tables as GraphQL enums, by the same names.

use async_graphql::Enum;

mod deadline;
mod telling;

pub use deadline::*;
pub use telling::*;

/// How a customer is associated with a partner. Source codes: 1 consulting, 2 resale.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::AssociationMode")]
pub enum AssociationMode {
    /// The customer trades with the vendor (顾问销售).
    Consulting,
    /// The customer trades with the partner (代售).
    Resale,
}

/// How a resource is charged.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ChargingMode")]
pub enum ChargingMode {
    /// Bought for a period.
    Subscription,
    /// Charged by usage.
    PayPerUse,
    /// Reserved instance.
    ReservedInstance,
    /// Savings plan.
    SavingsPlan,
}

/// What kind of bill detail a payment is. Codes of the vendor's bill interface.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::DetailType")]
pub enum DetailType {
    /// New purchase.
    New,
    /// Renewal.
    Renew,
    /// Change of specification.
    Change,
    /// Refund after unsubscribing.
    UnsubscribeRefund,
    /// Usage.
    Usage,
    /// Automatic renewal.
    AutoRenew,
    /// Adjustment in the customer's favour.
    AdjustmentCompensation,
    /// Support plan, charged at the end of the month.
    SupportPlan,
    /// Adjustment against the customer.
    AdjustmentDeduction,
    /// Monthly payment of a subscription.
    MonthlyPayment,
    /// Refund after a change.
    ChangeRefund,
    /// Deduction by a savings plan.
    SavingsPlanDeduction,
    /// Refund when a subscription becomes pay-per-use.
    ToPayPerUseRefund,
    /// Catch-up of rounding differences.
    RoundingCatchUp,
    /// Yearly payment of a subscription.
    YearlyPayment,
}

/// The highest-level kind of a charge (FOCUS `ChargeCategory`).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ChargeCategory")]
pub enum ChargeCategory {
    /// Use of a resource.
    Usage,
    /// A purchase.
    Purchase,
    /// A credit granted by the vendor: pays like a voucher, never cash.
    Credit,
    /// A correction by the issuer of the bill.
    Adjustment,
    /// Tax: kept, never counted.
    Tax,
}

/// Why an amount counted, or did not. The order of the codes is the order of precedence.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::Reason")]
pub enum Reason {
    /// Cash of a settled, paid consumption: it is performance.
    Counted,
    /// Tax is never performance.
    Tax,
    /// No partner had the customer when it was consumed.
    NoPartner,
    /// The customer is an internal account of the vendor.
    InternalAccount,
    /// The customer was re-bound and the new partner is in its cooling-off time.
    CoolingOff,
    /// A marketplace item whose service partner is not the customer's partner.
    MarketplaceOtherPartner,
    /// Not paid yet: an unsettled invoice, credit or debt.
    Unpaid,
    /// Paid by voucher.
    Voucher,
    /// Paid by cash coupon, which the programme does not count.
    CashCoupon,
    /// Paid from bonus money or written off by the vendor.
    NotCash,
    /// It would count, but the product policy of the month excludes the product.
    ProductPolicy,
}

/// What the product policy of a month says about a product.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ProductPolicyKind")]
pub enum ProductPolicyKind {
    /// Ordinary product.
    Ordinary,
    /// Specific product: an incentive rate of its own may apply.
    Specific,
    /// Neither performance nor incentive.
    NoPerformance,
    /// Performance, but no incentive.
    PerformanceOnly,
}

/// What a partner is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PartnerKind")]
pub enum PartnerKind {
    /// Resells or refers directly, no reseller below it.
    SolutionProvider,
    /// Tier 1: develops and manages resellers.
    Distributor,
    /// Tier 2: belongs to exactly one distributor.
    Reseller,
}

/// Where an import stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ImportState")]
pub enum ImportState {
    /// Created; waits for the file.
    AwaitingUpload,
    /// The file is here; waits for a worker.
    Pending,
    /// Rows are being taken in.
    Running,
    /// Every row is accounted for.
    Completed,
    /// Stopped with an error; can be resumed with the same file.
    Failed,
}

/// What a stored file is for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::FilePurpose")]
pub enum FilePurpose {
    /// The invoice of a partner to the vendor.
    PartnerInvoice,
    /// What an export wrote.
    Export,
    /// Belongs to a question or complaint.
    Feedback,
    /// Attached to an opportunity.
    Opportunity,
}

/// Where a stored file stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::FileState")]
pub enum FileState {
    /// Announced; waits for its bytes.
    AwaitingUpload,
    /// Its bytes are there.
    Stored,
    /// Its bytes are gone, or never came.
    Deleted,
}

/// What an export writes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ExportWhat")]
pub enum ExportWhat {
    /// Performance lines.
    PerformanceLines,
    /// Payments.
    Payments,
    /// Incentive bills.
    IncentiveBills,
    /// Lines of incentive bills.
    IncentiveBillLines,
    /// Payment requests.
    PaymentRequests,
    /// Opportunities; for the vendor's staff with their persons masked.
    Opportunities,
}

/// How an export is written.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ExportFormat")]
pub enum ExportFormat {
    /// CSV after RFC 4180, UTF-8 with a byte order mark.
    Csv,
    /// The same, compressed with gzip.
    CsvGzip,
    /// One JSON object a line.
    Ndjson,
}

/// Where an export stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ExportState")]
pub enum ExportState {
    /// Waits for a worker, or for its next try.
    Pending,
    /// Rows are being written.
    Running,
    /// The file is there.
    Completed,
    /// Given up.
    Failed,
    /// Its file is gone.
    Expired,
}

/// Where a month stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::MonthState")]
pub enum MonthState {
    /// Facts come in.
    Open,
    /// At least one estimate was made.
    Estimated,
    /// The draft was made: feedback is taken.
    Draft,
    /// Closed for ever: what comes later is a correction in an open month.
    Final,
}

/// What a settlement run makes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::RunKind")]
pub enum RunKind {
    /// Bills as they look so far.
    Estimate,
    /// The reviewed draft of the month.
    Draft,
    /// The final books of the month.
    Final,
}

/// Where a settlement run stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::RunState")]
pub enum RunState {
    /// Waits for a worker.
    Pending,
    /// A worker holds its lease.
    Running,
    /// Stopped by an operator; can be resumed.
    Paused,
    /// Everything written and proved.
    Succeeded,
    /// Stopped with an error; can be resumed.
    Failed,
    /// Given up by an operator.
    Cancelled,
}

/// Which step of a run comes next.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::RunPhase")]
pub enum RunPhase {
    /// Fix the cut-off, recompute dirty customers, take the input digest.
    Freeze,
    /// Sum the lines and write the bills, shard by shard of the partners.
    Bill,
    /// Check the control totals and move the month.
    Close,
}

/// Where a shard of a run stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ShardState")]
pub enum ShardState {
    /// Not done.
    Pending,
    /// Done.
    Done,
    /// Failed too often; set aside with its error.
    Quarantined,
}

/// Where an incentive bill stands (incentive reconciliation).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::BillState")]
pub enum BillState {
    /// Forecast.
    Estimated,
    /// Formal bill, far off the partner's recent ones; waits for the vendor's review.
    Parked,
    /// Formal bill; waits for the partner.
    PendingConfirm,
    /// Confirmed; vendor operations issue it.
    Issuing,
    /// Issued: payment can be requested.
    Issued,
}

/// Why a bill is parked for review: how it lies to what is usual for its partner.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::ParkedCode")]
pub enum ParkedCode {
    /// More than the factor above what is usual.
    AboveUsual,
    /// Less than what is usual divided by the factor.
    BelowUsual,
    /// Below zero, where the usual is not.
    Negative,
}

/// Where feedback on a bill stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::FeedbackState")]
pub enum FeedbackState {
    /// Waits for the vendor's answer.
    Open,
    /// The partner was right.
    Accepted,
    /// The bill was right.
    Rejected,
    /// Taken back by the partner.
    Withdrawn,
}

/// What a line of an incentive bill is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::BillLineKind")]
pub enum BillLineKind {
    /// Performance of the bill's own month.
    Base,
    /// Correction of a closed month.
    Correction,
    /// What rounding the lines left over.
    Residue,
}
