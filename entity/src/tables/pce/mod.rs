//! The frame of shared opportunities: who joined, what partners offer, and the incentive they claim.

mod enums;
pub mod partner_offering;
pub mod pce_claim;
pub mod pce_claim_order;
pub mod pce_claim_transition;
pub mod pce_incentive_policy;
pub mod pce_profile;

pub use enums::*;
