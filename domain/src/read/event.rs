//! Events: what happened.

use entity::event;

use super::listing::Listing;
use crate::scope::Scope;

/// The events a caller sees: a partner those that concern it.
#[must_use]
pub fn list(scope: Scope) -> Listing<event::Model> {
    Listing::of_table("event", scope.bills("partner_id", 1))
}
