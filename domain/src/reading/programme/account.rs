//! Customers' accounts at cloud providers.

use entity::cloud_account;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The accounts a caller sees: a partner those that were linked before its time with the customer ended; those of nobody are
/// the vendor's alone.
#[must_use]
pub fn list(scope: Scope) -> Listing<cloud_account::Model> {
    Listing::of("cloud_account", scope.accounts("cloud_account", 1))
}
