//! Partners, whom they belong to, and what is certified of their business.

pub mod business_information;
pub mod distribution_link;
mod enums;
pub mod partner;

pub use enums::*;
