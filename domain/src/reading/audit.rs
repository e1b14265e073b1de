//! The audit trail.

use entity::audit_event;

use crate::reading::performance::import::vendor_only;
use crate::reading::list::listing::Listing;
use crate::kernel::scope::Scope;

/// The events a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<audit_event::Model> {
    Listing::of("audit_event", vendor_only(scope))
}
