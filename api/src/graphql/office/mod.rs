//! Offices of the vendor, which look after opportunities, with their areas and people.

mod change;
mod object;

pub(crate) use change::mutation;
pub(crate) use object::query;
