//! Runs, the bills that they made, and what partners find wrong with those.

pub mod bill;
pub mod feedback;
pub mod run;
