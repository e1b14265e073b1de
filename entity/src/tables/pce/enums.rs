//! Enums of PCE (partner customer engagement): membership, offerings, opportunity incentives.

use crate::stored::named;

named! {
    /// A partner's stage on the development path.
    PathStage {
        /// It is on no path.
        None = "NONE",
        /// A role is selected.
        RoleSelected = "ROLE_SELECTED",
        /// The role is validated.
        RoleValidated = "ROLE_VALIDATED",
        /// Its competency is differentiated.
        Differentiated = "DIFFERENTIATED",
    }

    /// Kind of a partner's offering.
    OfferingKind {
        /// A product of the marketplace.
        MarketplaceProduct = "MARKETPLACE_PRODUCT",
        /// A solution the vendor has baselined.
        BaselineSolution = "BASELINE_SOLUTION",
    }

    /// State of a claim of the opportunity incentive.
    PceClaimState {
        /// The vendor reviews it.
        InReview = "IN_REVIEW",
        /// Sent back: the partner may mend it and send it again.
        Rejected = "REJECTED",
        /// The vendor published the amount; the partner confirms it or says what is wrong.
        PublishedToConfirm = "PUBLISHED_TO_CONFIRM",
        /// Confirmed: its payment can be requested.
        AwaitPayoutRequest = "AWAIT_PAYOUT_REQUEST",
        /// A payment request holds it.
        InPayout = "IN_PAYOUT",
        /// The partner has its money.
        Completed = "COMPLETED",
    }

    /// Operation on a claim of the opportunity incentive, as its trail records it.
    PceClaimOperation {
        /// The partner claims.
        Create = "CREATE",
        /// The vendor publishes the amount.
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

    /// Capacity in which somebody acts on a claim.
    PceClaimActor {
        /// The partner that claims.
        Partner = "PARTNER",
        /// Operations of the vendor.
        Operations = "OPERATIONS",
        /// The product itself.
        System = "SYSTEM",
    }
}
