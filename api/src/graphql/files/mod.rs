//! Stored files and exports.

mod export;
mod file;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    [export::query, file::query].into_iter().fold(root, |root, noun| noun(root))
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    [export::mutation, file::mutation].into_iter().fold(root, |root, noun| noun(root))
}
