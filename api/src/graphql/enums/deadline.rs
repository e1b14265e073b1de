//! What deadlines there are, and for whom.

use async_graphql::Enum;

/// What must have happened by a deadline.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::DeadlineKind")]
pub enum DeadlineKind {
    /// The partner has confirmed its incentive bill; afterwards it counts as confirmed.
    BillConfirm,
    /// The vendor's approvers have countersigned.
    Countersign,
    /// The partner has sent its invoice.
    InvoiceDue,
    /// Finance has reviewed the invoice.
    InvoiceReview,
    /// Finance has reviewed the request for payment.
    PaymentReview,
    /// The money has been paid.
    Payment,
    /// The vendor has reviewed an opportunity; afterwards a coordinator looks after it.
    OpportunityReview,
    /// The vendor has verified an opportunity; afterwards it is rejected.
    OpportunityVerify,
    /// The partner has accepted an opportunity; afterwards it counts as refused.
    OpportunityAccept,
    /// Progress of an opportunity was told; afterwards it is stale.
    OpportunityProgress,
    /// The vendor has reviewed a claim of the incentive for an opportunity.
    PceClaimReview,
}

/// Who must act before a deadline.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::DeadlineAudience")]
pub enum DeadlineAudience {
    /// The partner it concerns.
    Partner,
    /// Operations of the vendor.
    Operations,
    /// Finance of the vendor.
    Finance,
    /// The reviewers of the office that looks after an opportunity.
    Reviewer,
}
