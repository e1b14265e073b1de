//! Enums of the programme: product policy, deadlines, tasks.

use crate::stored::{coded, named};

coded! {
    /// Rule of a month's product policy for a product: does it count as performance, does it earn?
    ProductPolicyKind {
        /// Ordinary product: it counts and earns at the ordinary rates.
        Ordinary = 0 "ORDINARY",
        /// Specific product: an incentive rate of its own may apply.
        Specific = 1 "SPECIFIC",
        /// Neither performance nor incentive.
        NoPerformance = 2 "NO_PERFORMANCE",
        /// Performance, but no incentive.
        PerformanceOnly = 13 "PERFORMANCE_ONLY",
    }
}

named! {
    /// Customers that cool off when they change their partner.
    CoolingOffCustomers {
        /// Those that the vendor does not look after by name.
        LongTail = "LONG_TAIL",
        /// All of them.
        All = "ALL",
    }

    /// Kind of thing that must have happened by a deadline.
    DeadlineKind {
        /// The partner has confirmed its incentive bill; afterwards it counts as confirmed.
        BillConfirm = "BILL_CONFIRM",
        /// The vendor's approvers have countersigned.
        Countersign = "COUNTERSIGN",
        /// The partner has sent its invoice.
        InvoiceDue = "INVOICE_DUE",
        /// Finance has reviewed the invoice.
        InvoiceReview = "INVOICE_REVIEW",
        /// Finance has reviewed the request for payment.
        PaymentReview = "PAYMENT_REVIEW",
        /// The money has been paid.
        Payment = "PAYMENT",
        /// The vendor has reviewed an opportunity; afterwards a coordinator looks after it.
        OpportunityReview = "OPPORTUNITY_REVIEW",
        /// The vendor has verified an opportunity; afterwards it is rejected.
        OpportunityVerify = "OPPORTUNITY_VERIFY",
        /// The partner has accepted an opportunity; afterwards it counts as refused.
        OpportunityAccept = "OPPORTUNITY_ACCEPT",
        /// Progress of an opportunity was told; afterwards it is stale.
        OpportunityProgress = "OPPORTUNITY_PROGRESS",
        /// The vendor has reviewed a claim of the incentive for an opportunity.
        PceClaimReview = "PCE_CLAIM_REVIEW",
    }

    /// People who must act before a deadline.
    DeadlineAudience {
        /// The partner it concerns.
        Partner = "PARTNER",
        /// Operations of the vendor.
        Operations = "OPERATIONS",
        /// Finance of the vendor.
        Finance = "FINANCE",
        /// The reviewers of the office that looks after an opportunity.
        Reviewer = "REVIEWER",
    }

    /// Result of the last turn of a recurring task of the workers.
    JobResult {
        /// It did what was due.
        Succeeded = "SUCCEEDED",
        /// It ended with an error, or had to be stopped; it is tried again before its period is over.
        Failed = "FAILED",
    }
}
