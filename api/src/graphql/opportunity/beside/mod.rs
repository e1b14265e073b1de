//! What is kept beside an opportunity: the person to talk to, comments, files, and reports of progress.

mod comment;
mod contact;
mod file;
pub(super) mod progress;

use entity::opportunity;

use crate::graphql::schema::change::Changes;
use crate::graphql::schema::object::Object;

/// Adds the person to talk to, the comments and the files of an opportunity.
pub(super) fn beside(object: Object<opportunity::Model>) -> Object<opportunity::Model> {
    file::attached(comment::said(contact::shown(object)))
}

/// Adds the changes of what is kept beside opportunities.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    progress::mutation(file::mutation(comment::mutation(contact::mutation(root))))
}
