//! The way of an opportunity through the vendor's offices: who looks after it, what it seems to repeat, and moving it
//! on.

mod duplicate;
mod moves;
mod reassign;
mod route;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::object::Object;

pub(super) use route::routed;

/// Adds the moves of opportunities and the decisions on them.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    duplicate::mutation(reassign::mutation(moves::mutation(root)))
}
