//! Incentive policies, bills and the feedback on them, the amounts that may be requested, and those that are
//! withheld.

pub mod bill_feedback;
mod enums;
pub mod incentive_bill;
pub mod incentive_bill_line;
pub mod incentive_entitlement;
pub mod incentive_freeze;
pub mod incentive_policy;
pub mod incentive_rate;

pub use enums::*;
