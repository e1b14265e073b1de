//! Comments and attached files of opportunities.

pub mod attach;
pub(in crate::opportunity) mod audience;
pub mod comment;
