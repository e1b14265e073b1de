//! Deadlines.

use entity::deadline;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The deadlines a caller sees: a partner those that concern it.
#[must_use]
pub fn list(scope: Scope) -> Listing<deadline::Model> {
    Listing::of("deadline", scope.bills("partner_id", 1))
}
