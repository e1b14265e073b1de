//! The vendor's office that looks after an opportunity, and the reviewer who works on it.

pub mod late;
pub mod reassign;
pub mod routing;
pub mod take;
