//! Enums of payment requests, their countersign and their invoices.

use crate::stored::named;

named! {
    /// Kind of money that a payment request pays.
    PaymentKind {
        /// Shares of marketplace revenue.
        Marketplace = "MARKETPLACE",
        /// Incentives that the partner may request.
        Incentive = "INCENTIVE",
    }

    /// State of a payment request.
    PaymentState {
        /// Put together by the partner, not handed in.
        PendingSubmit = "PENDING_SUBMIT",
        /// The partner confirms the bill first.
        PendingConfirm = "PENDING_CONFIRM",
        /// Operations start the countersign.
        AwaitCountersign = "AWAIT_COUNTERSIGN",
        /// The approvers vote.
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
        /// The partner has its money.
        Paid = "PAID",
        /// The coupons or the top-up were not issued.
        CompletedWithError = "COMPLETED_WITH_ERROR",
        /// Given up: what it held can be requested again.
        Cancelled = "CANCELLED",
    }

    /// Operation that moves a payment request from state to state.
    PaymentOperation {
        /// The request was made.
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
        /// The gateway is asked to create the payout once more.
        RetryPayoutCreation = "RETRY_PAYOUT_CREATION",
        /// Coupons or top-up were issued at once, without an invoice.
        IssueDirectly = "ISSUE_DIRECTLY",
        /// They could not be issued.
        FailIssue = "FAIL_ISSUE",
        /// Operations have the coupons or the top-up issued once more.
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
        /// The gateway is asked for the transfer once more.
        RetryPayment = "RETRY_PAYMENT",
    }

    /// Capacity in which somebody moves a payment request.
    PaymentActor {
        /// The product itself: worker and gateway.
        System = "SYSTEM",
        /// The vendor's operations.
        Operations = "OPERATIONS",
        /// The vendor's finance.
        Finance = "FINANCE",
        /// An approver of the round.
        Approver = "APPROVER",
        /// The partner whose request it is.
        Partner = "PARTNER",
    }

    /// Kind of thing that a payment request pays.
    PaymentSource {
        /// Incentive that a partner may request.
        Entitlement = "ENTITLEMENT",
        /// A marketplace settlement bill.
        SettlementBill = "SETTLEMENT_BILL",
    }

    /// The vote of an approver.
    CountersignVote {
        /// The approver agrees.
        Approve = "APPROVE",
        /// The approver refuses: the round is over.
        Reject = "REJECT",
    }

    /// Kind of a partner's invoice: one of the VAT special ones.
    PartnerInvoiceKind {
        /// VAT special invoice on paper.
        VatSpecialPaper = "VAT_SPECIAL_PAPER",
        /// VAT special invoice, electronic.
        VatSpecialElectronic = "VAT_SPECIAL_ELECTRONIC",
        /// Fully digital special invoice.
        FullyDigitalSpecial = "FULLY_DIGITAL_SPECIAL",
    }

    /// State of a partner's invoice to the vendor.
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
