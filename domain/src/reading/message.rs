//! Messages to people.

use entity::message;

use crate::reading::performance::import::vendor_only;
use crate::reading::list::listing::Listing;
use crate::kernel::scope::Scope;

/// The messages a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<message::Model> {
    Listing::of("message", vendor_only(scope))
}
