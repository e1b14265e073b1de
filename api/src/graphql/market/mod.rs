//! Marketplace settlement bills and their terms.

mod marketplace_line;
mod marketplace_terms;
mod seller_name;
mod settlement_bill;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    [marketplace_line::query, marketplace_terms::query, seller_name::query, settlement_bill::query]
        .into_iter()
        .fold(root, |root, noun| noun(root))
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    [marketplace_terms::mutation, seller_name::mutation].into_iter().fold(root, |root, noun| noun(root))
}
