//! Settlement of months: runs, incentive bills, and the proof that the books hold.

pub mod month;
