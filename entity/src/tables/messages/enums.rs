//! Enums in the columns of this room.

use crate::stored::named;

named! {
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

    /// Who is told of an event by mail.
    MessageAudience {
        /// The partner it concerns.
        Partner = "PARTNER",
        /// Vendor operations.
        Operations = "OPERATIONS",
        /// Vendor finance.
        Finance = "FINANCE",
        /// The approvers whose voice is waited for.
        Approver = "APPROVER",
        /// The reviewers of the office that looks after an opportunity.
        Reviewer = "REVIEWER",
    }

    /// Where a message stands.
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
