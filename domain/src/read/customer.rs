//! Customers.

use entity::customer;

use super::listing::Listing;
use crate::scope::Scope;

/// The customers a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<customer::Model> {
    Listing::of_table("customer", scope.customers("id", 1))
}
