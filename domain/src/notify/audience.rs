//! The one table of the people who are told of each event. PURE.

use entity::{EventTopic, MessageAudience};
use serde_json::Value;

use super::template::Template;
use crate::money::market::WITHHELD;
use crate::money::payout::{CONFLICT, STALLED};
use crate::opportunity::offer::keep::NOBODY_LEFT;
use crate::opportunity::progress::report::BY_VENDOR;
use crate::opportunity::progress::stale::STALE;
use crate::settlement::checklist::CLOSE_BLOCKED;

use EventTopic as On;
use MessageAudience::{Approver, Finance, Operations, Partner, Reviewer};
use Template as T;

/// Somebody is told of an event.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Kind of thing that the event is about.
    pub topic: EventTopic,
    /// Name of the event.
    pub kind: &'static str,
    /// Only these cases of it: the `kind` or `audience` of a deadline, the `by` of a confirmation, the `reason` of what
    /// is not billed, the `operation` that moved an opportunity and the state it came `from`; empty for every one.
    pub cases: &'static [&'static str],
    /// People who are told.
    pub audience: MessageAudience,
    /// By which text.
    pub template: Template,
}

const fn tell(topic: EventTopic, kind: &'static str, audience: MessageAudience, template: Template) -> Rule {
    Rule { topic, kind, cases: &[], audience, template }
}

const fn only(
    topic: EventTopic,
    kind: &'static str,
    cases: &'static [&'static str],
    audience: MessageAudience,
    template: Template,
) -> Rule {
    Rule { topic, kind, cases, audience, template }
}

