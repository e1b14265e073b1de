//! Invoices of the vendor to customers.

use entity::invoice;

use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The invoices a caller sees: those with an account of a customer it sees.
#[must_use]
pub fn list(scope: Scope) -> Listing<invoice::Model> {
    let seen = match scope {
        Scope::All => Predicate::always(),
        Scope::Partner(_) | Scope::Customer(_) => {
            Predicate::from(scope.customers("a.customer_id", 1)).within(
                "id IN (SELECT ia.invoice_id FROM invoice_account ia JOIN cloud_account a ON a.id = ia.account_id WHERE {})",
            )
        }
    };
    Listing::of("invoice", seen)
}
