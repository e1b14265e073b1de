//! Months, and the runs that settle them.

mod enums;
pub mod settlement_month;
pub mod settlement_quarantine;
pub mod settlement_run;
pub mod settlement_shard;

pub use enums::*;
