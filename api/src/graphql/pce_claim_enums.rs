//! The enums of claims as GraphQL enums, by the same names.

use async_graphql::Enum;

/// Where a claim stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PceClaimState")]
pub enum PceClaimState {
    /// The vendor reviews it.
    InReview,
    /// Sent back: the partner may mend it and send it again.
    Rejected,
    /// What it comes to is published; the partner confirms it or says what is wrong.
    PublishedToConfirm,
    /// Confirmed: its payment can be requested.
    AwaitPayoutRequest,
    /// A payment request holds it.
    InPayout,
    /// Paid.
    Completed,
}

/// What happens to a claim.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PceClaimOperation")]
pub enum PceClaimOperation {
    /// The partner claims.
    Create,
    /// The vendor publishes what it comes to.
    Publish,
    /// The vendor sends it back.
    Reject,
    /// The partner sends it again.
    Resubmit,
    /// The partner finds something wrong with what was published.
    Dispute,
    /// The partner confirms what was published.
    Confirm,
    /// A payment request takes it.
    Request,
    /// The payment request lets it go.
    Release,
    /// It is paid.
    Pay,
}

/// As what somebody acts on a claim.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::PceClaimActor")]
pub enum PceClaimActor {
    /// The partner that claims.
    Partner,
    /// Operations of the vendor.
    Operations,
    /// The product itself.
    System,
}
