//! Messages to people.

use entity::message;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The messages a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<message::Model> {
    Listing::of("message", Predicate::vendor_only(scope))
}
