//! Partners.

use entity::partner;

use crate::reading::list::listing::Listing;
use crate::kernel::scope::Scope;

/// The partners a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<partner::Model> {
    Listing::of("partner", scope.partners("id", 1))
}
