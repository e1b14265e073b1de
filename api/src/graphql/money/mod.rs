//! Incentives of issued bills, feedback on bills, and the ledger.

mod entitlement;
mod feedback;
mod feedback_change;
mod incentive_pay;
mod ledger;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    [entitlement::query, feedback::query, incentive_pay::query, ledger::query]
        .into_iter()
        .fold(root, |root, noun| noun(root))
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    [feedback_change::mutation, incentive_pay::mutation].into_iter().fold(root, |root, noun| noun(root))
}
