//! Customers: who they are, who had them, and their accounts at cloud providers.

mod account;
mod association;
mod association_change;
mod change;
mod object;
mod profile;
mod profile_change;
mod profile_import;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about customers and their accounts.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    account::query(object::query(root))
}

/// Adds the changes of customers, associations and accounts.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    let root = association_change::mutation(change::mutation(root));
    account::mutation(profile_import::mutation(profile_change::mutation(root)))
}
