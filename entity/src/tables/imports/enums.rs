//! Enums of imports and of the payments they bring.

use crate::stored::{coded, named};

coded! {
    /// Way in which a resource is charged.
    ChargingMode {
        /// Bought for a period.
        Subscription = 1 "SUBSCRIPTION",
        /// Charged by usage.
        PayPerUse = 3 "PAY_PER_USE",
        /// Paid by a reserved instance.
        ReservedInstance = 10 "RESERVED_INSTANCE",
        /// Paid by a savings plan.
        SavingsPlan = 11 "SAVINGS_PLAN",
    }

    /// Type of bill detail of a payment, by the codes of the vendor's bill interface.
    DetailType {
        /// Purchase of a new subscription.
        New = 1 "NEW",
        /// Renewal of a subscription.
        Renew = 2 "RENEW",
        /// Change of specification.
        Change = 3 "CHANGE",
        /// Refund after unsubscribing.
        UnsubscribeRefund = 4 "UNSUBSCRIBE_REFUND",
        /// Usage that was metered.
        Usage = 5 "USAGE",
        /// Automatic renewal of a subscription.
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
        /// Purchase of a service or resource, once or again and again.
        Purchase = 2 "PURCHASE",
        /// A credit granted by the vendor: pays like a voucher, never cash.
        Credit = 3 "CREDIT",
        /// A correction by the issuer of the bill.
        Adjustment = 4 "ADJUSTMENT",
        /// Tax: kept, never counted.
        Tax = 5 "TAX",
    }

    /// Reason for which an amount counted, or did not. The order of the codes is the order of precedence, but of the last.
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
        /// Nobody decided yet whether its seller is the vendor itself; stands behind MARKETPLACE_OTHER_PARTNER.
        Unclassified = 11 "UNCLASSIFIED",
    }
}

named! {
    /// Fate of charges that are in and not in the file.
    ImportMode {
        /// They stay: the file adds charges and updates those that it names.
        Add = "ADD",
        /// They are taken back: the file is the whole truth for its accounts and months.
        Replace = "REPLACE",
        /// Nothing is written; the receipt says what replacing would do.
        ReplaceDry = "REPLACE_DRY",
    }

    /// State of an import.
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
}
