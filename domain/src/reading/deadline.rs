//! Deadlines.

use entity::{DeadlineAudience, deadline};

use crate::kernel::actor::{Actor, Role};
use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// Open deadlines by which `actor` must act: those of its partner, or of its roles at the vendor.
#[must_use]
pub fn awaiting(actor: &Actor) -> Predicate {
    let role = |role, audience: DeadlineAudience| actor.has_role(role).then_some(audience);
    let mut audiences: Vec<DeadlineAudience> = [
        role(Role::Operations, DeadlineAudience::Operations),
        role(Role::Finance, DeadlineAudience::Finance),
        role(Role::OpportunityReviewer, DeadlineAudience::Reviewer),
    ]
    .into_iter()
    .flatten()
    .collect();
    audiences.extend(actor.partner().map(|_| DeadlineAudience::Partner));
    let theirs = Predicate::one_of("audience", audiences.into_iter().map(|of| of.name().into()).collect());
    Predicate::is_null("closed_at", true).and(theirs)
}

/// The deadlines a caller sees: a partner those that concern it.
#[must_use]
pub fn list(scope: Scope) -> Listing<deadline::Model> {
    Listing::of("deadline", scope.bills("partner_id", 1))
}
