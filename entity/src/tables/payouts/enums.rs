//! Enums of payouts, of the gateway's sandbox and of the ledger.

use crate::stored::named;

named! {
    /// Way in which a payment request is paid.
    PayoutWay {
        /// To the certified bank account.
        BankTransfer = "BANK_TRANSFER",
        /// Onto the partner's account at the vendor.
        TopUp = "TOP_UP",
        /// Onto the partner's account at the vendor, before it invoices: the invoice is owed.
        TopUpOwedInvoice = "TOP_UP_OWED_INVOICE",
        /// As a quota of coupons: no invoice.
        CouponQuota = "COUPON_QUOTA",
    }

    /// Step that a gateway is asked for.
    PayoutStep {
        /// Create the payout: the partner can invoice for it.
        Create = "CREATE",
        /// Issue coupons or a top-up at once, without an invoice.
        Issue = "ISSUE",
        /// Pay what was created.
        Pay = "PAY",
    }

    /// State of an order to the gateway.
    PayoutOrderState {
        /// To be sent, or sent without an answer.
        Pending = "PENDING",
        /// The gateway has it; the end is awaited.
        Sent = "SENT",
        /// The gateway confirmed that it happened.
        Done = "DONE",
        /// Refused: it did not happen.
        Failed = "FAILED",
        /// No answer for too long; the same order is taken up again by the next try.
        GivenUp = "GIVEN_UP",
    }

    /// Outcome of a message from the gateway.
    PayoutCallbackOutcome {
        /// It moved a request.
        Applied = "APPLIED",
        /// It did not, and the detail says why.
        Ignored = "IGNORED",
        /// It came before what it tells of.
        Waiting = "WAITING",
    }

    /// Behaviour of the sandbox gateway towards a partner.
    PayoutSandboxOutcome {
        /// Every step succeeds.
        Succeed = "SUCCEED",
        /// Payouts are refused.
        CreateRefused = "CREATE_REFUSED",
        /// No answer when a payout is to be created.
        CreateTimeout = "CREATE_TIMEOUT",
        /// Coupons and top-ups are not issued.
        IssueFailed = "ISSUE_FAILED",
        /// Payments are refused at once.
        PaymentRefused = "PAYMENT_REFUSED",
        /// Payments are taken and fail later, because of the bank data.
        InfoError = "INFO_ERROR",
        /// Payments succeed, but nobody is told: only asking finds out.
        LostCallback = "LOST_CALLBACK",
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
        /// Paid out to the partner.
        Paid = "PAID",
        /// Lapsed because it was not requested in time.
        Lapsed = "LAPSED",
    }
}

impl PayoutOrderState {
    /// `true` while something is to come.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Pending | Self::Sent)
    }
}
