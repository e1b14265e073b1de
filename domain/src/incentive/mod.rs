//! Incentive bills between partner and vendor.

pub mod confirm;
pub mod feedback;
pub mod named_bill;
pub mod release;
pub mod wording;
