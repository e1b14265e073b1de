//! The incentive for opportunities (PCE, partner customer engagement): policies, and the claims of partners.

mod change;
mod eligibility;
mod object;
mod policy;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about the incentive for opportunities.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    policy::query(eligibility::query(object::query(root)))
}

/// Adds the changes of claims and policies.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    policy::mutation(change::mutation(root))
}
