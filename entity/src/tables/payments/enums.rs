//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// What a payment request pays.
    PaymentKind {
        /// Shares of marketplace revenue.
        Marketplace = "MARKETPLACE",
        /// Incentives.
        Incentive = "INCENTIVE",
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

    /// What a payment request is made of.
    PaymentSource {
        /// Incentive that a partner may request.
        Entitlement = "ENTITLEMENT",
        /// A marketplace settlement bill.
        SettlementBill = "SETTLEMENT_BILL",
    }

    /// The voice of an approver.
    CountersignVote {
        /// Agrees.
        Approve = "APPROVE",
        /// Refuses: the round is over.
        Reject = "REJECT",
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
