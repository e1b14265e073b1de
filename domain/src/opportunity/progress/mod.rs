//! Selling together once an opportunity passed: reports of progress, and links to accounts and orders.

pub mod link;
pub mod report;
pub mod stale;
