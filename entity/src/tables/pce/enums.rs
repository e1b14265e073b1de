//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// A partner's stage on the development path.
    PathStage {
        /// On no path.
        None = "NONE",
        /// A role is selected.
        RoleSelected = "ROLE_SELECTED",
        /// The role is validated.
        RoleValidated = "ROLE_VALIDATED",
        /// Its competency is differentiated.
        Differentiated = "DIFFERENTIATED",
    }

    /// What an offering of a partner is.
    OfferingKind {
        /// A product of the marketplace.
        MarketplaceProduct = "MARKETPLACE_PRODUCT",
        /// A solution the vendor has baselined.
        BaselineSolution = "BASELINE_SOLUTION",
    }

    /// Where a claim stands.
    PceClaimState {
        /// The vendor reviews it.
        InReview = "IN_REVIEW",
        /// Sent back: the partner may mend it and send it again.
        Rejected = "REJECTED",
        /// What it comes to is published; the partner confirms it or says what is wrong.
        PublishedToConfirm = "PUBLISHED_TO_CONFIRM",
        /// Confirmed: its payment can be requested.
        AwaitPayoutRequest = "AWAIT_PAYOUT_REQUEST",
        /// A payment request holds it.
        InPayout = "IN_PAYOUT",
        /// Paid.
        Completed = "COMPLETED",
    }

    /// What happens to a claim.
    PceClaimOperation {
        /// The partner claims.
        Create = "CREATE",
        /// The vendor publishes what it comes to.
        Publish = "PUBLISH",
        /// The vendor sends it back.
        Reject = "REJECT",
        /// The partner sends it again.
        Resubmit = "RESUBMIT",
        /// The partner finds something wrong with what was published.
        Dispute = "DISPUTE",
        /// The partner confirms what was published.
        Confirm = "CONFIRM",
        /// A payment request takes it.
        Request = "REQUEST",
        /// The payment request lets it go.
        Release = "RELEASE",
        /// It is paid.
        Pay = "PAY",
    }

    /// As what somebody acts on a claim.
    PceClaimActor {
        /// The partner that claims.
        Partner = "PARTNER",
        /// Operations of the vendor.
        Operations = "OPERATIONS",
        /// The product itself.
        System = "SYSTEM",
    }
}
