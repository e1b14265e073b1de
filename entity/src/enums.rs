//! Enums stored in columns. Facts and lines store small integers (the source's own codes where it has
//! them); everything an operator reads with SQL stores its name.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Declares enums stored by code in a SMALLINT column, with their names for texts and JSON.
macro_rules! coded {
    ($($(#[doc = $doc:literal])+ $name:ident {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $code:literal $text:literal),+ $(,)?
    })+) => {$(
        $crate::listed! {
            $(#[doc = $doc])+
            $name as stringify!($name); [
                derive(PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize),
                sea_orm(rs_type = "i16", db_type = "SmallInteger"),
            ] {
                $($(#[doc = $vdoc])+ $variant [serde(rename = $text), sea_orm(num_value = $code)] ($code) = $text,)+
            }
        }

        impl $name {
            /// The value with this code.
            #[must_use]
            pub const fn from_code(code: i16) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The stored code.
            #[must_use]
            pub const fn code(self) -> i16 { self as i16 }
        }
    )+};
}

/// Declares enums stored by name in a TEXT column.
macro_rules! named {
    ($($(#[doc = $doc:literal])+ $name:ident {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $text:literal),+ $(,)?
    })+) => {$(
        $crate::listed! {
            $(#[doc = $doc])+
            $name as stringify!($name); [
                derive(PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize),
                sea_orm(rs_type = "String", db_type = "Text"),
            ] {
                $($(#[doc = $vdoc])+ $variant [serde(rename = $text), sea_orm(string_value = $text)] = $text,)+
            }
        }

        impl $name {
            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    )+};
}
pub(crate) use named;

coded! {
    /// How a customer is associated with a partner. Source codes: 1 consulting, 2 resale.
    AssociationMode {
        /// The customer trades with the vendor (顾问销售).
        Consulting = 1 "CONSULTING",
        /// The customer trades with the partner (代售).
        Resale = 2 "RESALE",
    }

    /// How a resource is charged.
    ChargingMode {
        /// Bought for a period.
        Subscription = 1 "SUBSCRIPTION",
        /// Charged by usage.
        PayPerUse = 3 "PAY_PER_USE",
        /// Reserved instance.
        ReservedInstance = 10 "RESERVED_INSTANCE",
        /// Savings plan.
        SavingsPlan = 11 "SAVINGS_PLAN",
    }

    /// What kind of bill detail a payment is. Codes of the vendor's bill interface.
    DetailType {
        /// New purchase.
        New = 1 "NEW",
        /// Renewal.
        Renew = 2 "RENEW",
        /// Change of specification.
        Change = 3 "CHANGE",
        /// Refund after unsubscribing.
        UnsubscribeRefund = 4 "UNSUBSCRIBE_REFUND",
        /// Usage.
        Usage = 5 "USAGE",
        /// Automatic renewal.
        AutoRenew = 8 "AUTO_RENEW",
        /// Adjustment in the customer's favour.
        AdjustmentCompensation = 9 "ADJUSTMENT_COMPENSATION",
        /// Support plan, charged at the end of the month.
        SupportPlan = 14 "SUPPORT_PLAN",
        /// Adjustment against the customer.
        AdjustmentDeduction = 16 "ADJUSTMENT_DEDUCTION",
        /// Monthly payment of a subscription.
        MonthlyPayment = 18 "MONTHLY_PAYMENT",
        /// Refund after a change.
        ChangeRefund = 20 "CHANGE_REFUND",
        /// Deduction by a savings plan.
        SavingsPlanDeduction = 23 "SAVINGS_PLAN_DEDUCTION",
        /// Refund when a subscription becomes pay-per-use.
        ToPayPerUseRefund = 24 "TO_PAY_PER_USE_REFUND",
        /// Catch-up of rounding differences.
        RoundingCatchUp = 25 "ROUNDING_CATCH_UP",
        /// Yearly payment of a subscription.
        YearlyPayment = 103 "YEARLY_PAYMENT",
    }

    /// The highest-level kind of a charge (FOCUS `ChargeCategory`).
    ChargeCategory {
        /// Use of a resource.
        Usage = 1 "USAGE",
        /// A purchase.
        Purchase = 2 "PURCHASE",
        /// A credit granted by the vendor: pays like a voucher, never cash.
        Credit = 3 "CREDIT",
        /// A correction by the issuer of the bill.
        Adjustment = 4 "ADJUSTMENT",
        /// Tax: kept, never counted.
        Tax = 5 "TAX",
    }

    /// Why an amount counted, or did not. The order of the codes is the order of precedence.
    Reason {
        /// Cash of a settled, paid consumption: it is performance.
        Counted = 0 "COUNTED",
        /// Tax is never performance.
        Tax = 1 "TAX",
        /// No partner had the customer when it was consumed.
        NoPartner = 2 "NO_PARTNER",
        /// The customer is an internal account of the vendor.
        InternalAccount = 3 "INTERNAL_ACCOUNT",
        /// The customer was re-bound and the new partner is in its cooling-off time.
        CoolingOff = 4 "COOLING_OFF",
        /// A marketplace item whose service partner is not the customer's partner.
        MarketplaceOtherPartner = 5 "MARKETPLACE_OTHER_PARTNER",
        /// Not paid yet: an unsettled invoice, credit or debt.
        Unpaid = 6 "UNPAID",
        /// Paid by voucher.
        Voucher = 7 "VOUCHER",
        /// Paid by cash coupon, which the programme does not count.
        CashCoupon = 8 "CASH_COUPON",
        /// Paid from bonus money or written off by the vendor.
        NotCash = 9 "NOT_CASH",
        /// It would count, but the product policy of the month excludes the product.
        ProductPolicy = 10 "PRODUCT_POLICY",
    }

    /// What the product policy of a month says about a product.
    ProductPolicyKind {
        /// Ordinary product.
        Ordinary = 0 "ORDINARY",
        /// Specific product: an incentive rate of its own may apply.
        Specific = 1 "SPECIFIC",
        /// Neither performance nor incentive.
        NoPerformance = 2 "NO_PERFORMANCE",
        /// Performance, but no incentive.
        PerformanceOnly = 13 "PERFORMANCE_ONLY",
    }
}

named! {
    /// What a partner is.
    PartnerKind {
        /// Resells or refers directly, no reseller below it.
        SolutionProvider = "SOLUTION_PROVIDER",
        /// Tier 1: develops and manages resellers.
        Distributor = "DISTRIBUTOR",
        /// Tier 2: belongs to exactly one distributor.
        Reseller = "RESELLER",
    }

    /// Where an import stands.
    ImportState {
        /// Created; waits for the file.
        AwaitingUpload = "AWAITING_UPLOAD",
        /// The file is here; waits for a worker.
        Pending = "PENDING",
        /// Rows are being taken in.
        Running = "RUNNING",
        /// Every row is accounted for.
        Completed = "COMPLETED",
        /// Stopped with an error; can be resumed with the same file.
        Failed = "FAILED",
    }

    /// Where a month stands.
    MonthState {
        /// Facts come in.
        Open = "OPEN",
        /// At least one estimate was made.
        Estimated = "ESTIMATED",
        /// The draft was made: feedback is taken.
        Draft = "DRAFT",
        /// Closed for ever: what comes later is a correction in an open month.
        Final = "FINAL",
    }

    /// What a settlement run makes.
    RunKind {
        /// Bills as they look so far.
        Estimate = "ESTIMATE",
        /// The reviewed draft of the month.
        Draft = "DRAFT",
        /// The final books of the month.
        Final = "FINAL",
    }

    /// How a recurring task of the workers ended.
    TaskResult {
        /// It did what was due.
        Succeeded = "SUCCEEDED",
        /// It ended with an error, or had to be stopped; it is tried again before its period is over.
        Failed = "FAILED",
    }

    /// Where a settlement run stands.
    RunState {
        /// Waits for a worker.
        Pending = "PENDING",
        /// A worker holds its lease.
        Running = "RUNNING",
        /// Stopped by an operator; can be resumed.
        Paused = "PAUSED",
        /// Everything written and proved.
        Succeeded = "SUCCEEDED",
        /// Stopped with an error; can be resumed.
        Failed = "FAILED",
        /// Given up by an operator.
        Cancelled = "CANCELLED",
    }

    /// Which step of a run comes next.
    RunPhase {
        /// Fix the cut-off, recompute dirty customers, take the input digest.
        Freeze = "FREEZE",
        /// Sum the lines and write the bills, shard by shard of the partners.
        Bill = "BILL",
        /// Check the control totals and move the month.
        Close = "CLOSE",
    }

    /// Where a shard of a run stands.
    ShardState {
        /// Not done.
        Pending = "PENDING",
        /// Done.
        Done = "DONE",
        /// Failed too often; set aside with its error.
        Quarantined = "QUARANTINED",
    }

    /// Where an incentive bill stands (incentive reconciliation).
    BillState {
        /// Forecast.
        Estimated = "ESTIMATED",
        /// Formal bill, far off the partner's recent ones; waits for the vendor's review.
        Parked = "PARKED",
        /// Formal bill; waits for the partner.
        PendingConfirm = "PENDING_CONFIRM",
        /// Confirmed; vendor operations issue it.
        Issuing = "ISSUING",
        /// Issued: payment can be requested.
        Issued = "ISSUED",
    }

    /// Why a bill is parked for review: how it lies to what is usual for its partner.
    ParkedCode {
        /// More than the factor above what is usual.
        AboveUsual = "ABOVE_USUAL",
        /// Less than what is usual divided by the factor.
        BelowUsual = "BELOW_USUAL",
        /// Below zero, where the usual is not.
        Negative = "NEGATIVE",
    }

    /// Where feedback on a bill stands.
    FeedbackState {
        /// Waits for the vendor's answer.
        Open = "OPEN",
        /// The partner was right.
        Accepted = "ACCEPTED",
        /// The bill was right.
        Rejected = "REJECTED",
        /// Taken back by the partner.
        Withdrawn = "WITHDRAWN",
    }

    /// What must have happened by a deadline.
    DeadlineKind {
        /// The partner has confirmed its incentive bill; afterwards it counts as confirmed.
        BillConfirm = "BILL_CONFIRM",
        /// The vendor's approvers have countersigned.
        Countersign = "COUNTERSIGN",
        /// The partner has sent its invoice.
        InvoiceDue = "INVOICE_DUE",
        /// Finance has reviewed the invoice.
        InvoiceReview = "INVOICE_REVIEW",
        /// Finance has reviewed the request for payment.
        PaymentReview = "PAYMENT_REVIEW",
        /// The money has been paid.
        Payment = "PAYMENT",
        /// The vendor has reviewed an opportunity; afterwards a coordinator looks after it.
        OpportunityReview = "OPPORTUNITY_REVIEW",
        /// The vendor has verified an opportunity; afterwards it is rejected.
        OpportunityVerify = "OPPORTUNITY_VERIFY",
        /// The partner has accepted an opportunity; afterwards it counts as refused.
        OpportunityAccept = "OPPORTUNITY_ACCEPT",
        /// Progress of an opportunity was told; afterwards it is stale.
        OpportunityProgress = "OPPORTUNITY_PROGRESS",
        /// The vendor has reviewed a claim of the incentive for an opportunity.
        PceClaimReview = "PCE_CLAIM_REVIEW",
    }

    /// Who must act before a deadline.
    DeadlineAudience {
        /// The partner it concerns.
        Partner = "PARTNER",
        /// Operations of the vendor.
        Operations = "OPERATIONS",
        /// Finance of the vendor.
        Finance = "FINANCE",
        /// The reviewers of the office that looks after an opportunity.
        Reviewer = "REVIEWER",
    }

    /// What a line of an incentive bill is.
    BillLineKind {
        /// Performance of the bill's own month.
        Base = "BASE",
        /// Correction of a closed month.
        Correction = "CORRECTION",
        /// What rounding the lines left over.
        Residue = "RESIDUE",
    }
}
