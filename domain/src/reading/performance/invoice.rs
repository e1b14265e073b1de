//! Invoices of the vendor to customers.

use entity::invoice;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;

/// The invoices a caller sees: a customer its own, a partner those of what was consumed while the customer was its own.
#[must_use]
pub fn list(scope: Scope) -> Listing<invoice::Model> {
    Listing::of("invoice", scope.invoices("invoice.id", 1))
}
