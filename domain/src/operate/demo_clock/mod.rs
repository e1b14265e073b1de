//! Moving the clock of a demonstration on: it stops wherever something falls due, and what is due is done there.

pub mod advance;
mod happened;
pub mod travel;

pub use happened::Happened;
