//! Enums of the way from a bill to money, stored by name.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::enums::named;

named! {
    /// Where a partner's business information stands: without it nothing is billed or paid.
    Certification {
        /// Nothing was handed in.
        NotSubmitted = "NOT_SUBMITTED",
        /// The vendor reviews it.
        InReview = "IN_REVIEW",
        /// A small transfer waits to be named by the partner.
        AmountVerification = "AMOUNT_VERIFICATION",
        /// Certified: bills are made and paid.
        Certified = "CERTIFIED",
        /// Refused, with a reason.
        Failed = "FAILED",
        /// Locked after wrong answers.
        Locked = "LOCKED",
        /// A change is reviewed: nothing is paid until it is certified.
        ChangeInReview = "CHANGE_IN_REVIEW",
    }

    /// What a payment request pays.
    PaymentKind {
        /// Shares of marketplace revenue.
        Marketplace = "MARKETPLACE",
        /// Incentives.
        Incentive = "INCENTIVE",
    }

    /// How a payment request is paid.
    PayoutWay {
        /// To the certified bank account.
        BankTransfer = "BANK_TRANSFER",
        /// Onto the partner's account at the vendor.
        TopUp = "TOP_UP",
        /// The same, with the invoice owed: no invoice now.
        TopUpOwedInvoice = "TOP_UP_OWED_INVOICE",
        /// As a quota of coupons: no invoice.
        CouponQuota = "COUPON_QUOTA",
    }

    /// Where a payment request stands.
    PaymentState {
        /// Put together by the partner, not handed in.
        PendingSubmit = "PENDING_SUBMIT",
        /// The partner confirms the bill first.
        PendingConfirm = "PENDING_CONFIRM",
        /// Operations start the countersign.
        AwaitCountersign = "AWAIT_COUNTERSIGN",
        /// Approvers vote.
        Countersigning = "COUNTERSIGNING",
        /// An approver refused.
        CountersignRejected = "COUNTERSIGN_REJECTED",
        /// The product creates the payout at the gateway.
        AwaitPayout = "AWAIT_PAYOUT",
        /// The gateway did not create it.
        PayoutCreateFailed = "PAYOUT_CREATE_FAILED",
        /// The partner invoices.
        PendingInvoice = "PENDING_INVOICE",
        /// Finance reviews the invoices.
        InvoiceInReview = "INVOICE_IN_REVIEW",
        /// An invoice was refused.
        InvoiceRejected = "INVOICE_REJECTED",
        /// Finance reviews the payment.
        PaymentProcessing = "PAYMENT_PROCESSING",
        /// A second person of finance reviews it.
        PaymentRechecking = "PAYMENT_RECHECKING",
        /// Bank or payment data are wrong.
        PaymentInfoError = "PAYMENT_INFO_ERROR",
        /// Finance refused to pay.
        PayoutRejected = "PAYOUT_REJECTED",
        /// The transfer runs.
        Paying = "PAYING",
        /// The bank refused the transfer.
        PaymentFailed = "PAYMENT_FAILED",
        /// Paid.
        Paid = "PAID",
        /// The coupons or the top-up were not issued.
        CompletedWithError = "COMPLETED_WITH_ERROR",
        /// Given up: what it held can be requested again.
        Cancelled = "CANCELLED",
    }

    /// What moves a payment request from state to state.
    PaymentOperation {
        /// Made.
        Create = "CREATE",
        /// The partner hands it in.
        Submit = "SUBMIT",
        /// The partner gives a request up that it has not handed in.
        Withdraw = "WITHDRAW",
        /// The partner confirms the bill.
        Confirm = "CONFIRM",
        /// Operations open the first round.
        StartCountersign = "START_COUNTERSIGN",
        /// The last approver agreed.
        CompleteCountersign = "COMPLETE_COUNTERSIGN",
        /// An approver refused.
        RejectCountersign = "REJECT_COUNTERSIGN",
        /// Operations open another round.
        RestartCountersign = "RESTART_COUNTERSIGN",
        /// Operations void the bill.
        VoidBill = "VOID_BILL",
        /// The gateway created the payout.
        CreatePayout = "CREATE_PAYOUT",
        /// The gateway did not create it.
        FailPayoutCreation = "FAIL_PAYOUT_CREATION",
        /// Once more.
        RetryPayoutCreation = "RETRY_PAYOUT_CREATION",
        /// Coupons or top-up were issued at once, without an invoice.
        IssueDirectly = "ISSUE_DIRECTLY",
        /// They could not be issued.
        FailIssue = "FAIL_ISSUE",
        /// Once more.
        RetryIssue = "RETRY_ISSUE",
        /// Finance signed for the invoices.
        SignForInvoices = "SIGN_FOR_INVOICES",
        /// Finance passes the invoices.
        PassInvoices = "PASS_INVOICES",
        /// Finance refuses them.
        RejectInvoices = "REJECT_INVOICES",
        /// The partner replaces what was refused.
        ReplaceInvoices = "REPLACE_INVOICES",
        /// Finance approves the payment.
        ApprovePayment = "APPROVE_PAYMENT",
        /// A second person approves it.
        RecheckPayment = "RECHECK_PAYMENT",
        /// Bank or payment data are wrong.
        ReportPaymentInfo = "REPORT_PAYMENT_INFO",
        /// They are right again.
        ResumePayment = "RESUME_PAYMENT",
        /// Finance refuses to pay.
        RejectPayout = "REJECT_PAYOUT",
        /// The partner has to invoice first.
        ReopenInvoicing = "REOPEN_INVOICING",
        /// Operations hand the payment in again.
        RestartPayment = "RESTART_PAYMENT",
        /// The partner requests again.
        RequestAgain = "REQUEST_AGAIN",
        /// The bank confirms.
        SettlePayment = "SETTLE_PAYMENT",
        /// The bank refuses.
        FailPayment = "FAIL_PAYMENT",
        /// Once more.
        RetryPayment = "RETRY_PAYMENT",
    }

    /// As what somebody moves a payment request.
    PaymentActor {
        /// The product itself: worker and gateway.
        System = "SYSTEM",
        /// Vendor operations.
        Operations = "OPERATIONS",
        /// Vendor finance.
        Finance = "FINANCE",
        /// An approver of the round.
        Approver = "APPROVER",
        /// The partner whose request it is.
        Partner = "PARTNER",
    }

    /// The voice of an approver.
    CountersignVote {
        /// Agrees.
        Approve = "APPROVE",
        /// Refuses: the round is over.
        Reject = "REJECT",
    }

    /// What a payment request is made of.
    PaymentSource {
        /// Incentive that a partner may request.
        Entitlement = "ENTITLEMENT",
        /// A marketplace settlement bill.
        SettlementBill = "SETTLEMENT_BILL",
    }

    /// What an event is about.
    EventTopic {
        /// A payment request changed its state.
        PaymentRequest = "PAYMENT_REQUEST",
        /// An incentive bill changed.
        IncentiveBill = "INCENTIVE_BILL",
        /// A marketplace settlement bill changed.
        SettlementBill = "SETTLEMENT_BILL",
        /// A deadline comes near or passed.
        Deadline = "DEADLINE",
        /// Feedback on a bill.
        Feedback = "FEEDBACK",
        /// An export ended.
        Export = "EXPORT",
        /// An opportunity changed.
        Opportunity = "OPPORTUNITY",
        /// A claim of the incentive for an opportunity changed.
        PceClaim = "PCE_CLAIM",
    }

    /// An account of the ledger. Each partner has one of each in every currency; together they are zero.
    LedgerAccount {
        /// The other side of what the partner earned: never above zero as a whole.
        Earned = "EARNED",
        /// Owed to the partner and free to be requested.
        Payable = "PAYABLE",
        /// Earned, but customers have not paid yet.
        Frozen = "FROZEN",
        /// Owed by the partner, to be set off: at or below zero.
        Carried = "CARRIED",
        /// In a payment request that is under way.
        InPayout = "IN_PAYOUT",
        /// Paid out.
        Paid = "PAID",
        /// Lapsed because it was not requested in time.
        Lapsed = "LAPSED",
    }

    /// Where incentive that may be requested comes from.
    EntitlementKind {
        /// Issued with a bill.
        Earned = "EARNED",
        /// Was frozen until customers paid.
        Released = "RELEASED",
        /// What was left of negatives after something lapsed against them.
        Offset = "OFFSET",
    }

    /// Where incentive that may be requested stands; whether a request holds it, the request says.
    EntitlementState {
        /// Can be requested.
        Open = "OPEN",
        /// Lapsed: not requested in time.
        Expired = "EXPIRED",
        /// Set off.
        Offset = "OFFSET",
    }

    /// Where a frozen part of a bill stands.
    FreezeState {
        /// The customer has not paid.
        Frozen = "FROZEN",
        /// The customer paid: it can be requested.
        Released = "RELEASED",
        /// A correction of a later bill brought it instead.
        Corrected = "CORRECTED",
    }

    /// What an invoice of a partner is: a VAT special one.
    PartnerInvoiceKind {
        /// VAT special invoice on paper.
        VatSpecialPaper = "VAT_SPECIAL_PAPER",
        /// VAT special invoice, electronic.
        VatSpecialElectronic = "VAT_SPECIAL_ELECTRONIC",
        /// Fully digital special invoice.
        FullyDigitalSpecial = "FULLY_DIGITAL_SPECIAL",
    }

    /// Where an invoice of a partner stands.
    PartnerInvoiceState {
        /// Registered by the partner; on its way.
        Registered = "REGISTERED",
        /// Received by the vendor.
        SignedFor = "SIGNED_FOR",
        /// Reviewed and right.
        Passed = "PASSED",
        /// Refused; another replaces it.
        Rejected = "REJECTED",
        /// Taken back, or its request was given up.
        Withdrawn = "WITHDRAWN",
    }
}
