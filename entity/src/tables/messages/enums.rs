//! Enums of events and messages.

use crate::stored::named;

named! {
    /// Kind of thing that an event is about.
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
        /// A month does not become final by itself.
        SettlementMonth = "SETTLEMENT_MONTH",
    }

    /// People who are told of an event by mail.
    MessageAudience {
        /// The partner it concerns.
        Partner = "PARTNER",
        /// The vendor's operations.
        Operations = "OPERATIONS",
        /// The vendor's finance.
        Finance = "FINANCE",
        /// The approvers whose voice is waited for.
        Approver = "APPROVER",
        /// The reviewers of the office that looks after an opportunity.
        Reviewer = "REVIEWER",
    }

    /// State of a message.
    MessageState {
        /// Waits to be sent, or for its next attempt.
        Pending = "PENDING",
        /// The mail server took it.
        Sent = "SENT",
        /// Given up, with the reason.
        Failed = "FAILED",
        /// Not sent at all, with the reason: nobody to send it to, or nothing to send it by.
        Suppressed = "SUPPRESSED",
    }
}
