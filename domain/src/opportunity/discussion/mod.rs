//! What people say beside an opportunity: comments and attached files.

pub mod attach;
pub(in crate::opportunity) mod audience;
pub mod comment;
