//! Customers.

use entity::{CustomerId, customer, customer_profile};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The customers a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<customer::Model> {
    Listing::of("customer", scope.customers("id", 1))
}

/// What the vendor's staff know of customers besides their names.
pub async fn profiles(
    store: &Store,
    scope: Scope,
    customers: &[CustomerId],
) -> Result<Vec<customer_profile::Model>> {
    let of = Predicate::key_in("customer_id", customers.iter().map(|id| id.0.into()).collect());
    Listing::of("customer_profile", Predicate::vendor_only(scope)).all(store, of, "customer_id").await
}
