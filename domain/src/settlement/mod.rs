//! Settlement of months: runs, incentive bills, and the proof that the books hold.

pub mod bill;
pub mod bounds;
pub mod catalogue;
pub mod checklist;
mod checklist_sql;
pub mod close;
pub mod freeze;
pub mod importing;
pub mod preview;
pub mod price;
pub mod pricer;
pub mod run;
pub mod shard_price;
pub mod start;
pub mod sums;
pub(crate) mod tell;
pub mod write_bill;
