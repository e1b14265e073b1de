//! Offices of the vendor, where they are responsible, and who works there.

mod enums;
pub mod office;
pub mod office_area;
pub mod office_member;
pub mod pce_coordinator;

pub use enums::*;
