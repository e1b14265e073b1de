//! The frame in which partners and the vendor share opportunities: who joined, how far each has developed, and what each
//! offers of its own (docs/domain.md, "Opportunities").

pub mod join;
pub mod offering;
pub mod profile;
pub mod terms;
