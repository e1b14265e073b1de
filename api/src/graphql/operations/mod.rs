//! What operators and subscribers see: events, messages, deadlines, the audit trail, and progress.

mod audit;
pub(crate) mod change;
mod deadline;
mod event;
mod job;
mod message;
pub(crate) mod progress;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    [audit::query, deadline::query, event::query, job::query, message::query]
        .into_iter()
        .fold(root, |root, noun| noun(root))
}

/// Adds the mutations.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    [message::mutation].into_iter().fold(root, |root, noun| noun(root))
}
