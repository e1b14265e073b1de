//! Orders to the payout gateway: the vendor's staff only.

use entity::{PaymentRequestId, payout_order};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The orders a caller sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<payout_order::Model> {
    Listing::of("payout_order", Predicate::vendor_only(scope))
}

/// The orders of requests, oldest first.
pub async fn orders(
    store: &Store,
    scope: Scope,
    requests: &[PaymentRequestId],
) -> Result<Vec<payout_order::Model>> {
    let of = Predicate::key_in("request_id", requests.iter().map(|id| id.0.into()).collect());
    list(scope).all(store, of, "request_id, id").await
}
