//! Opportunities that repeat each other: how alike two are, which pairs wait for a decision, and which one passes.

pub mod alike;
pub mod decide;
pub mod near;
pub mod pass;
pub mod subject;
pub mod verdict;
