//! Opportunities that partners and the vendor share: from draft to delivery (docs/domain.md, "Opportunities").

pub mod content;
pub mod discussion;
pub mod duplicate;
pub mod intake;
pub mod masks;
pub mod membership;
pub mod offer;
pub mod progress;
pub mod prove;
pub mod review;
pub mod state;
pub mod view;
