//! Opportunities with their trails.

use entity::{opportunity, opportunity_progress, opportunity_transition};

use super::listing::Listing;
use super::predicate::Predicate;
use crate::scope::Scope;

/// Which opportunities a caller sees: a partner its own, the vendor's staff all but drafts.
#[must_use]
pub fn visible(scope: Scope) -> Predicate {
    match scope {
        Scope::All => Predicate::new("opportunity.state <> 'DRAFT'", vec![]),
        Scope::Partner(id) => Predicate::compare("opportunity.partner_id", "=", id.0),
        Scope::Customer(_) => Predicate::never(),
    }
}

/// The opportunities a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<opportunity::Model> {
    Listing::of_table("opportunity", visible(scope))
}

/// The trails of opportunities; whoever sees one sees its trail. What happened to an opportunity of the vendor before it
/// was offered to the partner that has it is not that partner's to see: others refused it.
#[must_use]
pub fn transitions(scope: Scope) -> Listing<opportunity_transition::Model> {
    let since = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(_) | Scope::Customer(_) => Predicate::new(
            "(opportunity.kind = 'PO' OR opportunity_transition.seq >= (SELECT MAX(t.seq) FROM opportunity_transition t \
             WHERE t.opportunity_id = opportunity.id AND t.operation = 'OFFER'))",
            vec![],
        ),
    };
    Listing::of_joined(
        "opportunity_transition",
        "opportunity_transition JOIN opportunity ON opportunity.id = opportunity_transition.opportunity_id",
        visible(scope).and(since),
    )
}

/// What waits for the office of `subject`, or for it as a coordinator.
#[must_use]
pub fn awaiting_review(subject: &str) -> Predicate {
    Predicate::new(
        "(opportunity.state IN ('IN_REVIEW', 'VERIFYING') AND (opportunity.office_id IN \
         (SELECT office_id FROM office_member WHERE subject = $1) OR ((opportunity.office_id IS NULL \
         OR opportunity.route = 'ESCALATED') AND EXISTS (SELECT 1 FROM pce_coordinator WHERE subject = $1))))",
        vec![subject.into()],
    )
}

/// What was told of the progress of opportunities; whoever sees one sees it all, whichever side told it.
#[must_use]
pub fn progress(scope: Scope) -> Listing<opportunity_progress::Model> {
    Listing::of_joined(
        "opportunity_progress",
        "opportunity_progress JOIN opportunity ON opportunity.id = opportunity_progress.opportunity_id",
        visible(scope),
    )
}
