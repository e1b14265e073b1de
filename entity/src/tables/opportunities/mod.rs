//! Opportunities with everything that hangs on one of them.

mod enums;
pub mod opportunity;
pub mod opportunity_account;
pub mod opportunity_comment;
pub mod opportunity_duplicate;
pub mod opportunity_file;
pub mod opportunity_offer;
pub mod opportunity_order;
pub mod opportunity_pass;
pub mod opportunity_progress;
pub mod opportunity_transition;
pub mod opportunity_view;

pub use enums::*;
