//! The audit trail.

use entity::audit_event;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The events a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<audit_event::Model> {
    Listing::of("audit_event", Predicate::vendor_only(scope))
}
