//! Bill files and what they brought: imports with their receipts, and the vendor's invoices.

mod change;
mod invoice;
mod object;
mod receipt;
mod reject;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about imports and invoices.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    invoice::query(object::query(root))
}

/// Adds the changes of imports and invoices.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    invoice::mutation(change::mutation(root))
}
