//! Partners: solution providers, distributors and their resellers.

pub(crate) mod change;
mod object;

pub(crate) use object::query;
