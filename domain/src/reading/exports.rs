//! Jobs that write data out.

use entity::export_job;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The exports a caller sees: the vendor's staff all, a partner those of its own staff.
#[must_use]
pub fn list(scope: Scope) -> Listing<export_job::Model> {
    Listing::of("export_job", scope.bills("partner_id", 1))
}
