//! Offices with their areas and people: the vendor's staff only.

use entity::{OfficeId, office, office_area, office_member, pce_coordinator};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// Every office: there are at most [`crate::programme::office::import::OFFICES_LIMIT`].
#[must_use]
pub fn list(scope: Scope) -> Listing<office::Model> {
    Listing::of("office", Predicate::vendor_only(scope))
}

/// The areas of offices.
pub async fn areas(store: &Store, scope: Scope, offices: &[OfficeId]) -> Result<Vec<office_area::Model>> {
    let of = Predicate::key_in("office_id", offices.iter().map(|id| id.0.into()).collect());
    Listing::of("office_area", Predicate::vendor_only(scope))
        .all(store, of, "office_id, province, city")
        .await
}

/// The people of offices.
pub async fn members(store: &Store, scope: Scope, offices: &[OfficeId]) -> Result<Vec<office_member::Model>> {
    let of = Predicate::key_in("office_id", offices.iter().map(|id| id.0.into()).collect());
    Listing::of("office_member", Predicate::vendor_only(scope))
        .all(store, of, "office_id, subject, role")
        .await
}

/// The coordinators.
pub async fn coordinators(store: &Store, scope: Scope) -> Result<Vec<pce_coordinator::Model>> {
    let list = Listing::of("pce_coordinator", Predicate::vendor_only(scope));
    list.all(store, Predicate::always(), "subject").await
}
