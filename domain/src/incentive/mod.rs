//! Incentive bills between partner and vendor.

pub mod confirm;
