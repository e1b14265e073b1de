//! The kinds of deadlines, with their lengths and the people they concern: one table. PURE.

use entity::{DeadlineAudience, DeadlineKind};

/// Length of a deadline, unless whoever sets it gives its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// This many working days.
    WorkingDays(u32),
    /// Whoever sets it always says when it is due.
    Given,
}

/// The rule for all deadlines of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// People who must act, and are reminded.
    pub audience: DeadlineAudience,
    /// Time from the event that sets it to its end.
    pub length: Length,
    /// Working days before its last day on which it is reminded of.
    pub remind_before: u32,
}

const fn working_days(audience: DeadlineAudience, days: u32, remind_before: u32) -> Rule {
    Rule { audience, length: Length::WorkingDays(days), remind_before }
}

/// The table. Lengths of countersign, invoice review, payment review and payment are those the public pages name
/// as usual, as are those of verifying and accepting opportunities; the lengths of INVOICE_DUE and OPPORTUNITY_REVIEW and
/// all reminders are our own choice.
#[must_use]
pub const fn rule(kind: DeadlineKind) -> Rule {
    use DeadlineAudience::{Finance, Operations, Partner, Reviewer};
    match kind {
        DeadlineKind::BillConfirm => Rule { audience: Partner, length: Length::Given, remind_before: 3 },
        DeadlineKind::Countersign => working_days(Operations, 8, 2),
        DeadlineKind::InvoiceDue => working_days(Partner, 10, 3),
        DeadlineKind::InvoiceReview => working_days(Finance, 2, 0),
        DeadlineKind::PaymentReview => working_days(Finance, 3, 1),
        DeadlineKind::Payment => working_days(Finance, 6, 1),
        DeadlineKind::OpportunityReview => working_days(Reviewer, 5, 1),
        DeadlineKind::OpportunityVerify => working_days(Reviewer, 10, 3),
        DeadlineKind::OpportunityAccept => working_days(Partner, 3, 1),
        DeadlineKind::OpportunityProgress => {
            Rule { audience: Partner, length: Length::Given, remind_before: 0 }
        }
        DeadlineKind::PceClaimReview => working_days(Operations, 3, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reminder_leaves_a_day_to_act() {
        for kind in DeadlineKind::ALL {
            if let Length::WorkingDays(days) = rule(*kind).length {
                assert!(rule(*kind).remind_before < days, "{kind}");
            }
        }
    }
}
