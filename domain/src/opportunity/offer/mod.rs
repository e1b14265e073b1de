//! Offering the vendor's own opportunities: whom they suit, and to whom they go next.

pub mod candidates;
pub mod keep;
pub mod make;
pub mod recipients;
