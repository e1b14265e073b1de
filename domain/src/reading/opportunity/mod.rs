//! Opportunities, what belongs to them, and the incentive for them.

pub mod consumption;
pub mod duplicate;
pub mod incentive;
pub mod membership;
pub mod offer;
pub mod pipeline;
pub mod rows;
pub mod search;
