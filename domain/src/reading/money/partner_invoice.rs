//! Invoices of partners to the vendor.

use entity::{PaymentRequestId, partner_invoice};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The invoices a caller sees: a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<partner_invoice::Model> {
    Listing::of("partner_invoice", scope.bills("partner_id", 1))
}

/// The invoices of requests, in the order in which they were registered.
pub async fn of_requests(
    store: &Store,
    scope: Scope,
    requests: &[PaymentRequestId],
) -> Result<Vec<partner_invoice::Model>> {
    let of = Predicate::key_in("request_id", requests.iter().map(|id| id.0.into()).collect());
    list(scope).all(store, of, "request_id, id").await
}
