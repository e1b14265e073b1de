//! Imports of bill files, with their receipts.

use entity::{ImportId, bill_import, import_reject, import_total};

use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The imports a caller sees: the vendor's staff all, others none.
#[must_use]
pub fn list(scope: Scope) -> Listing<bill_import::Model> {
    Listing::of("bill_import", Predicate::vendor_only(scope))
}

/// Rows of files that were not taken in.
#[must_use]
pub fn rejects(scope: Scope) -> Listing<import_reject::Model> {
    Listing::of("import_reject", Predicate::vendor_only(scope))
}

/// What imports were worth, by currency.
pub async fn totals(store: &Store, scope: Scope, imports: &[ImportId]) -> Result<Vec<import_total::Model>> {
    let of = Predicate::key_in("import_id", imports.iter().map(|id| id.0.into()).collect());
    Listing::of("import_total", Predicate::vendor_only(scope)).all(store, of, "import_id, currency").await
}