/// The table, in the order of what happens.
pub const RULES: &[Rule] = &[
    tell(On::IncentiveBill, "PARKED", Finance, T::BillParked),
    tell(On::IncentiveBill, "PENDING_CONFIRM", Partner, T::BillToConfirm),
    tell(On::IncentiveBill, "RELEASED", Partner, T::BillToConfirm),
    only(On::IncentiveBill, "CONFIRMED", &["DEADLINE"], Partner, T::BillConfirmedByDeadline),
    tell(On::IncentiveBill, "ISSUED", Partner, T::BillIssued),
    tell(On::IncentiveBill, "UNFROZEN", Partner, T::IncentiveReleased),
    tell(On::IncentiveBill, "LAPSED", Partner, T::IncentiveLapsed),
    tell(On::SettlementMonth, CLOSE_BLOCKED, Operations, T::CloseBlocked),
    only(On::SettlementBill, WITHHELD, &["NOT_CERTIFIED", "FAILED"], Operations, T::SalesNotBilled),
    only(On::SettlementBill, WITHHELD, &["NO_TERMS"], Finance, T::TermsMissing),
    tell(On::Feedback, "OPENED", Operations, T::FeedbackOpened),
    tell(On::Feedback, "ANSWERED", Partner, T::FeedbackAnswered),
    tell(On::PaymentRequest, "PENDING_CONFIRM", Partner, T::SettlementBillToConfirm),
    tell(On::PaymentRequest, "AWAIT_COUNTERSIGN", Operations, T::CountersignToStart),
    tell(On::PaymentRequest, "AWAIT_COUNTERSIGN", Partner, T::PaymentUnderWay),
    tell(On::PaymentRequest, "COUNTERSIGNING", Approver, T::CountersignToVote),
    tell(On::PaymentRequest, "COUNTERSIGN_REJECTED", Operations, T::CountersignRefused),
    tell(On::PaymentRequest, "PAYOUT_CREATE_FAILED", Operations, T::PayoutNotCreated),
    tell(On::PaymentRequest, "PENDING_INVOICE", Partner, T::InvoiceWanted),
    tell(On::PaymentRequest, "INVOICE_IN_REVIEW", Finance, T::InvoiceToReview),
    tell(On::PaymentRequest, "INVOICE_REJECTED", Partner, T::InvoiceRefused),
    tell(On::PaymentRequest, "PAYMENT_PROCESSING", Finance, T::PaymentToReview),
    tell(On::PaymentRequest, "PAYMENT_RECHECKING", Finance, T::PaymentToRecheck),
    tell(On::PaymentRequest, "PAYMENT_INFO_ERROR", Partner, T::PaymentDataWrong),
    tell(On::PaymentRequest, "PAYMENT_INFO_ERROR", Operations, T::PaymentDataToMend),
    tell(On::PaymentRequest, "PAYOUT_REJECTED", Partner, T::PayoutRefused),
    tell(On::PaymentRequest, "PAYOUT_REJECTED", Operations, T::PayoutToHandle),
    tell(On::PaymentRequest, "PAYMENT_FAILED", Finance, T::TransferFailed),
    tell(On::PaymentRequest, "PAYMENT_FAILED", Operations, T::TransferFailed),
    tell(On::PaymentRequest, "PAID", Partner, T::Paid),
    tell(On::PaymentRequest, "COMPLETED_WITH_ERROR", Partner, T::IssueFailed),
    tell(On::PaymentRequest, "COMPLETED_WITH_ERROR", Operations, T::IssueToHandle),
    tell(On::PaymentRequest, "CANCELLED", Partner, T::RequestCancelled),
    tell(On::PaymentRequest, STALLED, Operations, T::PayoutStalled),
    tell(On::PaymentRequest, CONFLICT, Operations, T::PayoutConflict),
    tell(On::Opportunity, "IN_REVIEW", Reviewer, T::OpportunityToReview),
    tell(On::Opportunity, "ESCALATED", Reviewer, T::OpportunityEscalated),
    tell(On::Opportunity, "REASSIGNED", Reviewer, T::OpportunityReassigned),
    tell(On::Opportunity, "REVIEW_REJECTED", Partner, T::OpportunitySentBack),
    tell(On::Opportunity, "VERIFYING", Partner, T::OpportunityBeingVerified),
    tell(On::Opportunity, "VERIFIED", Partner, T::OpportunityVerified),
    tell(On::Opportunity, "REJECTED", Partner, T::OpportunityRejected),
    tell(On::Opportunity, "PENDING_ACCEPT", Partner, T::OpportunityOffered),
    tell(On::Opportunity, "ACCEPTED", Operations, T::OpportunityAccepted),
    tell(On::Opportunity, "REFUSED", Operations, T::OpportunityRefused),
    tell(On::Opportunity, "REFUSED_TIMEOUT", Partner, T::OpportunityTimedOut),
    only(On::Opportunity, "TO_OFFER", &["RECALL"], Partner, T::OpportunityRecalled),
    only(On::Opportunity, "CLOSED", &["PENDING_ACCEPT"], Partner, T::OpportunityRecalled),
    tell(On::Opportunity, NOBODY_LEFT, Operations, T::OpportunityNobodyLeft),
    tell(On::Opportunity, "PROGRESS", Reviewer, T::OpportunityProgress),
    tell(On::Opportunity, BY_VENDOR, Partner, T::OpportunityProgress),
    tell(On::Opportunity, STALE, Partner, T::OpportunityStale),
    tell(On::Opportunity, STALE, Reviewer, T::OpportunityStale),
    tell(On::Opportunity, "WON", Partner, T::OpportunityWon),
    tell(On::Opportunity, "WON", Reviewer, T::OpportunityWon),
    tell(On::Opportunity, "DELIVERED", Partner, T::OpportunityDelivered),
    tell(On::Opportunity, "DELIVERED", Reviewer, T::OpportunityDelivered),
    tell(On::Opportunity, "LOST", Partner, T::OpportunityEnded),
    tell(On::Opportunity, "LOST", Reviewer, T::OpportunityEnded),
    tell(On::Opportunity, "CLOSED", Partner, T::OpportunityEnded),
    tell(On::Opportunity, "CLOSED", Reviewer, T::OpportunityEnded),
    tell(On::PceClaim, "IN_REVIEW", Operations, T::ClaimToReview),
    tell(On::PceClaim, "REJECTED", Partner, T::ClaimSentBack),
    tell(On::PceClaim, "PUBLISHED_TO_CONFIRM", Partner, T::ClaimToConfirm),
    only(On::Deadline, "REMINDER", &["PARTNER"], Partner, T::DeadlineNear),
    only(On::Deadline, "REMINDER", &["OPERATIONS"], Operations, T::DeadlineNear),
    only(On::Deadline, "REMINDER", &["FINANCE"], Finance, T::DeadlineNear),
    only(On::Deadline, "REMINDER", &["REVIEWER"], Reviewer, T::DeadlineNear),
    only(On::Deadline, "DUE", &["INVOICE_DUE"], Partner, T::DeadlinePassed),
    only(On::Deadline, "DUE", &["OPERATIONS"], Operations, T::DeadlinePassed),
    only(On::Deadline, "DUE", &["FINANCE"], Finance, T::DeadlinePassed),
];

