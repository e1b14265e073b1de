//! The incentive for opportunities (PCE, partner customer engagement): policies, and the claims of partners.

mod change;
mod eligibility;
mod object;
mod policy;

use crate::schema::change::Changes;
use crate::schema::list::Queries;
use crate::schema::object::Object;

/// Adds the queries about the incentive for opportunities.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    policy::query(eligibility::query(object::query(root)))
}

/// Adds the changes of claims and policies.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    policy::mutation(change::mutation(root))
}
