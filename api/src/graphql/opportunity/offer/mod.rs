//! The vendor's own opportunities on their way to a partner: made known, offered to one, answered.

mod change;
mod import;
mod object;
mod recipient;
mod share;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::object::Object;

pub(super) use object::query;
pub(super) use recipient::recipients;

/// Adds making opportunities of the vendor known, and offering them.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    change::mutation(import::mutation(share::mutation(root)))
}