/// States of a payment request nobody is written to about: the partner made it itself, or the next state follows by
/// itself within moments.
pub const SILENT: &[&str] = &["PENDING_SUBMIT", "AWAIT_PAYOUT", "PAYING"];

/// The cases of an event, where its kind has several.
fn cases(detail: &Value) -> impl Iterator<Item = &str> {
    let keys = ["kind", "audience", "by", "reason", "operation", "from"];
    keys.into_iter().filter_map(|key| detail.get(key).and_then(Value::as_str))
}

/// The rules for an event, in the order of the table; who is named twice is told once.
pub fn rules(topic: EventTopic, kind: &str, detail: &Value) -> impl Iterator<Item = &'static Rule> {
    let matches = move |rule: &&Rule| {
        let of_case = || cases(detail).any(|case| rule.cases.contains(&case));
        rule.topic == topic && rule.kind == kind && (rule.cases.is_empty() || of_case())
    };
    RULES.iter().filter(matches)
}

/// The table of docs/domain.md.
#[must_use]
pub fn table() -> String {
    let head = "| event | what happened | told | subject |\n|---|---|---|---|\n".to_owned();
    RULES.iter().fold(head, |table, rule| {
        let cases =
            if rule.cases.is_empty() { String::new() } else { format!(" ({})", rule.cases.join(", ")) };
        let subject = rule.template.text(crate::Lang::En).0;
        let (topic, audience) = (rule.topic.name(), rule.audience.name());
        format!("{table}| {topic} | {}{cases} | {audience} | {subject} |\n", rule.kind)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use entity::{PaymentState, UnbilledReason};
    use serde_json::json;

    use super::*;

    #[test]
    fn every_state_of_a_payment_request_is_told_or_silent_on_purpose() {
        for state in PaymentState::ALL {
            let told = rules(On::PaymentRequest, state.name(), &json!({})).next().is_some();
            assert_eq!(told, !SILENT.contains(&state.name()), "{state}");
        }
        let known =
            |kind: &str| PaymentState::from_name(kind).is_some() || [STALLED, CONFLICT].contains(&kind);
        assert!(SILENT.iter().all(|kind| known(kind)));
        assert!(RULES.iter().filter(|rule| rule.topic == On::PaymentRequest).all(|rule| known(rule.kind)));
    }

    #[test]
    fn nobody_is_told_twice_of_the_same_by_the_table() {
        let mut seen = BTreeSet::new();
        for rule in RULES {
            for case in rule.cases.iter().chain(rule.cases.is_empty().then_some(&"")) {
                let key = (rule.topic.name(), rule.kind, *case, rule.audience.name());
                assert!(seen.insert(key), "{rule:?}");
            }
        }
    }

    #[test]
    fn a_confirmation_by_hand_is_not_told_and_one_by_deadline_is() {
        let told = |by: &str| rules(On::IncentiveBill, "CONFIRMED", &json!({ "by": by })).count();
        assert_eq!((told("DEADLINE"), told("PARTNER")), (1, 0));
        let none = rules(On::IncentiveBill, "CONFIRMED", &json!({})).count();
        assert_eq!(none, 0);
    }

    #[test]
    fn what_is_not_billed_goes_to_whoever_can_mend_it() {
        for reason in UnbilledReason::ALL {
            let detail = json!({ "reason": reason.name() });
            let told: Vec<_> =
                rules(On::SettlementBill, WITHHELD, &detail).map(|rule| rule.audience).collect();
            let expected: &[MessageAudience] = match reason {
                UnbilledReason::NotCertified | UnbilledReason::Failed => &[Operations],
                UnbilledReason::NoTerms => &[Finance],
                _ => &[],
            };
            assert_eq!(told, expected, "{reason}");
        }
    }

    #[test]
    fn a_reminder_goes_to_whose_deadline_it_is() {
        let told = |what: &str, kind: &str, audience: &str| {
            let detail = json!({ "kind": kind, "audience": audience });
            rules(On::Deadline, what, &detail).map(|rule| rule.audience).collect::<Vec<_>>()
        };
        assert_eq!(told("REMINDER", "BILL_CONFIRM", "PARTNER"), [Partner]);
        assert_eq!(told("REMINDER", "COUNTERSIGN", "OPERATIONS"), [Operations]);
        assert_eq!(told("DUE", "PAYMENT", "FINANCE"), [Finance]);
        assert_eq!(told("DUE", "INVOICE_DUE", "PARTNER"), [Partner]);
        // It is confirmed then, and that is told.
        assert_eq!(told("DUE", "BILL_CONFIRM", "PARTNER"), []);
    }
}
