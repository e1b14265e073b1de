//! Opportunities that partners and the vendor share: from draft to delivery (docs/domain.md, "Opportunities").

pub mod apply;
pub mod candidates;
pub mod claim;
pub mod clocks;
pub mod draft;
pub mod duplicate;
pub mod edit;
pub mod fields;
pub mod formats;
pub mod guard;
pub mod ho_create;
pub mod ho_csv;
pub mod ho_import;
pub mod labels;
pub mod late;
pub mod machine;
pub mod moves;
pub mod names;
pub mod offer;
pub mod pass;
pub mod qualify;
pub mod recipients;
pub mod routing;
