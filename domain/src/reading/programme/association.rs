//! Who has a customer, and which distributor a reseller belongs to: past, present and future.

use entity::{CustomerId, PartnerId, Timestamp, association, customer, distribution_link, partner};

use crate::kernel::error::Result;
use crate::kernel::scope::{Condition, Scope};
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The associations a caller sees. A partner sees its own, and of its resellers' what lies in the time in which they were
/// its resellers, never those a customer had with others; a customer sees all of its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<association::Model> {
    Listing::of(named(scope.associations(1), "association"), Predicate::always())
}

/// A table as the caller sees it, under the name by which its columns are read.
fn named((table, values): Condition, name: &str) -> Predicate {
    if table == name { Predicate::from(name) } else { Predicate::new(format!("{table} {name}"), values) }
}

/// The links between resellers and distributors a caller sees.
#[must_use]
pub fn links(scope: Scope) -> Listing<distribution_link::Model> {
    Listing::of(named(scope.links(1), "distribution_link"), Predicate::always())
}

/// The resellers of distributors, each once below each, as `l.distributor_id`: those of links the caller sees.
#[must_use]
pub fn resellers(scope: Scope) -> Listing<partner::Model> {
    let from = "partner JOIN (SELECT DISTINCT reseller_id, distributor_id FROM {links} o) l ON l.reseller_id = partner.id";
    Listing::of(Predicate::from(from).seen_by(scope), scope.partners("partner.id", 1))
}

/// The customers of partners, each once below each, as `l.partner_id`: those of associations the caller sees.
#[must_use]
pub fn customers(scope: Scope) -> Listing<customer::Model> {
    let from = "customer JOIN (SELECT DISTINCT customer_id, partner_id FROM {associations} o) l ON l.customer_id = customer.id";
    Listing::of(Predicate::from(from).seen_by(scope), scope.customers("customer.id", 1))
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
