//! Stored files.

use entity::stored_file;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The files a caller sees: the vendor's staff all, a partner its own and what is attached to its opportunities.
#[must_use]
pub fn list(scope: Scope) -> Listing<stored_file::Model> {
    let own = Predicate::from(scope.bills("stored_file.partner_id", 1));
    let seen = match scope {
        Scope::Partner(..) => Predicate::any([own, crate::reading::opportunity::rows::attached(scope)]),
        Scope::All | Scope::Customer(_) => own,
    };
    Listing::of("stored_file", seen)
}
