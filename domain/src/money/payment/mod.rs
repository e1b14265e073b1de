//! Payment requests: from a bill to money (docs/domain.md, "Payment requests").

pub mod business;
pub mod clocks;
pub mod countersign;
pub mod create;
pub mod drive;
pub mod effect;
pub mod invoice;
pub mod labels;
pub mod lapse;
pub mod machine;
pub mod moves;
pub mod prove;
mod tell;
