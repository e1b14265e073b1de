//! Enums of telling people, stored by name.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use crate::enums::named;

named! {
    /// Who is told of an event by mail.
    MessageAudience {
        /// The partner it concerns.
        Partner = "PARTNER",
        /// Vendor operations.
        Operations = "OPERATIONS",
        /// Vendor finance.
        Finance = "FINANCE",
        /// The approvers whose voice is waited for.
        Approver = "APPROVER",
        /// The reviewers of the office that looks after an opportunity.
        Reviewer = "REVIEWER",
    }

    /// Where a message stands.
    MessageState {
        /// Waits to be sent, or for its next attempt.
        Pending = "PENDING",
        /// The mail server took it.
        Sent = "SENT",
        /// Given up, with the reason.
        Failed = "FAILED",
        /// Not sent at all, with the reason: nobody to send it to, or nothing to send it by.
        Suppressed = "SUPPRESSED",
    }
}
