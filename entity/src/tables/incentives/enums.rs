//! Enums of incentive bills and of what can be requested from them.

use crate::stored::named;

named! {
    /// State of an incentive bill (incentive reconciliation).
    BillState {
        /// Forecast of a month that is not final; each run replaces it.
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

    /// Kind of a line of an incentive bill.
    BillLineKind {
        /// Performance of the bill's own month.
        Base = "BASE",
        /// Correction of a closed month.
        Correction = "CORRECTION",
        /// Difference between the rounded bill and the sum of its lines.
        Residue = "RESIDUE",
    }

    /// Reason for which a bill is parked for review: its relation to the partner's usual bill.
    ParkedCode {
        /// More than the factor above what is usual.
        AboveUsual = "ABOVE_USUAL",
        /// Less than what is usual divided by the factor.
        BelowUsual = "BELOW_USUAL",
        /// Below zero, where the usual is not.
        Negative = "NEGATIVE",
    }

    /// State of a partner's feedback on a bill.
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

    /// Origin of incentive that may be requested.
    EntitlementKind {
        /// Issued together with its bill.
        Earned = "EARNED",
        /// Withheld until customers paid.
        Released = "RELEASED",
        /// Rest of negatives, after something lapsed against them.
        Offset = "OFFSET",
    }

    /// State of incentive that may be requested; whether a payment request holds it, the request says.
    EntitlementState {
        /// It can be requested.
        Open = "OPEN",
        /// Lapsed: not requested in time.
        Expired = "EXPIRED",
        /// Set off against what the partner owes.
        Offset = "OFFSET",
    }

    /// State of a withheld part of a bill.
    FreezeState {
        /// The customer has not paid.
        Frozen = "FROZEN",
        /// The customer paid: it can be requested.
        Released = "RELEASED",
        /// A correction of a later bill brought it instead.
        Corrected = "CORRECTED",
    }
}
