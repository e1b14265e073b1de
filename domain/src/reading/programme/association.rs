//! Who has a customer, and which distributor a reseller belongs to: past, present and future.

use entity::{CustomerId, PartnerId, Timestamp, association, distribution_link};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The associations a caller sees. A partner sees its own and its resellers', never those a customer had with
/// others; a customer sees all of its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<association::Model> {
    let condition = match scope {
        Scope::All | Scope::Partner(_) => scope.partners("partner_id", 1),
        Scope::Customer(_) => scope.customers("customer_id", 1),
    };
    Listing::of("association", condition)
}

/// The links between resellers and distributors a caller sees.
#[must_use]
pub fn links(scope: Scope) -> Listing<distribution_link::Model> {
    let condition = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(id) => Predicate::new("(reseller_id = $1 OR distributor_id = $1)", vec![id.0.into()]),
        Scope::Customer(_) => Predicate::never(),
    };
    Listing::of("distribution_link", condition)
}

/// The associations of `customers` at `at`; at most one each.
pub async fn current(
    store: &Store,
    scope: Scope,
    customers: &[CustomerId],
    at: Timestamp,
) -> Result<Vec<association::Model>> {
    let of = Predicate::key_in("customer_id", customers.iter().map(|id| id.0.into()).collect());
    list(scope).all(store, of.and(holds(at)), "customer_id").await
}

/// The links of `resellers` at `at`; at most one each.
pub async fn current_links(
    store: &Store,
    scope: Scope,
    resellers: &[PartnerId],
    at: Timestamp,
) -> Result<Vec<distribution_link::Model>> {
    let of = Predicate::key_in("reseller_id", resellers.iter().map(|id| id.0.into()).collect());
    links(scope).all(store, of.and(holds(at)), "reseller_id").await
}

fn holds(at: Timestamp) -> Predicate {
    Predicate::new("(valid_from <= $1 AND valid_to > $1)", vec![at.0.into()])
}
