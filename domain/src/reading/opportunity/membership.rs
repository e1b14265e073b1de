//! Partners in the frame of shared opportunities, and what they offer.

use entity::{PartnerId, partner_offering, pce_profile};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The offerings a caller sees: a partner its own.
#[must_use]
pub fn offerings(scope: Scope) -> Listing<partner_offering::Model> {
    Listing::of("partner_offering", scope.bills("partner_offering.partner_id", 1))
}

/// The profiles of partners: a partner sees its own.
pub async fn profiles(
    store: &Store,
    scope: Scope,
    partners: &[PartnerId],
) -> Result<Vec<pce_profile::Model>> {
    let of = Predicate::key_in("partner_id", partners.iter().map(|id| id.0.into()).collect());
    Listing::of("pce_profile", scope.bills("partner_id", 1)).all(store, of, "partner_id").await
}
