//! The states of opportunities: the table, what must hold, what follows, and the one function that moves one.

pub mod clocks;
pub mod drive;
pub mod guard;
pub mod labels;
pub mod machine;
pub mod moves;
pub(crate) mod trail;
