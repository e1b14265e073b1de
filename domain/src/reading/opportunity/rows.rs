//! Opportunities with their trails, what is said of them and attached to them, and the views people keep.

use entity::{
    opportunity, opportunity_comment, opportunity_file, opportunity_progress, opportunity_transition,
    opportunity_view,
};

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// Which opportunities a caller sees: a partner its own, the vendor's staff all but drafts.
#[must_use]
pub fn visible(scope: Scope) -> Predicate {
    match scope {
        Scope::All => Predicate::new("opportunity.state <> 'DRAFT'", vec![]),
        Scope::Partner(id, _) => Predicate::compare("opportunity.partner_id", "=", id.0),
        Scope::Customer(_) => Predicate::never(),
    }
}

/// The opportunities a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<opportunity::Model> {
    Listing::of("opportunity", visible(scope))
}

/// The trails of opportunities; whoever sees one sees its trail. What happened to an opportunity of the vendor before it
/// was offered to the partner that has it is not that partner's to see: others refused it; nor is who of the vendor works on
/// one.
#[must_use]
pub fn transitions(scope: Scope) -> Listing<opportunity_transition::Model> {
    let since = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(..) | Scope::Customer(_) => Predicate::new(
            "(opportunity.kind = 'PO' OR opportunity_transition.seq >= (SELECT MAX(t.seq) FROM opportunity_transition t \
             WHERE t.opportunity_id = opportunity.id AND t.operation = 'OFFER')) \
             AND opportunity_transition.operation NOT IN ('CLAIM', 'RELEASE', 'REASSIGN')",
            vec![],
        ),
    };
    Listing::of(
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
    Listing::of(
        "opportunity_progress JOIN opportunity ON opportunity.id = opportunity_progress.opportunity_id",
        visible(scope),
    )
}

/// Opportunities the caller itself is at work on: for the vendor's staff those it claimed, for a partner's those it made.
#[must_use]
pub fn mine(scope: Scope, subject: &str) -> Predicate {
    let column =
        if matches!(scope, Scope::All) { "opportunity.claimed_by" } else { "opportunity.created_by" };
    Predicate::compare(column, "=", subject)
}

/// What is said of opportunities; partners read what is not internal and was said while they had it, or nobody.
#[must_use]
pub fn comments(scope: Scope) -> Listing<opportunity_comment::Model> {
    Listing::of(
        "opportunity_comment JOIN opportunity ON opportunity.id = opportunity_comment.opportunity_id",
        visible(scope).and(shared("opportunity_comment.", scope)),
    )
}

/// What is attached to opportunities, by the same rule.
#[must_use]
pub fn files(scope: Scope) -> Listing<opportunity_file::Model> {
    Listing::of(
        "opportunity_file JOIN opportunity ON opportunity.id = opportunity_file.opportunity_id",
        visible(scope).and(shared("opportunity_file.", scope)),
    )
}

/// What of comments and files a caller may know, beside the opportunity; `table` with its dot.
fn shared(table: &str, scope: Scope) -> Predicate {
    match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(id, _) => Predicate::new(
            format!("({table}internal = $1 AND ({table}partner_id IS NULL OR {table}partner_id = $2))"),
            vec![false.into(), id.0.into()],
        ),
        Scope::Customer(_) => Predicate::never(),
    }
}

/// Stored files that the caller sees because they are attached to opportunities it sees.
pub(in crate::reading) fn attached(scope: Scope) -> Predicate {
    let of = visible(scope).and(shared("opportunity_file.", scope));
    of.within(
        "stored_file.id IN (SELECT opportunity_file.file_id FROM opportunity_file JOIN opportunity \
         ON opportunity.id = opportunity_file.opportunity_id WHERE {})",
    )
}

/// The views that `subject` keeps.
#[must_use]
pub fn views(subject: &str) -> Listing<opportunity_view::Model> {
    Listing::of("opportunity_view", Predicate::compare("subject", "=", subject))
}
