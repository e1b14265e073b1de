//! The incentive that a partner claims for an opportunity that was signed: from the claim to what can be requested
//! (docs/domain.md, "Incentive for opportunities").

pub mod basis;
pub mod claim;
mod confirm;
mod drive;
pub mod eligibility;
pub mod follow;
mod ground;
pub mod machine;
pub mod moves;
pub mod policy;
pub mod price;
pub mod prove;
