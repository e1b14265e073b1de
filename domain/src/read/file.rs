//! Stored files.

use entity::stored_file;

use super::listing::Listing;
use crate::scope::Scope;

/// The files a caller sees: the vendor's staff all, a partner its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<stored_file::Model> {
    Listing::of_table("stored_file", scope.bills("partner_id", 1))
}
