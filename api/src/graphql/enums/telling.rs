//! What is told, to whom, and how that went.

use async_graphql::Enum;

/// What an event is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::EventTopic")]
pub enum EventTopic {
    /// A payment request changed its state.
    PaymentRequest,
    /// An incentive bill changed.
    IncentiveBill,
    /// A marketplace settlement bill changed.
    SettlementBill,
    /// A deadline comes near or passed.
    Deadline,
    /// Feedback on a bill.
    Feedback,
    /// An export ended.
    Export,
    /// An opportunity changed.
    Opportunity,
    /// A claim of the incentive for an opportunity changed.
    PceClaim,
}

/// Who is told of an event by mail.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::MessageAudience")]
pub enum MessageAudience {
    /// The partner it concerns.
    Partner,
    /// Vendor operations.
    Operations,
    /// Vendor finance.
    Finance,
    /// The approvers whose voice is waited for.
    Approver,
    /// The reviewers of the office that looks after an opportunity.
    Reviewer,
}

/// Where a message stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::MessageState")]
pub enum MessageState {
    /// Waits to be sent, or for its next attempt.
    Pending,
    /// The mail server took it.
    Sent,
    /// Given up, with the reason.
    Failed,
    /// Not sent at all, with the reason: nobody to send it to, or nothing to send it by.
    Suppressed,
}
