//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// Where an incentive bill stands (incentive reconciliation).
    BillState {
        /// Forecast.
        Estimated = "ESTIMATED",
        /// Formal bill, far off the partner's recent ones; waits for the vendor's review.
        Parked = "PARKED",
        /// Formal bill; waits for the partner.
        PendingConfirm = "PENDING_CONFIRM",
        /// Confirmed; vendor operations issue it.
        Issuing = "ISSUING",
        /// Issued: payment can be requested.
        Issued = "ISSUED",
    }

    /// What a line of an incentive bill is.
    BillLineKind {
        /// Performance of the bill's own month.
        Base = "BASE",
        /// Correction of a closed month.
        Correction = "CORRECTION",
        /// What rounding the lines left over.
        Residue = "RESIDUE",
    }

    /// Why a bill is parked for review: how it lies to what is usual for its partner.
    ParkedCode {
        /// More than the factor above what is usual.
        AboveUsual = "ABOVE_USUAL",
        /// Less than what is usual divided by the factor.
        BelowUsual = "BELOW_USUAL",
        /// Below zero, where the usual is not.
        Negative = "NEGATIVE",
    }

    /// Where feedback on a bill stands.
    FeedbackState {
        /// Waits for the vendor's answer.
        Open = "OPEN",
        /// The partner was right.
        Accepted = "ACCEPTED",
        /// The bill was right.
        Rejected = "REJECTED",
        /// Taken back by the partner.
        Withdrawn = "WITHDRAWN",
    }

    /// Where incentive that may be requested comes from.
    EntitlementKind {
        /// Issued with a bill.
        Earned = "EARNED",
        /// Was frozen until customers paid.
        Released = "RELEASED",
        /// What was left of negatives after something lapsed against them.
        Offset = "OFFSET",
    }

    /// Where incentive that may be requested stands; whether a request holds it, the request says.
    EntitlementState {
        /// Can be requested.
        Open = "OPEN",
        /// Lapsed: not requested in time.
        Expired = "EXPIRED",
        /// Set off.
        Offset = "OFFSET",
    }

    /// Where a frozen part of a bill stands.
    FreezeState {
        /// The customer has not paid.
        Frozen = "FROZEN",
        /// The customer paid: it can be requested.
        Released = "RELEASED",
        /// A correction of a later bill brought it instead.
        Corrected = "CORRECTED",
    }
}
