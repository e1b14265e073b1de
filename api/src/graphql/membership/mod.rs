//! The frame in which opportunities are shared (PCE, partner customer engagement): who joined it, and what partners
//! offer in it.

mod frame;
mod offering;
mod offering_change;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::Object;

/// Adds the queries about the frame.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    offering::query(frame::query(root))
}

/// Adds the changes of partners in the frame.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    offering_change::mutation(frame::mutation(root))
}
