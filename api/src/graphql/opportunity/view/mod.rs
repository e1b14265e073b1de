//! Views of the list of opportunities that people keep for themselves.

mod change;
mod object;

pub(super) use change::mutation;
pub(super) use object::query;
