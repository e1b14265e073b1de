//! Partners.

use entity::partner;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The partners a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<partner::Model> {
    Listing::of("partner", scope.partners("id", 1))
}
