//! Payment requests: from a bill to money (docs/domain.md, "Payment requests").

pub mod apply;
pub mod business;
pub mod clocks;
pub mod countersign;
pub mod create;
pub mod effect;
pub mod guard;
pub mod invoice;
pub mod labels;
pub mod machine;
pub mod moves;
pub mod prove;
