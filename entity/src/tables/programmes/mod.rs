//! The programme itself, its products, its calendar of working days with the deadlines, and its audit trail.

pub mod audit_event;
pub mod calendar_day;
pub mod cooling_off_rule;
pub mod deadline;
mod enums;
pub mod product;
pub mod product_policy;
pub mod programme;
pub mod task;

pub use enums::*;
