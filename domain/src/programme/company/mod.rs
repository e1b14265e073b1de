//! PURE. What identifies a company in law and on paper: its name made comparable, its credit code, how it is reached, and
//! the places it is registered at.

pub mod formats;
pub mod names;
pub mod places;
