//! Opportunities, what belongs to them, and the incentive for them.

pub mod rows;
pub mod consumption;
pub mod duplicate;
pub mod offer;
pub mod pipeline;
pub mod search;
pub mod membership;
pub mod incentive;
