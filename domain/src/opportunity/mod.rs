//! Opportunities that partners and the vendor share: from draft to delivery (docs/domain.md, "Opportunities").

pub mod apply;
pub mod clocks;
pub mod fields;
pub mod guard;
pub mod labels;
pub mod machine;
pub mod names;
pub mod pass;
