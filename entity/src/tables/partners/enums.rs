//! Enums of partners.

use crate::stored::named;

named! {
    /// Kind of a partner: its place in the channel between vendor and customers.
    PartnerKind {
        /// Resells or refers directly, no reseller below it.
        SolutionProvider = "SOLUTION_PROVIDER",
        /// Tier 1: develops and manages resellers.
        Distributor = "DISTRIBUTOR",
        /// Tier 2: belongs to exactly one distributor.
        Reseller = "RESELLER",
    }

    /// State of a partner's business information: without certification nothing is billed or paid.
    Certification {
        /// Nothing was handed in.
        NotSubmitted = "NOT_SUBMITTED",
        /// The vendor reviews it.
        InReview = "IN_REVIEW",
        /// A small transfer waits to be named by the partner.
        AmountVerification = "AMOUNT_VERIFICATION",
        /// Certified: bills are made and paid.
        Certified = "CERTIFIED",
        /// Refused, with a reason.
        Failed = "FAILED",
        /// Locked after wrong answers.
        Locked = "LOCKED",
        /// A change is reviewed: nothing is paid until it is certified.
        ChangeInReview = "CHANGE_IN_REVIEW",
    }
}
