//! The gate: the callers, and the budgets of what they may ask for.

pub(crate) mod bounded_cache;
pub(crate) mod budgets;
pub(crate) mod caller;
pub(crate) mod rate_limit;
