//! Performance: what part of each payment counts, for whom, kept as lines while facts come in.

pub mod classify;
pub mod explain;
pub mod history;
pub mod line;
pub mod recompute;
pub mod refs;
pub(crate) mod view;
