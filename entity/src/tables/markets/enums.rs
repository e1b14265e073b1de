//! Enums of the marketplace and its settlement bills.

use crate::stored::named;

named! {
    /// Category of a product of the marketplace: the vendor's fees follow from it.
    MarketplaceCategory {
        /// Goods of the marketplace.
        Goods = "GOODS",
        /// Solutions of the marketplace.
        Solutions = "SOLUTIONS",
    }

    /// Owner of a name under which bills say that something is sold.
    SellerKind {
        /// Nobody said yet: its payments wait as unclassified.
        Undecided = "UNDECIDED",
        /// One of the vendor's own names: what is sold under it is no marketplace item.
        Vendor = "VENDOR",
        /// A seller's on the marketplace, a partner's or not.
        Seller = "SELLER",
    }

    /// State of a settlement bill. What happens to its money is the state of its payment request.
    SettlementBillState {
        /// Part of a payment request.
        Billed = "BILLED",
        /// Carried forward: part of the next request that comes to more than zero.
        Carried = "CARRIED",
        /// Void: its lines can be billed again.
        Cancelled = "CANCELLED",
    }

    /// Kind of a line of a settlement bill.
    SettlementLineKind {
        /// Sales of the bill's month.
        Base = "BASE",
        /// More of an earlier month than was billed.
        Correction = "CORRECTION",
        /// Less than was billed.
        Refund = "REFUND",
        /// Difference between the bill, rounded to the smallest unit, and the sum of its lines.
        Residue = "RESIDUE",
    }

    /// Whether sales were billed.
    MarketplaceLineState {
        /// Not, or not all of it.
        NotBilled = "NOT_BILLED",
        /// All of it.
        Billed = "BILLED",
    }

    /// Reason for which sales are not billed.
    UnbilledReason {
        /// The seller's business information is not certified.
        NotCertified = "NOT_CERTIFIED",
        /// The customer has not paid.
        NotPaid = "NOT_PAID",
        /// No partner sells under this name.
        UnknownSeller = "UNKNOWN_SELLER",
        /// No terms are set for the category and month.
        NoTerms = "NO_TERMS",
        /// The month was not billed out yet.
        NotDue = "NOT_DUE",
        /// It came after the bill of the month: the next one holds it.
        NextBill = "NEXT_BILL",
        /// The bill could not be made.
        Failed = "FAILED",
    }
}
